package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;

class ActivityPubSettingsTest {

    private static final Map<String, String> GOOD = Map.of("public-url", "https://hub.example");

    @Test
    void needsNoMoreThanAKeyAndAnAddress() {
        ActivityPubSettings settings = ActivityPubSettings.of("fediverse", settings(null, null, "env:KEY", GOOD));

        assertThat(settings.publicUrl()).isEqualTo(URI.create("https://hub.example/"));
        assertThat(settings.name()).isEqualTo("referrals");
        assertThat(settings.first()).isEqualTo(SignatureKind.CAVAGE);
        assertThat(settings.trusted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "options.public-url, public-url, -",
                "options.public-url, public-url, http://hub.example",
                "options.public-url, public-url, https://hub.example/path",
                "options.public-url, public-url, https://me@hub.example",
                "options.public-url, public-url, not an address",
                "options.signature, signature, hs2019",
                "options.actor-title, actor-title, ''",
                "options.colour, colour, red"
            })
    void namesTheOptionToMend(String setting, String option, @Nullable String value) {
        Map<String, String> options = new HashMap<>(GOOD);
        options.remove(option);
        if (value != null) {
            options.put(option, value);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> ActivityPubSettings.of("fediverse", settings(null, null, "env:KEY", options)))
                .withMessageContaining("takedown.platforms.fediverse." + setting);
    }

    @Test
    void namesTheSettingToMend() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ActivityPubSettings.of("fediverse", settings(null, null, null, GOOD)))
                .withMessageContaining("takedown.platforms.fediverse.secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> ActivityPubSettings.of("fediverse", settings(null, "Jane Doe", "env:KEY", GOOD)))
                .withMessageContaining("takedown.platforms.fediverse.identifier");
        assertThatIllegalStateException()
                .isThrownBy(() -> ActivityPubSettings.of(
                        "fediverse", settings(URI.create("https://a.example/b"), null, "env:KEY", GOOD)))
                .withMessageContaining("takedown.platforms.fediverse.base-url");
    }

    @Test
    void givesNoNameTwice() {
        Platforms twice = new Platforms(
                new PlatformsSettings(Map.of(
                        "one", settings(null, null, "env:KEY", GOOD), "two", settings(null, null, "env:KEY", GOOD))),
                List.of(new ActivityPubPlatformFactory(mock(PlatformAlarms.class), Clock.systemUTC())));
        assertThatIllegalStateException()
                .isThrownBy(() -> new ActorController(twice))
                .withMessageMatching(".*takedown\\.platforms\\.(one|two)\\.identifier is referrals.*");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://Social.Example/@a/1#x, https://social.example/@a/1",
                "https://social.example:443, https://social.example/",
                "https://social.example:8443/a?b=c, https://social.example:8443/a?b=c",
                "http://social.example:80/a, https://social.example/a",
                "http://inside.example:8080/a, http://inside.example:8080/a",
                "https://hub.example/ap/actors/referrals, -",
                "ftp://social.example/a, -",
                "https://me@social.example/a, -",
                "mailto:a@b.example, -"
            })
    void callsOneSpellingAndPlainHttpOnlyWhereTheOperatorSaysSo(URI written, @Nullable URI called) {
        ActivityPubSettings settings = ActivityPubSettings.of(
                "fediverse", settings(URI.create("http://inside.example:8080"), null, "env:KEY", GOOD));
        assertThat(settings.callable(written)).isEqualTo(Optional.ofNullable(called));
    }

    @Test
    void servesEveryFediverseHostThatNoOtherEntryNames() {
        PlatformFactory other = new PlatformFactory() {
            @Override
            public String kind() {
                return "mastodon";
            }

            @Override
            public Set<String> keyFamilies() {
                return Set.of();
            }

            @Override
            public Platform create(String instance, PlatformSettings settings) {
                return new FakePlatform(instance);
            }
        };
        Platforms platforms = new Platforms(
                new PlatformsSettings(Map.of(
                        "fediverse",
                        settings(null, null, "env:KEY", GOOD),
                        "ours",
                        new PlatformSettings(
                                "mastodon",
                                true,
                                null,
                                List.of("ours.example"),
                                null,
                                null,
                                null,
                                null,
                                null,
                                Duration.ofSeconds(1),
                                1,
                                Map.of()))),
                List.of(new ActivityPubPlatformFactory(mock(PlatformAlarms.class), Clock.systemUTC()), other));

        assertThat(platforms
                        .serving(identity("ap:status:any.example/1", "any.example"))
                        .instance())
                .isEqualTo("fediverse");
        assertThat(platforms
                        .serving(identity("pt:video:9c9de5e8-0a1e-484a-b099-e80766180a6d", "tube.example"))
                        .instance())
                .isEqualTo("fediverse");
        assertThat(platforms
                        .serving(identity("ap:status:ours.example/1", "ours.example"))
                        .instance())
                .isEqualTo("ours");
    }

    private static ContentIdentity identity(String key, String host) {
        return new ContentIdentity(
                new ContentKey(key), URI.create("https://" + host + "/x"), host, Optional.empty(), true);
    }

    private static PlatformSettings settings(
            @Nullable URI baseUrl, @Nullable String name, @Nullable String secret, Map<String, String> options) {
        return new PlatformSettings(
                ActivityPubPlatformFactory.KIND,
                true,
                baseUrl,
                List.of(),
                name,
                secret,
                null,
                null,
                null,
                Duration.ofSeconds(1),
                1,
                options);
    }
}
