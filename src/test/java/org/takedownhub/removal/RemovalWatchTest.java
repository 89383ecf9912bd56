package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.takedownhub.audit.Instants.stored;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.UnknownReason;

class RemovalWatchTest {

    private static final Duration GAP = Duration.ofMinutes(5);
    private static final Look REMOVED = FakePlatform.look(Availability.REMOVED_BY_PLATFORM, false);
    private static final Look MISSED = FakePlatform.look(Availability.GONE_UNATTRIBUTED, true);

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final String database = UUID.randomUUID().toString();
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final FakePlatform beta = new FakePlatform("beta");
    private final FakePlatforms fakes = FakePlatforms.of(alpha, beta);
    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final AtomicInteger deafFor = new AtomicInteger();
    private final List<StoreContext> nodes = new ArrayList<>();
    private StoreContext node;

    private record Sighting(
            CaseReference reference, int recipient, Outcome outcome, OutcomeScope scope, RemovedBy by, Instant at) {}

    @BeforeEach
    void startNode() {
        node = start();
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(StoreContext::close);
    }

    @Test
    void writesDownEveryLookAndWhereFrom() {
        CaseReference reference = watched("alpha");

        round();

        assertThat(observations(reference)).singleElement().satisfies(observation -> {
            assertThat(observation.availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(observation.vantage()).isEqualTo("GB");
            assertThat(observation.connector()).isEqualTo("fake");
            assertThat(observation.platform()).isEqualTo("alpha");
            assertThat(observation.controlAlive()).isTrue();
            assertThat(observation.httpStatus()).hasValue(200);
            assertThat(observation.observedAt()).isEqualTo(clock.instant());
        });
        assertThat(sightings).isEmpty();
    }

    @Test
    void looksAgainWhenItIsTimeAndNotBefore() {
        watched("alpha");
        round();

        clock.advance(Duration.ofSeconds(59));
        round();
        assertThat(alpha.looked()).hasSize(1);
        clock.advance(Duration.ofSeconds(8));
        round();

        assertThat(alpha.looked()).hasSize(2);
    }

    @Test
    void tellsAtOnceWhatThePlatformItselfSays() {
        alpha.shows(REMOVED);
        CaseReference reference = watched("alpha");

        round();

        assertThat(sightings)
                .containsExactly(new Sighting(
                        reference, 1, Outcome.REMOVED, OutcomeScope.GLOBAL, RemovedBy.PLATFORM, clock.instant()));
    }

    @Test
    void tellsOfAMissOnlyWhenItIsConfirmed() {
        alpha.alwaysShows(MISSED);
        CaseReference reference = watched("alpha");
        Instant first = clock.instant();

        round();
        clock.advance(GAP.minusSeconds(1));
        round();
        assertThat(alpha.looked()).hasSize(1);
        assertThat(sightings).isEmpty();
        clock.advance(Duration.ofSeconds(40));
        round();

        assertThat(sightings)
                .containsExactly(
                        new Sighting(reference, 1, Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, first));
    }

    @Test
    void neverTellsOfWhatNobodyCanTell() {
        alpha.alwaysShows(Look.unknown(UnknownReason.SERVER_ERROR, "503"));
        CaseReference reference = watched("alpha");

        for (int hour = 0; hour < 30; hour++) {
            round();
            clock.advance(Duration.ofHours(1));
        }

        assertThat(observations(reference)).hasSize(30);
        assertThat(sightings).isEmpty();
    }

    @Test
    void tellsAgainAfterTheNextLookWhenNobodyListened() {
        alpha.alwaysShows(REMOVED);
        deafFor.set(1);
        watched("alpha");

        round();
        assertThat(sightings).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        round();

        assertThat(sightings).hasSize(1);
    }

    @Test
    void looksAtManyItemsInOneCallAndAtOneCaseOnce() {
        CaseReference one = watched("alpha");
        node.recipient(one, 2, "alpha", Duration.ofHours(24));
        lookAt(one, 2, clock.instant());
        watched("alpha");
        watched("alpha");

        round();

        assertThat(alpha.looked()).singleElement().satisfies(batch -> assertThat(batch)
                .hasSize(3));
        assertThat(observations(one)).hasSize(2);
    }

    @Test
    void lookingAtASlowPlatformHoldsUpNoOther() {
        CountDownLatch gate = alpha.closesItsGate();
        watched("alpha");
        CaseReference other = watched("beta");

        node.bean(RemovalWatch.class).run();

        await().atMost(Duration.ofSeconds(5)).until(() -> observations(other).size() == 1);
        gate.countDown();
        node.finish("alpha");
    }

    @Test
    void twoNodesLookOnce() {
        StoreContext second = start();
        CountDownLatch gate = alpha.closesItsGate();
        CaseReference reference = watched("alpha");

        node.bean(RemovalWatch.class).run();
        await().atMost(Duration.ofSeconds(5)).until(() -> alpha.looked().size() == 1);
        round(second);
        gate.countDown();
        node.finish("alpha");

        assertThat(alpha.looked()).hasSize(1);
        assertThat(observations(reference)).hasSize(1);
    }

    @Test
    void whatADeadNodeHadTakenIsLookedAtSoon() {
        CaseReference reference = watched("alpha");
        Instant now = clock.instant();
        node.inTransaction(() -> assertThat(node.bean(Watched.class).move(reference, 1, now, now.plusSeconds(15)))
                .isTrue());

        clock.advance(Duration.ofSeconds(15));
        round(start());

        assertThat(observations(reference)).hasSize(1);
    }

    @Test
    void aBrokenConnectorIsALookThatCouldNotTell() {
        CaseReference reference = watched("alpha");
        alpha.breaksWhenLooking();

        round();

        assertThat(observations(reference))
                .singleElement()
                .extracting(Observation::availability)
                .isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void aWebhookMakesItLookNowAndNothingMore() {
        CaseReference reference = watched("alpha");
        node.inTransaction(() -> node.bean(Cases.class).identify(reference, "alpha", Map.of("statusId", "42")));
        round();

        node.bean(LookNow.class)
                .received("alpha", new PlatformEvent("d1", "report.updated", Map.of("statusId", "42"), true));
        assertThat(sightings).isEmpty();
        round();

        assertThat(observations(reference)).hasSize(2);
        assertThat(sightings).isEmpty();
    }

    @Test
    void aWebhookAboutSomethingElseOrFromElsewhereChangesNothing() {
        CaseReference reference = watched("alpha");
        node.inTransaction(() -> node.bean(Cases.class).identify(reference, "alpha", Map.of("statusId", "42")));
        round();

        node.bean(LookNow.class)
                .received("alpha", new PlatformEvent("d1", "report.updated", Map.of("statusId", "43"), true));
        node.bean(LookNow.class)
                .received("beta", new PlatformEvent("d2", "report.updated", Map.of("statusId", "42"), true));
        round();

        assertThat(observations(reference)).hasSize(1);
    }

    private CaseReference watched(String platform) {
        CaseReference reference = node.flagged(platform);
        node.recipient(reference, 1, platform, Duration.ofHours(24));
        lookAt(reference, 1, clock.instant());
        return reference;
    }

    private void lookAt(CaseReference reference, int recipient, Instant at) {
        node.jdbc()
                .sql("update recipient set next_check_at = ? where case_reference = ? and number = ?")
                .params(stored(at), reference.value(), recipient)
                .update();
    }

    private List<Observation> observations(CaseReference reference) {
        return node.bean(Observations.class).of(reference);
    }

    private void round() {
        round(node);
    }

    private void round(StoreContext on) {
        on.bean(RemovalWatch.class).run();
        on.finish("alpha");
    }

    private void seen(
            CaseReference reference,
            int recipient,
            Outcome outcome,
            OutcomeScope scope,
            RemovedBy by,
            Instant at,
            String detail) {
        if (deafFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("somebody else is changing this case");
        }
        sightings.add(new Sighting(reference, recipient, outcome, scope, by, at));
    }

    private StoreContext start() {
        StoreContext started = StoreContext.builder(clock)
                .database(database)
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(RemovalSeen.class, this::seen)
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        ContentSource.class,
                        Watched.class,
                        Observations.class,
                        RemovalWatch.class,
                        LookNow.class)
                .start();
        nodes.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WatchSettings.class)
    static class Settings {}
}
