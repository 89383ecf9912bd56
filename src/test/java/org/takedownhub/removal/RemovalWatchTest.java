package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.takedownhub.audit.Instants.stored;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.VantageSettings;
import org.takedownhub.platform.Vantages;

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

    private final List<Unclear> unclear = new CopyOnWriteArrayList<>();

    private record Unclear(CaseReference reference, int recipient, String why) {}

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

    @Test
    void looksAtAMissFromAnotherPlaceBeforeItCounts() {
        StoreContext travelled = start(Map.of("takedown.vantages.frankfurt.country", "DE"));
        alpha.alwaysShows(MISSED);
        alpha.alwaysShowsFrom("frankfurt", MISSED);
        CaseReference reference = watched("alpha");
        Instant first = clock.instant();

        round(travelled);
        clock.advance(GAP.plusSeconds(40));
        round(travelled);

        assertThat(observations(reference))
                .extracting(Observation::vantage)
                .containsExactly("GB", "frankfurt", "GB", "frankfurt");
        assertThat(sightings)
                .containsExactly(
                        new Sighting(reference, 1, Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, first));
    }

    @Test
    void whatIsUpElsewhereIsBlockedHereAndNotRemoved() {
        StoreContext travelled = start(Map.of("takedown.vantages.frankfurt.country", "DE"));
        alpha.alwaysShows(FakePlatform.look(Availability.GEO_BLOCKED, false));
        alpha.alwaysShowsFrom("frankfurt", FakePlatform.look(Availability.AVAILABLE, true));
        CaseReference reference = watched("alpha");

        round(travelled);
        clock.advance(GAP.plusSeconds(40));
        round(travelled);

        assertThat(sightings).singleElement().satisfies(sighting -> {
            assertThat(sighting.reference()).isEqualTo(reference);
            assertThat(sighting.outcome()).isEqualTo(Outcome.RESTRICTED);
            assertThat(sighting.scope()).isEqualTo(OutcomeScope.COUNTRY);
        });
    }

    @Test
    void asksOtherPlacesOnlyAboutWhatIsMissedHere() {
        StoreContext travelled = start(Map.of("takedown.vantages.frankfurt.country", "DE"));
        alpha.alwaysShowsFrom("frankfurt", MISSED);
        alpha.shows(FakePlatform.look(Availability.AVAILABLE, true), MISSED);
        watched("alpha");
        watched("alpha");

        round(travelled);

        assertThat(alpha.looked()).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void asksAPersonOnceWhenNobodyCouldTellForTooLong() {
        alpha.alwaysShows(Look.unknown(UnknownReason.LOG_IN_WALL, "leads to a log-in"));
        CaseReference reference = watched("alpha");

        forHours(5);
        assertThat(unclear).isEmpty();
        forHours(4);
        round(start());

        assertThat(unclear).singleElement().satisfies(told -> {
            assertThat(told.reference()).isEqualTo(reference);
            assertThat(told.recipient()).isEqualTo(1);
            assertThat(told.why()).contains("2026-11-22T11:00:00Z", "LOG_IN_WALL", "leads to a log-in");
        });
    }

    @Test
    void aPersonsFindingEndsTheStreakAndAnotherOneIsToldAgain() {
        alpha.alwaysShows(Look.unknown(UnknownReason.NO_INTERFACE, "Only a person can see"));
        CaseReference reference = watched("alpha");
        forHours(7);
        assertThat(unclear).hasSize(1);

        node.inTransaction(() -> node.bean(Observations.class)
                .told(reference, 1, "alpha", Availability.AVAILABLE, "seen in the app", clock.instant()));
        forHours(6);
        assertThat(unclear).hasSize(1);
        forHours(2);

        assertThat(unclear).hasSize(2);
        assertThat(observations(reference))
                .filteredOn(seen -> seen.vantage().equals("person"))
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.availability()).isEqualTo(Availability.AVAILABLE);
                    assertThat(seen.platform()).isEqualTo("alpha");
                    assertThat(seen.detail()).isEqualTo("seen in the app");
                });
    }

    @Test
    void oneLookThatCouldTellBeginsTheCountAnew() {
        alpha.alwaysShows(Look.unknown(UnknownReason.SERVER_ERROR, "503"));
        watched("alpha");
        forHours(5);
        alpha.shows(FakePlatform.look(Availability.AVAILABLE, true));
        forHours(6);

        assertThat(unclear).isEmpty();
    }

    @Test
    void aMissWithoutAControlTellsAsLittleAsNoAnswer() {
        alpha.alwaysShows(FakePlatform.look(Availability.GONE_UNATTRIBUTED, false));
        watched("alpha");
        forHours(8);

        assertThat(sightings).isEmpty();
        assertThat(unclear).hasSize(1);
    }

    @Test
    void nobodyIsAskedAboutWhatIsSettled() {
        alpha.alwaysShows(Look.unknown(UnknownReason.SERVER_ERROR, "503"));
        CaseReference reference = watched("alpha");
        forHours(4);
        node.settled(reference, 1, Outcome.REFUSED);
        forHours(6);

        assertThat(unclear).isEmpty();
    }

    @Test
    void asksAgainWhenNobodyListened() {
        alpha.alwaysShows(Look.unknown(UnknownReason.SERVER_ERROR, "503"));
        deafFor.set(1);
        watched("alpha");
        forHours(9);

        assertThat(unclear).hasSize(1);
    }

    @Test
    void leavesAPlatformAloneUntilItSaidToComeBackOnEveryNode() {
        Instant back = clock.instant().plus(Duration.ofMinutes(20));
        alpha.shows(Look.unknown(UnknownReason.RATE_LIMITED, "429").comingBack(Optional.of(back)));
        watched("alpha");
        round();
        CaseReference other = watched("alpha");

        clock.advance(Duration.ofMinutes(19));
        round();
        round(start());
        assertThat(alpha.looked()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        round();

        assertThat(alpha.looked()).hasSize(2);
        assertThat(observations(other)).hasSize(1);
    }

    @Test
    void asksAPersonWhileThePlatformKeepsUsAway() {
        Instant back = clock.instant().plus(Duration.ofHours(20));
        alpha.alwaysShows(Look.unknown(UnknownReason.RATE_LIMITED, "503").comingBack(Optional.of(back)));
        watched("alpha");
        forHours(8);

        assertThat(alpha.looked()).hasSize(1);
        assertThat(unclear).hasSize(1);
    }

    @Test
    void takesAsManyItemsAsFillWholeRequests() {
        StoreContext small = start(Map.of("takedown.removal.watch.batch", "7"));
        alpha.takesInOneLook(3);
        for (int i = 0; i < 10; i++) {
            watched("alpha");
        }
        round(small);
        alpha.takesInOneLook(50);
        round(small);

        assertThat(alpha.looked()).extracting(List::size).containsExactly(6, 4);
    }

    @Test
    void anAnswerAgainstTheContractIsAnAlarm() {
        alpha.shows(
                FakePlatform.look(Availability.AVAILABLE, true),
                Look.unknown(UnknownReason.CONTRACT_CHANGED, "a page in place of JSON"));
        watched("alpha");
        watched("alpha");

        round();

        assertThat(node.bean(PlatformHealth.class).all()).singleElement().satisfies(health -> {
            assertThat(health.healthy()).isFalse();
            assertThat(health.lastError()).hasValueSatisfying(error -> assertThat(error)
                    .contains("not what its documents promise", "a page in place of JSON"));
        });
        assertThat(sightings).isEmpty();
        assertThat(node.bean(PlatformAlarms.class).of("alpha"))
                .singleElement()
                .asString()
                .contains("a page in place");
        forHours(1);
        assertThat(node.bean(PlatformAlarms.class).of("alpha")).isEmpty();
    }

    private void forHours(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            clock.advance(Duration.ofHours(1));
            round();
        }
    }

    private void unclear(CaseReference reference, int recipient, String why) {
        if (deafFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("somebody else is changing this case");
        }
        unclear.add(new Unclear(reference, recipient, why));
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
        return start(Map.of());
    }

    private StoreContext start(Map<String, String> properties) {
        StoreContext.Builder builder = StoreContext.builder(clock).database(database);
        properties.forEach(builder::property);
        StoreContext started = builder.with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(RemovalSeen.class, this::seen)
                .with(RemovalUnclear.class, this::unclear)
                .with(CheckTimes.class, (phase, at) -> CheckTimes.Times.usual(phase))
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        PlatformAlarms.class,
                        ContentSource.class,
                        Watched.class,
                        Observations.class,
                        Vantages.class,
                        UnclearLooks.class,
                        RemovalWatch.class,
                        LookNow.class)
                .start();
        nodes.add(started);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({WatchSettings.class, UnclearSettings.class, VantageSettings.class})
    static class Settings {}
}
