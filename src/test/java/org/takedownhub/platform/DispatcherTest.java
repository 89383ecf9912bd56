package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Submission.Purpose;
import org.takedownhub.platform.Submission.State;
import org.takedownhub.platform.Submissions.Work;

class DispatcherTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant RECEIVED = Instant.parse("2026-11-22T10:00:05Z");

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final String database = UUID.randomUUID().toString();
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final FakePlatform beta = new FakePlatform("beta");
    private final FakePlatforms fakes = FakePlatforms.of(alpha, beta);
    private final List<ReferralAnswer> told = new CopyOnWriteArrayList<>();
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final AtomicInteger deafFor = new AtomicInteger();
    private final List<StoreContext> nodes = new ArrayList<>();
    private StoreContext node;

    @BeforeEach
    void startNode() {
        node = start("one", false);
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(StoreContext::close);
    }

    @Test
    void sendsWhatWasPreparedAndTellsWhatBecameOfIt() {
        alpha.answers(new Receipt("report-7", RECEIVED, Map.of("statusId", "42")));
        CaseReference reference = node.flagged("alpha");

        String key = referral(reference);
        round();

        assertThat(alpha.referred()).hasSize(1);
        Notice notice = alpha.referred().get(0);
        assertThat(notice.idempotencyKey()).isEqualTo(key).hasSize(64);
        assertThat(notice.explanation()).isEqualTo("It threatens somebody");
        assertThat(notice.content().reference()).isEqualTo(reference);
        assertThat(told).containsExactly(new Receipt("report-7", RECEIVED, Map.of()));
        Submission submission = submission(key);
        assertThat(submission.state()).isEqualTo(State.SENT);
        assertThat(submission.platformReference()).contains("report-7");
        assertThat(node.bean(ContentSource.class)
                        .find(reference, "alpha")
                        .orElseThrow()
                        .identities())
                .containsEntry("statusId", "42");
        assertThat(node.auditActions(reference)).endsWith("submission.prepared", "submission.sent");
    }

    @Test
    void sendsOnceHoweverManyRoundsFollow() {
        referral(node.flagged("alpha"));

        round();
        clock.advance(Duration.ofDays(1));
        round();

        assertThat(alpha.referred()).hasSize(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void preparingTwiceChangesNothing() {
        CaseReference reference = node.flagged("alpha");

        String first = referral(reference);
        String second = referral(reference);
        round();

        assertThat(second).isEqualTo(first);
        assertThat(node.bean(Submissions.class).of(reference)).hasSize(1);
        assertThat(alpha.referred()).hasSize(1);
    }

    @Test
    void anotherRungAttemptOrPurposeIsAnotherSubmission() {
        CaseReference reference = node.flagged("alpha");

        prepare(reference, 1, 0, 0, Purpose.REFERRAL, "alpha");
        prepare(reference, 2, 0, 0, Purpose.REFERRAL, "alpha");
        prepare(reference, 1, 0, 1, Purpose.REFERRAL, "alpha");
        prepare(reference, 1, 0, 0, Purpose.REMINDER, "alpha");
        prepare(reference, 1, 1, 0, Purpose.RUNG, "alpha");
        round();

        assertThat(alpha.referred()).hasSize(5);
        assertThat(alpha.referred().stream().map(Notice::idempotencyKey)).doesNotHaveDuplicates();
    }

    @Test
    void goesOutRightAfterTheCommitAndNotBefore() {
        StoreContext busy = start("two", true);
        CaseReference reference = busy.flagged("alpha");

        busy.inTransaction(() -> {
            busy.bean(Submissions.class).prepare(reference, 1, 0, 0, Purpose.REFERRAL, "alpha", "because");
            busy.finish("alpha");
            assertThat(alpha.looked()).isEmpty();
        });

        await().atMost(SOON).until(() -> told.size() == 1);
        assertThat(alpha.referred()).hasSize(1);
    }

    @Test
    void aPersonHandsInWhatGoesToAHostWithoutConnector() {
        CaseReference reference = node.flagged("gamma");

        String key = prepare(reference, 1, 0, 0, Purpose.REFERRAL, "gamma.example");
        node.bean(Dispatcher.class).run();

        await().atMost(SOON).until(() -> told.size() == 1);
        assertThat(told).containsExactly(new NeedsPerson("no API"));
        assertThat(submission(key).state()).isEqualTo(State.BY_HAND);
    }

    @Nested
    class Together {

        @Test
        void goesOutWhatIsOfOneGroupAndStillUp() {
            alpha.groups(notice -> Optional.of("moderators"), 10);
            alpha.shows(FakePlatform.look(Availability.REMOVED_BY_PLATFORM, true));
            List<String> keys = List.of(
                    referral(node.flagged("alpha")),
                    referral(node.flagged("alpha")),
                    referral(node.flagged("alpha")),
                    referral(node.flagged("alpha")));

            round();

            assertThat(keys.stream().map(key -> submission(key).state()))
                    .containsExactlyInAnyOrder(State.GONE, State.SENT, State.SENT, State.SENT);
            assertThat(alpha.referred().stream().map(Notice::idempotencyKey))
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(keys);
            assertThat(alpha.reportSizes()).as("reports of several notices").isNotEmpty();
        }

        @Test
        void leavesOtherGroupsToAReportOfTheirOwnAndKeepsTheLimit() {
            alpha.groups(notice -> Optional.of(notice.explanation()), 2);
            for (int i = 0; i < 3; i++) {
                referral(node.flagged("alpha"));
            }
            CaseReference other = node.flagged("alpha");
            String alone = node.fromTransaction(() ->
                    node.bean(Submissions.class).prepare(other, 1, 0, 0, Purpose.REFERRAL, "alpha", "something else"));

            round();
            round();

            assertThat(submission(alone).state()).isEqualTo(State.SENT);
            assertThat(alpha.referred()).hasSize(4);
            assertThat(alpha.reportSizes()).allMatch(size -> size <= 2);
        }

        @Test
        void comesBackTogetherWhenThePlatformIsAway() {
            alpha.groups(notice -> Optional.of("moderators"), 10);
            alpha.refusesWith(new PlatformUnavailable("503", Optional.empty()));
            List<String> keys = List.of(referral(node.flagged("alpha")), referral(node.flagged("alpha")));

            round();

            assertThat(keys)
                    .allSatisfy(key -> assertThat(submission(key).state()).isEqualTo(State.PREPARED));
        }
    }

    @Nested
    class AfterACrash {

        @Test
        void whatWasOnlyTakenGoesOutAfterTheRestart() {
            String key = referral(node.flagged("alpha"));
            lease(key);

            StoreContext restarted = start("one", false);
            round(restarted);

            assertThat(alpha.referred()).hasSize(1);
            assertThat(submission(key).state()).isEqualTo(State.SENT);
        }

        @Test
        void whatAnotherNodeHasTakenIsLeftToItUntilItsLeaseRunsOut() {
            String key = referral(node.flagged("alpha"));
            lease(key);
            StoreContext other = start("two", false);

            round(other);
            assertThat(alpha.looked()).isEmpty();

            clock.advance(Duration.ofSeconds(61));
            round(other);
            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void whatWasBeingSentIsUncertainAfterTheRestartAndNeverSentAgain() {
            CaseReference reference = node.flagged("alpha");
            String key = referral(reference);
            claim(key);

            StoreContext restarted = start("one", false);
            round(restarted);
            clock.advance(Duration.ofDays(1));
            round(restarted);

            assertThat(alpha.referred()).isEmpty();
            assertThat(submission(key).state()).isEqualTo(State.UNCERTAIN);
            assertThat(told).singleElement().isInstanceOf(Uncertain.class);
            assertThat(node.auditActions(reference)).endsWith("submission.uncertain");
        }

        @Test
        void whatAnotherNodeWasSendingIsUncertainOnlyWhenItHasHadTimeEnough() {
            String key = referral(node.flagged("alpha"));
            claim(key);
            StoreContext other = start("two", false);

            clock.advance(Duration.ofSeconds(119));
            round(other);
            assertThat(submission(key).state()).isEqualTo(State.SENDING);

            clock.advance(Duration.ofSeconds(2));
            round(other);
            assertThat(submission(key).state()).isEqualTo(State.UNCERTAIN);
            assertThat(alpha.referred()).isEmpty();
        }

        @Test
        void anAnswerThatWasKeptIsToldWithoutSendingAgain() {
            String key = referral(node.flagged("alpha"));
            claim(key);
            node.inTransaction(() -> node.bean(Submissions.class)
                    .answered(
                            submission(key),
                            List.of(State.SENDING),
                            node.bean(Node.class).worker(),
                            new PlatformRefusal("not against our terms")));

            round(start("one", false));

            assertThat(told).containsExactly(new PlatformRefusal("not against our terms"));
            assertThat(alpha.referred()).isEmpty();
        }

        @Test
        void anAnswerThatWasToldIsNotToldAgain() {
            referral(node.flagged("alpha"));
            round();

            round(start("one", false));

            assertThat(told).hasSize(1);
        }

        private void lease(String key) {
            work(key);
        }

        private Work work(String key) {
            Instant now = clock.instant();
            return node.fromTransaction(() -> node.bean(Submissions.class)
                    .lease(key, node.bean(Node.class).worker(), now, now.plusSeconds(60))
                    .orElseThrow());
        }

        private void claim(String key) {
            Work work = work(key);
            boolean claimed = node.fromTransaction(() -> node.bean(Submissions.class)
                    .claim(work, node.bean(Node.class).worker()));
            assertThat(claimed).isTrue();
        }
    }

    @Nested
    class NobodyKnows {

        @Test
        void aConnectorThatBreaksOffLeavesItUncertain() {
            alpha.refusesWith(new IllegalStateException("truncated answer"));
            String key = referral(node.flagged("alpha"));

            round();
            clock.advance(Duration.ofDays(1));
            round();

            assertThat(alpha.referred()).hasSize(1);
            assertThat(submission(key).state()).isEqualTo(State.UNCERTAIN);
            assertThat(told).singleElement().isInstanceOf(Uncertain.class);
        }

        @Test
        void aTimeOutAfterAcceptIsNeverSentAgain() {
            alpha.answers(new Uncertain("no answer within 10 s"));
            referral(node.flagged("alpha"));

            round();
            clock.advance(Duration.ofDays(1));
            round(start("one", false));

            assertThat(alpha.referred()).hasSize(1);
            assertThat(told).containsExactly(new Uncertain("no answer within 10 s"));
        }

        @Test
        void anAnswerThatComesAfterAllIsInTheLog() {
            CountDownLatch gate = alpha.closesItsGate();
            CaseReference reference = node.flagged("alpha");
            String key = prepare(reference, 1, 1, 0, Purpose.RUNG, "alpha");
            node.bean(Dispatcher.class).run();
            await().atMost(SOON).until(() -> alpha.referred().size() == 1);

            clock.advance(Duration.ofMinutes(10));
            round(start("two", false), "beta");
            assertThat(submission(key).state()).isEqualTo(State.UNCERTAIN);
            gate.countDown();
            node.finish("alpha");

            assertThat(submission(key).state()).isEqualTo(State.UNCERTAIN);
            assertThat(told).singleElement().isInstanceOf(Uncertain.class);
            assertThat(node.auditActions(reference)).endsWith("submission.uncertain", "submission.answered-late");
        }
    }

    @Test
    void aProcessThatDoesNotListenIsToldAgainLater() {
        deafFor.set(5);
        referral(node.flagged("alpha"));

        round();
        assertThat(told).isEmpty();
        round();
        assertThat(told).isEmpty();
        clock.advance(Duration.ofSeconds(6));
        round();

        assertThat(told).hasSize(1);
        assertThat(alpha.referred()).hasSize(1);
    }

    @Test
    void aProcessThatIsBusyForAMomentIsToldAtOnce() {
        deafFor.set(2);
        referral(node.flagged("alpha"));

        round();

        assertThat(told).hasSize(1);
    }

    @Test
    void twoNodesSendEachNoticeOnce() {
        StoreContext other = start("two", false);
        for (int i = 0; i < 30; i++) {
            referral(node.flagged("alpha"));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            node.bean(Dispatcher.class).run();
            other.bean(Dispatcher.class).run();
            return told.size() == 30;
        });

        assertThat(alpha.referred().stream().map(Notice::idempotencyKey))
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSlowPlatformHoldsUpNoOther() {
        CountDownLatch gate = alpha.closesItsGate();
        for (int i = 0; i < 30; i++) {
            referral(node.flagged("alpha"));
        }
        node.bean(Dispatcher.class).run();
        await().atMost(SOON).until(() -> !alpha.looked().isEmpty());

        prepare(node.flagged("beta"), 1, 0, 0, Purpose.REFERRAL, "beta");
        node.bean(Dispatcher.class).run();

        await().atMost(Duration.ofSeconds(5)).until(() -> beta.referred().size() == 1);
        assertThat(alpha.referred()).isEmpty();
        gate.countDown();
    }

    @Nested
    class UnavailablePlatform {

        @Test
        void isLeftAloneUntilTheTimeItNamed() {
            alpha.refusesWith(
                    new PlatformUnavailable("429", Optional.of(clock.instant().plusSeconds(420))));
            String first = referral(node.flagged("alpha"));
            round();
            referral(node.flagged("alpha"));

            clock.advance(Duration.ofSeconds(419));
            round();
            assertThat(alpha.referred()).hasSize(1);
            assertThat(submission(first).state()).isEqualTo(State.PREPARED);

            clock.advance(Duration.ofSeconds(1));
            round();
            assertThat(alpha.referred()).hasSize(3);
            assertThat(told).hasSize(2).allMatch(Receipt.class::isInstance);
        }

        @Test
        void isTriedAgainLessAndLessOften() {
            alpha.alwaysAnswers(notice -> {
                throw new PlatformUnavailable("connection refused", Optional.empty());
            });
            referral(node.flagged("alpha"));

            round();
            assertThat(alpha.referred()).hasSize(1);
            clock.advance(Duration.ofSeconds(4));
            round();
            assertThat(alpha.referred()).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            round();
            assertThat(alpha.referred()).hasSize(2);
            clock.advance(Duration.ofSeconds(29));
            round();
            assertThat(alpha.referred()).hasSize(2);
            clock.advance(Duration.ofSeconds(1));
            round();
            assertThat(alpha.referred()).hasSize(3);
        }

        @Test
        void holdsUpNothingElseWhenItIsOneHostOfMany() {
            alpha.refusesWith(PlatformUnavailable.ofOneHost("one server is down", Optional.empty()));
            String waiting = referral(node.flagged("alpha"));
            round();
            referral(node.flagged("alpha"));
            round();

            assertThat(told).singleElement().isInstanceOf(Receipt.class);
            assertThat(submission(waiting).state()).isEqualTo(State.PREPARED);
            assertThat(health("alpha").healthy()).isTrue();

            clock.advance(Duration.ofSeconds(5));
            round();
            assertThat(told).hasSize(2).allMatch(Receipt.class::isInstance);
        }

        @Test
        void isTriedWithOneNoticeAtATime() {
            alpha.alwaysAnswers(notice -> {
                throw new PlatformUnavailable("connection refused", Optional.empty());
            });
            for (int i = 0; i < 5; i++) {
                referral(node.flagged("alpha"));
            }
            round();
            int before = alpha.referred().size();

            clock.advance(Duration.ofMinutes(1));
            round();

            assertThat(alpha.referred()).hasSize(before + 1);
        }

        @Test
        void isGivenUpInFavourOfAPerson() {
            alpha.alwaysAnswers(notice -> {
                throw new PlatformUnavailable("connection refused", Optional.empty());
            });
            for (int i = 0; i < 3; i++) {
                referral(node.flagged("alpha"));
            }

            for (int minute = 0; minute <= 60; minute++) {
                round();
                clock.advance(Duration.ofMinutes(1));
            }

            assertThat(told).hasSize(3).allMatch(NeedsPerson.class::isInstance);
        }

        @Test
        void isNotWaitedForWhenItAsksForTooMuchPatience() {
            alpha.refusesWith(new PlatformUnavailable(
                    "400 reports in 24 hours", Optional.of(clock.instant().plus(Duration.ofHours(20)))));
            referral(node.flagged("alpha"));

            round();

            assertThat(told).singleElement().isInstanceOf(NeedsPerson.class);
        }

        @Test
        void showsInItsHealthUntilItAnswersAgain() {
            alpha.refusesWith(new PlatformUnavailable("connection refused", Optional.empty()));
            referral(node.flagged("alpha"));

            round();
            assertThat(health("alpha").healthy()).isFalse();
            assertThat(health("alpha").lastError()).contains("connection refused");

            clock.advance(Duration.ofSeconds(5));
            round();
            assertThat(health("alpha").healthy()).isTrue();
            assertThat(health("alpha").lastError()).contains("connection refused");
        }

        private PlatformHealth.Health health(String instance) {
            return node.bean(PlatformHealth.class).all().stream()
                    .filter(health -> health.instance().equals(instance))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class BeforeSending {

        @Test
        void aReferralOfWhatIsProvenGoneIsNotSent() {
            alpha.shows(FakePlatform.look(Availability.DELETED_BY_AUTHOR, false));
            String key = referral(node.flagged("alpha"));

            round();

            assertThat(alpha.referred()).isEmpty();
            assertThat(told).singleElement().isInstanceOf(ContentGone.class);
            assertThat(submission(key).state()).isEqualTo(State.GONE);
            assertThat(looks).hasSize(1);
        }

        @Test
        void oneMissProvesNothingAndTwoAGapApartDo() {
            alpha.alwaysShows(FakePlatform.look(Availability.GONE_UNATTRIBUTED, true));
            referral(node.flagged("alpha"));

            round();
            clock.advance(Duration.ofSeconds(299));
            round();
            assertThat(told).isEmpty();
            assertThat(alpha.looked()).hasSize(1);

            clock.advance(Duration.ofSeconds(1));
            round();
            assertThat(told).singleElement().isInstanceOf(ContentGone.class);
            assertThat(alpha.referred()).isEmpty();
            assertThat(looks).hasSize(2);
        }

        @Test
        void aMissThatIsNotConfirmedIsSentAfterAll() {
            alpha.shows(FakePlatform.look(Availability.GONE_UNATTRIBUTED, true));
            referral(node.flagged("alpha"));

            round();
            assertThat(alpha.referred()).isEmpty();
            clock.advance(Duration.ofMinutes(5));
            round();

            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void aMissWithoutALiveControlIsSent() {
            alpha.shows(FakePlatform.look(Availability.GONE_UNATTRIBUTED, false));
            referral(node.flagged("alpha"));

            round();

            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void whatNobodyCanTellIsSent() {
            alpha.shows(Look.unknown(UnknownReason.SERVER_ERROR, "503"));
            referral(node.flagged("alpha"));

            round();

            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void aRungDoesNotLook() {
            prepare(node.flagged("alpha"), 1, 1, 0, Purpose.RUNG, "alpha");

            round();

            assertThat(alpha.looked()).isEmpty();
            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void aReminderAboutWhatHasBeenSeenGoneIsNotSent() {
            CaseReference reference = node.flagged("alpha");
            node.recipient(reference, 1, "alpha", Duration.ofHours(24));
            node.settled(reference, 1, Outcome.REMOVED);
            String key = prepare(reference, 1, 0, 0, Purpose.REMINDER, "alpha");

            round();

            assertThat(alpha.referred()).isEmpty();
            assertThat(submission(key).state()).isEqualTo(State.GONE);
            assertThat(told).singleElement().isInstanceOf(ContentGone.class);
        }

        @Test
        void aRungGoesOutAfterARefusal() {
            CaseReference reference = node.flagged("alpha");
            node.recipient(reference, 1, "alpha", Duration.ofHours(24));
            node.settled(reference, 1, Outcome.REFUSED);
            prepare(reference, 1, 1, 0, Purpose.RUNG, "alpha");

            round();

            assertThat(alpha.referred()).hasSize(1);
        }

        @Test
        void aNoticeThatWasWithdrawnIsDropped() {
            CaseReference reference = node.flagged("alpha");
            node.recipient(reference, 1, "alpha", Duration.ofHours(24));
            node.settled(reference, 1, Outcome.WITHDRAWN);
            String key = referral(reference);

            round();

            assertThat(alpha.referred()).isEmpty();
            assertThat(submission(key).state()).isEqualTo(State.DROPPED);
            assertThat(told).isEmpty();
            assertThat(node.auditActions(reference)).endsWith("submission.dropped");
        }
    }

    private StoreContext start(String name, boolean workers) {
        StoreContext started = StoreContext.builder(clock)
                .database(database)
                .property("takedown.workers.node", name)
                .property("takedown.workers.enabled", workers)
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(SubmissionListener.class, this::listen)
                .with(LookListener.class, (reference, recipient, platform, look, at) -> looks.add(look))
                .with(
                        Node.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        ContentSource.class,
                        Submissions.class,
                        Dispatcher.class)
                .start();
        nodes.add(started);
        return started;
    }

    private void listen(Submission submission, ReferralAnswer answer) {
        if (deafFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("somebody else is changing this case");
        }
        told.add(answer);
    }

    private String referral(CaseReference reference) {
        return prepare(reference, 1, 0, 0, Purpose.REFERRAL, "alpha");
    }

    private String prepare(
            CaseReference reference, int recipient, int rung, int attempt, Purpose purpose, String platform) {
        return node.fromTransaction(() -> node.bean(Submissions.class)
                .prepare(reference, recipient, rung, attempt, purpose, platform, "It threatens somebody"));
    }

    private Submission submission(String key) {
        return node.bean(Submissions.class).find(key).orElseThrow();
    }

    private void round() {
        round(node);
    }

    private void round(StoreContext on) {
        round(on, "alpha");
    }

    private void round(StoreContext on, String platform) {
        on.bean(Dispatcher.class).run();
        on.finish(platform);
    }
}
