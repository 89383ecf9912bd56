package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.takedownhub.TakedownHub;

@ExtendWith(OutputCaptureExtension.class)
class ProductionSettingsTest {

    private static final Map<String, String> COMPLETE = Map.ofEntries(
            Map.entry("spring.datasource.url", "jdbc:postgresql://db/hub"),
            Map.entry("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://id.example"),
            Map.entry("spring.security.oauth2.resourceserver.jwt.audiences", "takedown-hub"),
            Map.entry("spring.security.oauth2.client.registration.hub.client-id", "takedown-hub"),
            Map.entry("spring.security.oauth2.client.registration.hub.client-secret", "a secret"),
            Map.entry("spring.security.oauth2.client.provider.hub.issuer-uri", "https://id.example"),
            Map.entry("takedown.notice.authority-name", "Social Media Hub"),
            Map.entry("takedown.notice.authority-address", "1 Example Street, London"),
            Map.entry("takedown.notice.contact", "notices@hub.example"),
            Map.entry("takedown.notice.review-address", "reviews@hub.example"),
            Map.entry("takedown.notice.parts-of-uk", "England and Wales"));

    @Test
    void namesEveryMissingSettingAtOnceAndTouchesNothing(CapturedOutput console) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(TakedownHub.class)
                        .web(WebApplicationType.SERVLET)
                        .run("--server.port=0"))
                .isInstanceOf(MissingSettings.class);
        assertThat(console).contains("does not start half configured");
        COMPLETE.keySet().forEach(setting -> assertThat(console).contains("  " + setting + "\n"));
        assertThat(console).doesNotContain("HikariPool").doesNotContain("\tat org.springframework");
    }

    @Test
    void isContentWithACompleteConfiguration() {
        assertThat(ProductionSettings.missing(environment(COMPLETE))).isEmpty();
    }

    @Test
    void takesAListOfAudiences() {
        MockEnvironment environment = environment(COMPLETE)
                .withProperty("spring.security.oauth2.resourceserver.jwt.audiences", "")
                .withProperty("spring.security.oauth2.resourceserver.jwt.audiences[0]", "takedown-hub");
        assertThat(ProductionSettings.missing(environment)).isEmpty();
    }

    @Test
    void wantsTheIssuerNamedAlsoWhereItsKeysAre() {
        MockEnvironment environment = environment(COMPLETE)
                .withProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "")
                .withProperty("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", "https://id.example/keys");
        assertThat(ProductionSettings.missing(environment))
                .containsExactly("spring.security.oauth2.resourceserver.jwt.issuer-uri");
    }

    @Test
    void namesWhatAClientOfAnotherNameLacks() {
        MockEnvironment environment = environment(COMPLETE)
                .withProperty("spring.security.oauth2.client.registration.police.client-id", "hub")
                .withProperty("spring.security.oauth2.client.registration.police.provider", "national");
        assertThat(ProductionSettings.missing(environment))
                .isEqualTo(List.of(
                        "spring.security.oauth2.client.registration.police.client-secret",
                        "spring.security.oauth2.client.provider.national.issuer-uri"));
    }

    private static MockEnvironment environment(Map<String, String> settings) {
        MockEnvironment environment = new MockEnvironment();
        settings.forEach(environment::setProperty);
        return environment;
    }
}
