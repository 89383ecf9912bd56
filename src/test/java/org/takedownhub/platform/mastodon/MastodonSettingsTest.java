package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformsSettings;

class MastodonSettingsTest {

    private static final URI BASE = URI.create("https://social.example");

    @Test
    void knowsARuleForOneCategoryAndOneForAllOthers() {
        MastodonSettings settings = settings(Map.of("rule", "1", "rule-weapons-sale", "2"));
        assertThat(settings.rule(Category.WEAPONS_SALE)).contains("2");
        assertThat(settings.rule(Category.THREAT)).contains("1");
        assertThat(settings(Map.of()).rule(Category.THREAT)).isEmpty();
    }

    @Test
    void takesWhereItsCallerIsToBeReachedForNoOptionOfItsOwn() {
        PlatformSettings entry = new PlatformSettings(
                "mastodon",
                true,
                BASE,
                List.of("social.example"),
                null,
                "env:TOKEN",
                null,
                null,
                null,
                Duration.ofSeconds(5),
                2,
                Map.of("rule", "1"));
        PlatformSettings complete = new PlatformsSettings(Map.of("social", entry), URI.create("https://hub.example"))
                .platforms()
                .get("social");
        assertThat(MastodonSettings.of("social", complete).rule(Category.THREAT))
                .contains("1");
    }

    @ParameterizedTest
    @CsvSource({
        "rule-weapon-sale, 2, options.rule-weapon-sale",
        "rule, ../2, options.rule",
        "forward, yes, options.forward",
        "reports-per-day, 0, options.reports-per-day",
        "control-status, 1/2, options.control-status",
        "previous-webhook-secret, hunter2, options.previous-webhook-secret"
    })
    void refusesImpossibleOptionsByTheirFullName(String option, String value, String key) {
        assertThatIllegalStateException()
                .isThrownBy(() -> settings(Map.of(option, value)))
                .withMessageContaining("takedown.platforms.social." + key)
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://social.example", "https://social.example/api", "https://a@social.example", "social"})
    void refusesABaseUrlThatIsNotAnOrigin(String baseUrl) {
        assertThatIllegalStateException()
                .isThrownBy(() -> settings(URI.create(baseUrl), "env:TOKEN", List.of("social.example"), Map.of()))
                .withMessageContaining("takedown.platforms.social.base-url");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> settings(null, "env:TOKEN", List.of("social.example"), Map.of()))
                .withMessageContaining("takedown.platforms.social.base-url");
        assertThatIllegalStateException()
                .isThrownBy(() -> settings(BASE, null, List.of("social.example"), Map.of()))
                .withMessageContaining("takedown.platforms.social.secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> settings(BASE, "env:TOKEN", List.of(), Map.of()))
                .withMessageContaining("takedown.platforms.social.hosts");
    }

    private static MastodonSettings settings(Map<String, String> options) {
        return settings(BASE, "env:TOKEN", List.of("social.example"), options);
    }

    private static MastodonSettings settings(
            @Nullable URI baseUrl, @Nullable String secret, List<String> hosts, Map<String, String> options) {
        return MastodonSettings.of(
                "social",
                new PlatformSettings(
                        "mastodon",
                        true,
                        baseUrl,
                        hosts,
                        null,
                        secret,
                        null,
                        null,
                        null,
                        Duration.ofSeconds(5),
                        2,
                        options));
    }
}
