package org.takedownhub.platform;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Platforms of kind {@code fake}: one instance, which tests give orders to. */
@TestConfiguration(proxyBeanMethods = false)
public class FakePlatformConfiguration {

    @Bean
    FakePlatform fakePlatform() {
        return new FakePlatform("fake");
    }

    @Bean
    PlatformFactory fakePlatformFactory(FakePlatform fake) {
        return new PlatformFactory() {
            @Override
            public String kind() {
                return FakePlatform.KIND;
            }

            @Override
            public Platform create(String instance, PlatformSettings settings) {
                return fake;
            }
        };
    }
}
