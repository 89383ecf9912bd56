package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.platform.PlatformDrafts.Connection;
import org.takedownhub.platform.PlatformDrafts.Draft;
import org.takedownhub.platform.PlatformDrafts.Problem;
import org.takedownhub.platform.PlatformDrafts.Verdict;

class PlatformDraftsTest {

    private final List<PlatformSettings> made = new CopyOnWriteArrayList<>();
    private final FakePlatform fresh = new FakePlatform("fresh");
    private Bulkheads bulkheads;
    private PlatformDrafts drafts;

    @BeforeEach
    void start() {
        PlatformsSettings settings = new PlatformsSettings(Map.of(
                "social",
                new PlatformSettings(
                        "fake",
                        true,
                        URI.create("https://social.example"),
                        List.of("social.example"),
                        null,
                        "env:SOCIAL",
                        null,
                        null,
                        null,
                        Duration.ofSeconds(1),
                        1,
                        Map.of())));
        bulkheads = new Bulkheads(settings);
        bulkheads.start();
        drafts = new PlatformDrafts(new Platforms(settings, List.of(new Factory())), bulkheads);
        made.clear();
    }

    @AfterEach
    void stop() {
        bulkheads.stop();
    }

    @Test
    void readsADraftAsTheFileIsRead() {
        Verdict verdict = judge(Map.of(
                "hosts",
                "fresh.example, www.fresh.example",
                "timeout",
                "7s",
                "workers",
                "3",
                "options.some-thing",
                "x"));

        assertThat(verdict.problems()).isEmpty();
        assertThat(made).singleElement().satisfies(settings -> {
            assertThat(settings.kind()).isEqualTo("fake");
            assertThat(settings.enabled()).isTrue();
            assertThat(settings.baseUrl()).isEqualTo(URI.create("https://fresh.example"));
            assertThat(settings.hosts()).containsExactly("fresh.example", "www.fresh.example");
            assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(settings.workers()).isEqualTo(3);
            assertThat(settings.options()).containsEntry("some-thing", "x");
        });
        assertThat(verdict.connection()).isEmpty();
        assertThat(fresh.checks()).isZero();
    }

    @Test
    void givesTheLinesForTheFile() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("base-url", "https://fresh.example");
        settings.put("secret", "env:PLATFORM_FRESH_SECRET");
        settings.put("identifier", "it's # us: \"x\"");
        settings.put("labeler", " ");
        settings.put("options.some-thing", "{x}");

