package org.takedownhub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;

class EvidenceTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] TEXT = "{\"content\":\"Grüße 🔪\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final String database = UUID.randomUUID().toString();
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final FakePlatforms fakes = FakePlatforms.of(alpha);
    private final List<StoreContext> nodes = new ArrayList<>();
    private StoreContext node;
    private CaseReference reference;

    @BeforeEach
    void startNode() {
        node = start();
        reference = node.flagged("alpha");
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(StoreContext::close);
    }

    @Test
    void keepsTextAsItCameWithItsHash() {
        alpha.captures(() -> capture("application/json", TEXT));

        String id = request();
        round();

        Exhibit exhibit = exhibit();
        assertThat(exhibit.state()).isEqualTo(Exhibit.State.CAPTURED);
        assertThat(exhibit.sha256()).contains("407d9f975c5d58954b636a167de9cc64fe6cb0d725e992abc77e63d8a7eac764");
        assertThat(exhibit.sizeInBytes()).hasValue(TEXT.length);
        assertThat(exhibit.capturedAt()).contains(clock.instant());
        assertThat(exhibit.requestedBy()).isEqualTo("system");
        assertThat(exhibit.method()).contains("GET statuses/{id}; text");
        assertThat(view(id)).isEqualTo(TEXT);
        assertThat(node.auditActions(reference)).endsWith("evidence.requested", "evidence.captured", "evidence.viewed");
    }

    @Test
    void keepsBytesThatAreNoText() {
        alpha.captures(() -> capture("image/png", PICTURE));

        String id = request();
        round();

        assertThat(exhibit().method()).contains("GET statuses/{id}; base64");
        assertThat(view(id)).isEqualTo(PICTURE);
    }

    @Test
    void keepsWhatThePlatformCallsTheItem() {
        alpha.captures(() -> capture("application/json", TEXT));

        request();
        round();

        assertThat(node.bean(ContentSource.class)
                        .find(reference, "alpha")
                        .orElseThrow()
                        .identities())
                .containsEntry("statusId", "42");
    }

    @Test
    void recordsAFailureAfterThreeTries() {
        request();

        round();
        assertThat(exhibit().state()).isEqualTo(Exhibit.State.REQUESTED);
        clock.advance(Duration.ofSeconds(5));
        round();
        assertThat(exhibit().state()).isEqualTo(Exhibit.State.REQUESTED);
        clock.advance(Duration.ofSeconds(30));
        round();

        assertThat(alpha.captured()).hasSize(3);
        assertThat(exhibit().state()).isEqualTo(Exhibit.State.FAILED);
        assertThat(exhibit().failure()).contains("nothing to capture");
        assertThat(node.auditActions(reference)).endsWith("evidence.failed");
    }

    @Test
    void waitsBetweenItsTriesAsLongAsThePlatformAsks() {
        alpha.captures(() -> {
            throw new PlatformUnavailable("429", Optional.of(clock.instant().plusSeconds(300)));
        });
        alpha.captures(() -> capture("application/json", TEXT));
        request();
        round();

        clock.advance(Duration.ofSeconds(299));
        round();
        assertThat(alpha.captured()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        round();

        assertThat(exhibit().state()).isEqualTo(Exhibit.State.CAPTURED);
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        alpha.captures(() -> capture("text/html", new byte[5 * 1024 * 1024 + 1]));

        request();
        round();

        assertThat(exhibit().state()).isEqualTo(Exhibit.State.FAILED);
        assertThat(exhibit().sha256()).isEmpty();
    }

    @Test
    void fetchesAgainWhatADeadWorkerHadTaken() {
        alpha.captures(() -> capture("application/json", TEXT));
        request();
        node.inTransaction(() -> node.bean(Evidence.class)
                .leaseNext("alpha", clock.instant(), clock.instant().plusSeconds(60)));

        StoreContext restarted = start();
        round(restarted);
        assertThat(alpha.captured()).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        round(restarted);

        assertThat(exhibit().state()).isEqualTo(Exhibit.State.CAPTURED);
    }

    @Test
    void givesUpOnACaptureThatKillsItsWorkers() {
        request();
        for (int death = 1; death <= 3; death++) {
            node.inTransaction(() -> assertThat(node.bean(Evidence.class)
                            .leaseNext("alpha", clock.instant(), clock.instant().plusSeconds(60)))
                    .isPresent());
            clock.advance(Duration.ofSeconds(60));
        }

        round();

        assertThat(exhibit().state()).isEqualTo(Exhibit.State.FAILED);
        assertThat(alpha.captured()).isEmpty();
    }

    private static Capture capture(String mediaType, byte[] body) {
        return new Capture("GET statuses/{id}", 200, mediaType, body, Map.of("statusId", "42"));
    }

    private String request() {
        return node.fromTransaction(
                () -> node.bean(Evidence.class).request(reference, "alpha", URI.create("https://alpha.example/@a/1")));
    }

    private Exhibit exhibit() {
        return node.bean(Evidence.class).of(reference).get(0);
    }

    private byte[] view(String id) {
        return node.fromTransaction(() -> node.bean(Evidence.class).view(reference, id))
                .orElseThrow();
    }

    private void round() {
        round(node);
    }

    /** A capture offers the next one, so a round is over when the platform's thread has nothing left to take. */
    private void round(StoreContext on) {
        on.bean(EvidenceWorker.class).run();
        await().atMost(SOON).until(() -> {
            on.finish("alpha");
            return on.bean(Evidence.class).platformsDue(clock.instant()).isEmpty();
        });
        on.finish("alpha");
    }

    private StoreContext start() {
        StoreContext started = StoreContext.builder(clock)
                .database(database)
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        ContentSource.class,
                        Evidence.class,
                        Media.class,
                        EvidenceWorker.class)
                .start();
        nodes.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({EvidenceSettings.class, MediaSettings.class})
    static class Settings {}
}
