package org.takedownhub.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;

class TrainingConfigurationTest {

    @TempDir
    Path directory;

    private ApplicationContextRunner hub;

    @BeforeEach
    void prepare() {
        hub = new ApplicationContextRunner()
                .withUserConfiguration(Hub.class, TrainingConfiguration.class)
                .withPropertyValues("takedown.training.port=0", "takedown.training.data-directory=" + directory);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TrainingSettings.class)
    static class Hub {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
        }
    }

    /** Reads its secret when it is made, as the first bean of all. */
    record EagerConnector(String secret) {

        static EagerConnector reading(Path file) {
            try {
                return new EagerConnector(Files.readString(file));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Test
    void runsBesideTheHubInTheTrainingProfile() {
        hub.withPropertyValues("spring.profiles.active=training").run(context -> {
            TrainingPlatform platform = context.getBean(TrainingPlatform.class);
            assertThat(platform.isRunning()).isTrue();
            assertThat(platform.baseUri().getHost()).isEqualTo("localhost");
            assertThat(context).doesNotHaveBean(RouterFunction.class);
        });
    }

    @Test
    void stopsWithTheHub() {
        TrainingPlatform[] platform = new TrainingPlatform[1];

        hub.withPropertyValues("spring.profiles.active=training")
                .run(context -> platform[0] = context.getBean(TrainingPlatform.class));

        assertThat(platform[0].isRunning()).isFalse();
    }

    @Test
    void hasItsSecretsReadyBeforeAnyBeanNeedsThem() {
        hub.withPropertyValues("spring.profiles.active=training")
                .withBean(
                        EagerConnector.class,
                        () -> EagerConnector.reading(directory.resolve(TrainingSettings.TOKEN_FILE)))
                .run(context -> assertThat(context.getBean(EagerConnector.class).secret())
                        .isEqualTo(context.getBean(TrainingPlatform.class).token()));
    }

    @Test
    void isAbsentWithoutTheTrainingProfile() {
        hub.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(TrainingPlatform.class);
            assertThat(directory).isEmptyDirectory();
        });
    }
}