        assertThat(drafts.judge(new Draft("fresh", "fake", settings), false).lines())
                .containsExactly(
                        "takedown:",
                        "  platforms:",
                        "    fresh:",
                        "      kind: fake",
                        "      base-url: 'https://fresh.example'",
                        "      secret: 'env:PLATFORM_FRESH_SECRET'",
                        "      identifier: 'it''s # us: \"x\"'",
                        "      options:",
                        "        some-thing: '{x}'");
    }

    @ParameterizedTest
    @CsvSource({
        "hosts, social.example, hosts",
        "hosts, not a host, hosts",
        "timeout, 1h, timeout",
        "timeout, soon, timeout",
        "workers, 1000, workers",
        "workers, many, workers",
        "base-url, ht tp://x, base-url",
        "options.number, seven, options.number",
        "options.Some Thing, x, options.Some Thing",
        "enabled, false, enabled",
        "webhook-secret, hunter2, webhook-secret",
        "options.key, hunter2, options.key"
    })
    void namesTheSettingThatIsWrong(String setting, String value, String named) {
        Verdict verdict = judge(Map.of(setting, value));

        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.lines()).isEmpty();
        assertThat(verdict.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo(named);
            assertThat(problem.detail()).isNotBlank().doesNotContain("hunter2");
        });
    }

    @Test
    void namesAllThatIsMissing() {
        Verdict verdict = drafts.judge(new Draft("fresh", "fake", Map.of()), true);

        assertThat(verdict.problems()).extracting(Problem::setting).containsExactlyInAnyOrder("base-url", "secret");
        assertThat(verdict.connection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\nb", "../x", "social"})
    void refusesNamesThatAreNoneOrTaken(String name) {
        Verdict verdict = drafts.judge(new Draft(name, "fake", valid()), false);

        assertThat(verdict.problems()).extracting(Problem::setting).containsExactly("instance");
    }

    @Test
    void knowsNoOtherKinds() {
        assertThat(drafts.judge(new Draft("fresh", "nonsense", valid()), false).problems())
                .extracting(Problem::setting)
                .containsExactly("kind");
    }

    @Test
    void letsNothingOutOfItsLine() {
        Map<String, String> settings = new LinkedHashMap<>(valid());
        settings.put("identifier", "x'\n    evil: {kind: mastodon}");

        assertThat(drafts.judge(new Draft("fresh", "fake", settings), false).problems())
                .extracting(Problem::setting)
                .containsExactly("identifier");
    }

    @Test
    void checksTheConnectionOfADraft() {
        Map<String, String> settings = new LinkedHashMap<>(valid());
        settings.put("secret", "env:PLATFORM_FRESH_SECRET");

        assertThat(drafts.judge(new Draft("fresh", "fake", settings), true).connection())
                .contains(new Connection(true, true, "Address and credentials work"));
        assertThat(fresh.checks()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:SPRING_DATASOURCE_PASSWORD",
                "env:PLATFORM_SOCIAL_SECRET",
                "file:/etc/shadow",
                "env:platform_fresh_x"
            })
    void sendsNoSecretThatIsNotMeantForThisInstance(String secret) {
        Map<String, String> settings = new LinkedHashMap<>(valid());
        settings.put("secret", secret);

        Verdict verdict = drafts.judge(new Draft("fresh", "fake", settings), true);

        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.connection()).get().satisfies(connection -> {
            assertThat(connection.checked()).isFalse();
            assertThat(connection.detail()).contains("env:PLATFORM_FRESH_");
        });
        assertThat(fresh.checks()).isZero();
    }

    @Test
    void saysNothingOfWhatAnAddressAnswered() {
        Map<String, String> settings = new LinkedHashMap<>(valid());
        settings.put("secret", "env:PLATFORM_FRESH_SECRET");
        fresh.refusesToConnect(new PlatformUnavailable("HTTP 200 root:x:0:0", Optional.empty()));
        Optional<Connection> one =
                drafts.judge(new Draft("fresh", "fake", settings), true).connection();
        fresh.refusesToConnect(new IllegalStateException("connection refused"));
        Optional<Connection> other =
                drafts.judge(new Draft("fresh", "fake", settings), true).connection();

        assertThat(one).isPresent().isEqualTo(other);
        assertThat(one.orElseThrow().works()).isFalse();
        assertThat(one.orElseThrow().detail()).doesNotContain("root", "200", "refused");
    }

    private static Map<String, String> valid() {
        return Map.of("base-url", "https://fresh.example", "secret", "env:FRESH");
    }

    private Verdict judge(Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(valid());
        settings.putAll(more);
        return drafts.judge(new Draft("fresh", "fake", settings), false);
    }

    private final class Factory implements PlatformFactory {

        @Override
        public String kind() {
            return "fake";
        }

        @Override
        public List<SettingDescription> settings() {
            return List.of(
                    SettingDescription.mandatory("base-url", "The address", ""),
                    SettingDescription.secret("secret", "The token", true),
                    SettingDescription.secret("options.key", "Another key", false));
        }

        @Override
        public Platform create(String instance, PlatformSettings settings) {
            if ("seven".equals(settings.options().get("number"))) {
                throw new IllegalStateException(
                        "The setting takedown.platforms." + instance + ".options.number must be a number");
            }
            made.add(settings);
            return fresh;
        }
    }
}
