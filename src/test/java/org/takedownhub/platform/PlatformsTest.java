package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;

class PlatformsTest {

    private final Map<String, String> settings = new HashMap<>();

    @Test
    void servesByTheHostOfTheAddress() {
        mastodon("training", "localhost:8090", "social.example");

        assertThat(serving("ap:status:social.example/1", "social.example").instance())
                .isEqualTo("training");
        assertThat(serving("ap:status:localhost:8090/1", "localhost:8090").instance())
                .isEqualTo("training");
        assertThat(serving("ap:status:localhost:8091/1", "localhost:8091").instance())
                .isEqualTo("localhost:8091");
    }

    @Test
    void servesByTheFamilyOfTheKeyWhateverTheHost() {
        put("bluesky", "kind", "atproto");
        put("bluesky", "hosts[0]", "social.example");

        assertThat(serving("at:post:did:plc:1/2", "bsky.app").instance()).isEqualTo("bluesky");
        assertThat(serving("web:url:https://bsky.app/about", "bsky.app").instance())
                .isEqualTo("bsky.app");
    }

    @Test
    void servesNoFamilyThroughAnInstanceThatIsSwitchedOff() {
        put("bluesky", "kind", "atproto");
        put("bluesky", "enabled", "false");

        assertThat(serving("at:post:did:plc:1/2", "bsky.app").instance()).isEqualTo("bsky.app");
        assertThat(serving("at:record:did:plc:1/x/2", "").instance()).isEqualTo("at");
    }

    @Test
    void leavesEveryOtherHostToAPersonUnderItsOwnName() {
        Platform fallback = serving("web:url:https://forum.example/1", "forum.example");

        assertThat(fallback.instance()).isEqualTo("forum.example");
        assertThat(fallback.channel()).isEqualTo(Channel.PORTAL);
        assertThat(built().require("forum.example").channel()).isEqualTo(Channel.PORTAL);
        assertThat(built().settings("forum.example").kind()).isEqualTo("portal");
        assertThat(built().configured("forum.example")).isEmpty();
    }

    @Test
    void handlesAnInstanceThatIsSwitchedOffByHandAndStillListsIt() {
        mastodon("social", "social.example");
        put("social", "enabled", "false");
        put("videos", "kind", "atproto");
        put("videos", "enabled", "false");
        put("videos", "hosts[0]", "youtube.com");

        assertThat(built().all()).extracting(Platform::instance).containsExactlyInAnyOrder("social", "videos");
        assertThat(built().all()).extracting(Platform::channel).containsOnly(Channel.PORTAL);
        assertThat(serving("yt:video:abcdefghijk", "youtube.com").instance()).isEqualTo("videos");
    }

    @Test
    void refusesANameNoPlatformCanHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> built().require("../etc/passwd"));
        assertThatIllegalArgumentException().isThrownBy(() -> built().require(""));
    }

    @Test
    void knowsTheHostsOfTheSettings() {
        mastodon("training", "localhost:8090");
        put("videos", "kind", "atproto");
        put("videos", "enabled", "false");
        put("videos", "hosts[0]", "YouTube.com");

        assertThat(built().knownHosts()).containsExactlyInAnyOrder("localhost:8090", "youtube.com");
    }

    @Test
    void refusesAnUnknownKind() {
        put("social", "kind", "mastadon");
        put("social", "enabled", "false");
        refusesToStart("takedown.platforms.social.kind", "mastodon");
    }

    @Test
    void refusesAnEntryWithoutAKind() {
        put("social", "base-url", "https://social.example");
        new ApplicationContextRunner()
                .withUserConfiguration(Wiring.class)
                .withPropertyValues(properties())
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("kind"));
    }

    @Test
    void refusesTwoInstancesForOneHost() {
        mastodon("one", "social.example");
        mastodon("two", "Social.Example");
        refusesToStart("takedown.platforms.one.hosts", "takedown.platforms.two.hosts");
    }

    @Test
    void refusesAHostThatIsAnAddress() {
        mastodon("social", "https://social.example/");
        refusesToStart("takedown.platforms.social.hosts");
    }

    @Test
    void refusesImpossibleLimits() {
        mastodon("social", "social.example");
        put("social", "timeout", "0s");
        refusesToStart("takedown.platforms.social.timeout");
        put("social", "timeout", "10s");
        put("social", "workers", "0");
        refusesToStart("takedown.platforms.social.workers");
    }

    @Test
    void startsWithoutAnyPlatform() {
        assertThat(built().all()).isEmpty();
        assertThat(built().knownHosts()).isEmpty();
    }

    private void mastodon(String instance, String... hosts) {
        put(instance, "kind", "mastodon");
        for (int place = 0; place < hosts.length; place++) {
            put(instance, "hosts[" + place + "]", hosts[place]);
        }
    }

    private void put(String instance, String key, String value) {
        settings.put("takedown.platforms." + instance + "." + key, value);
    }

    private Platform serving(String key, String host) {
        return built().serving(new ContentIdentity(
                new ContentKey(key),
                URI.create("https://" + (host.isEmpty() ? "x" : host)),
                host,
                Optional.empty(),
                false));
    }

    private Platforms built() {
        Platforms[] built = new Platforms[1];
        new ApplicationContextRunner()
                .withUserConfiguration(Wiring.class)
                .withPropertyValues(properties())
                .run(context -> built[0] = context.getBean(Platforms.class));
        return built[0];
    }

    private void refusesToStart(String... words) {
        new ApplicationContextRunner()
                .withUserConfiguration(Wiring.class)
                .withPropertyValues(properties())
                .run(context -> assertThatIllegalStateException()
                        .isThrownBy(() -> {
                            Throwable failure = context.getStartupFailure();
                            while (failure != null && failure.getCause() != null) {
                                failure = failure.getCause();
                            }
                            throw (RuntimeException) failure;
                        })
                        .satisfies(failure -> assertThat(failure.getMessage()).contains(words)));
    }

    private String[] properties() {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    @EnableConfigurationProperties(PlatformsSettings.class)
    @Import(Platforms.class)
    static class Wiring {

        @Bean
        PlatformFactory mastodon() {
            return new Factory("mastodon", Channel.API, Set.of());
        }

        @Bean
        PlatformFactory atproto() {
            return new Factory("atproto", Channel.API, Set.of("at"));
        }

        @Bean
        PlatformFactory youtube() {
            return new Factory("youtube", Channel.API, Set.of());
        }

        @Bean
        PlatformFactory portal() {
            return new Factory("portal", Channel.PORTAL, Set.of());
        }
    }

    private record Factory(String kind, Channel channel, Set<String> keyFamilies) implements PlatformFactory {

        @Override
        public Platform create(String instance, PlatformSettings settings) {
            return new Named(instance, settings.kind(), channel);
        }
    }

    private record Named(String instance, String kind, Channel channel) implements Platform {

        @Override
        public List<String> capabilities() {
            return List.of();
        }

        @Override
        public ReferralAnswer refer(Notice notice) {
            throw new AssertionError("Nothing is referred here");
        }

        @Override
        public List<Look> look(List<Content> contents) {
            throw new AssertionError("Nobody looks here");
        }

        @Override
        public Capture capture(Content content) {
            throw new AssertionError("Nothing is captured here");
        }

        @Override
        public void checkConnection() {}
    }
}
