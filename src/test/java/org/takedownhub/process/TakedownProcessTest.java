package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.takedownhub.platform.FakePlatform.look;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.evidence.MediaSeenAgain;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.Letters;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReplyListener;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.removal.Answer;
import org.takedownhub.removal.NothingToSettle;
import org.takedownhub.removal.Observations;
import org.takedownhub.removal.RemovalUnclear;
import org.takedownhub.removal.RemovalWatch;

/**
 * Every path of the story, on the real models, tables and delegates. The paths of one subject live in an abstract class
 * of their own, {@code ...Paths}, that a nested class here extends, so that {@link Coverage} sees every node passed.
 */
@HubTest
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class TakedownProcessTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ClockLedger ledger;

    @Autowired
    Letters letters;

    @Autowired
    Audit audit;

    @Autowired
    Cases cases;

    @Autowired
    Returned returned;

    @Autowired
    Observations observations;

    @Autowired
    RemovalUnclear unclear;

    @Autowired
    RemovalWatch watch;

    @Autowired
    List<MediaSeenAgain> reuploads;

    @Autowired
    Transactions transactions;

    @Autowired
    PlatformReplyListener replies;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    private List<ClockEntry.Event> clockEvents() {
        return ledger.of(scenario.reference(), 0).stream()
                .map(ClockEntry::event)
                .toList();
    }

    private List<Integer> rungs() {
        return jdbc.sql("select rung from rung where case_reference = ? order by rung")
                .params(scenario.reference().value())
                .query(Integer.class)
                .list();
    }

    private long submissions(String purpose) {
        return jdbc.sql("select count(*) from submission where case_reference = ? and purpose = ?")
                .params(scenario.reference().value(), purpose)
                .query(Long.class)
                .single();
    }

    @Nested
    @Order(1)
    class Verify {

        @Test
        void putsFlaggedContentBeforeTheCaseworkersWithADueDate() {
            scenario.flagged(Category.THREAT).isWaitingAt("Task_VerifyContent");
            Task task = scenario.task("Task_VerifyContent");
            assertThat(task.getDueDate().toInstant())
                    .isEqualTo(scenario.file().flaggedAt().plus(Duration.ofHours(2)));
            assertThat(scenario.candidateGroups("Task_VerifyContent")).containsExactly("caseworkers");
            assertThat(scenario.file().state()).isEqualTo(CaseState.VERIFYING);
            assertThat(scenario.file().processVersion())
                    .hasValueSatisfying(version -> assertThat(version).startsWith("takedown:"));
        }

        @Test
        void looksWithinAQuarterOfAnHourAtAThreatToLife() {
            scenario.flagged(Category.OTHER, true);
            assertThat(scenario.task("Task_VerifyContent").getDueDate().toInstant())
                    .isEqualTo(scenario.file().flaggedAt().plus(Duration.ofMinutes(15)));
        }

        @Test
        void closesLawfulContentAsNotReferred() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.LAWFUL).endedAs(Outcome.NOT_REFERRED);
            assertThat(scenario.sent()).isEmpty();
        }

        @Test
        void asksASecondCaseworkerWhenTheFirstCannotTell() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.CANNOT_TELL).isWaitingAt("Task_VerifyContent");
            assertThatThrownBy(() -> scenario.verifiedAs(Verdict.LAWFUL)).hasMessageContaining("another caseworker");
            scenario.completes(
                            "caseworker2",
                            "Task_VerifyContent",
                            Map.of("verdict", "BREACHES_TERMS", "category", "THREAT", "reasons", "It does."))
                    .isWaitingAt("Event_ReferralAnswered");
        }

        @Test
        void letsNobodyKeepASecondOpinionWhoGaveTheFirst() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.CANNOT_TELL);
            assertThatThrownBy(() -> scenario.claims("caseworker1", "Task_VerifyContent"))
                    .hasMessageContaining("another caseworker");
            scenario.claims("caseworker2", "Task_VerifyContent").givesBack("caseworker2", "Task_VerifyContent");
            assertThat(scenario.task("Task_VerifyContent").getAssignee()).isNull();
        }

        @Test
        void refusesCharactersThatAreNoText() {
            scenario.flagged(Category.THREAT);
            assertThatThrownBy(() -> scenario.verifiedAs(Verdict.LAWFUL, Map.of("reasons", "a\u0000b")))
                    .hasMessageContaining("reasons");
        }

        @Test
        void closesAsNotReferredWhenTwoCannotTell() {
            scenario.flagged(Category.THREAT)
                    .verifiedAs(Verdict.CANNOT_TELL)
                    .completes(
                            "caseworker2",
                            "Task_VerifyContent",
                            Map.of("verdict", "CANNOT_TELL", "category", "THREAT", "reasons", "Nor can I."))
                    .endedAs(Outcome.NOT_REFERRED);
        }
    }

    @Nested
    @Order(1)
    class Approve {

        @Test
        void needsASecondPersonForAWeaponsRemovalNotice() {
            scenario.flagged(Category.WEAPONS_SALE)
                    .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                    .isWaitingAt("Task_ApproveReferral");
            assertThat(scenario.candidateGroups("Task_ApproveReferral")).containsExactly("authorised-officers");
            scenario.approved(true).dispatched().isWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.recipient().instrument()).isEqualTo(Instrument.WEAPONS_REMOVAL_NOTICE);
            assertThat(scenario.recipient().dueAt())
                    .contains(scenario.recipient().givenAt().orElseThrow().plus(Duration.ofHours(48)));
        }

        @Test
        void closesAsNotReferredWhenTheSecondPersonSaysNo() {
            scenario.flagged(Category.THREAT)
                    .verifiedAs(Verdict.UNLAWFUL, Map.of("artisticContext", "MUSIC"))
                    .isWaitingAt("Task_ApproveReferral")
                    .approved(false)
                    .endedAs(Outcome.NOT_REFERRED);
        }

        @Test
        void isNeverDoneByThePersonWhoVerified() {
            scenario.flagged(Category.WEAPONS_SALE)
                    .completes(
                            "officer",
                            "Task_VerifyContent",
                            Map.of(
                                    "verdict",
                                    "UNLAWFUL",
                                    "category",
                                    "WEAPONS_SALE",
                                    "offence",
                                    "CJA_1988_S141",
                                    "reasons",
                                    "For sale."));
            assertThatThrownBy(() -> scenario.approved(true)).hasMessageContaining("another authorised officer");
            scenario.isWaitingAt("Task_ApproveReferral");
        }
    }

    @Nested
    @Order(1)
    class Refer {

        @Test
        void sendsOneNoticeAndStartsTheClockAtTheInstantGiven() {
            scenario.referred(Category.THREAT);
            assertThat(scenario.sent()).hasSize(1);
            assertThat(scenario.sent().get(0).explanation())
                    .contains(scenario.reference().value())
                    .doesNotContain("caseworker1");
            Instant given = scenario.recipient().givenAt().orElseThrow();
            assertThat(scenario.recipient().dueAt()).contains(given.plus(Duration.ofHours(24)));
            assertThat(scenario.file().removalDueAt())
                    .isEqualTo(scenario.recipient().dueAt());
            assertThat(scenario.file().state()).isEqualTo(CaseState.AWAITING_REMOVAL);
        }

        @Test
        void endsAsAlreadyGoneWhenThePlatformNoLongerHasTheContent() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
            scenario.platform().answers(new ContentGone("no such item"));
            scenario.dispatched().endedAs(Outcome.ALREADY_GONE);
        }

        @Test
        void handsThePacketToAPersonWhenTheApiCannotTakeIt() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
            scenario.platform().answers(new NeedsPerson("the token lacks write:reports"));
            scenario.dispatched().isWaitingAt("Task_ReferByHand");
            scenario.completes("caseworker1", "Task_ReferByHand", Map.of("referralOutcome", "SENT", "note", "done"))
                    .isWaitingAt("Task_AwaitRemoval");
        }

        @Test
        void handsThePacketToAPersonWhereThereIsNoConnector() {
            scenario.flaggedElsewhere(Category.THREAT)
                    .verifiedAs(Verdict.UNLAWFUL)
                    .isWaitingAt("Task_ReferByHand")
                    .completes(
                            "caseworker1", "Task_ReferByHand", Map.of("referralOutcome", "CANNOT", "note", "no portal"))
                    .endedAs(Outcome.IMPOSSIBLE);
        }

        @Test
        void neverSendsAnUncertainReferralAgainOfItself() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
            scenario.platform().answers(new Uncertain("no answer within 10 s"));
            scenario.dispatched()
                    .isWaitingAt("Task_ResolveUncertainReferral")
                    .timePasses(Duration.ofHours(2))
                    .dispatched();
            assertThat(scenario.sent()).hasSize(1);
            scenario.completes(
                            "caseworker1",
                            "Task_ResolveUncertainReferral",
                            Map.of("arrival", "ARRIVED", "note", "Their moderators see it."))
                    .isWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.sent()).hasSize(1);
        }

        @Test
        void noticesThatNobodyHandsThePacketIn() {
            scenario.flaggedElsewhere(Category.THREAT)
                    .verifiedAs(Verdict.UNLAWFUL)
                    .isWaitingAt("Task_ReferByHand");
            Instant due = scenario.task("Task_ReferByHand").getDueDate().toInstant();
            assertThat(due).isEqualTo(scenario.recipient().issuedAt().plus(Duration.ofHours(4)));
            scenario.itIs(due).isWaitingAt("Task_ReferByHand");
            assertThat(letters.of(scenario.reference()))
                    .anySatisfy(letter -> assertThat(letter.purpose()).isEqualTo("HAND_IN_OVERDUE"));
        }

        @Test
        void sendsAnUncertainReferralAgainWhenAPersonSaysItDidNotArrive() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
            scenario.platform().answers(new Uncertain("no answer within 10 s"));
            scenario.dispatched()
                    .completes(
                            "caseworker1",
                            "Task_ResolveUncertainReferral",
                            Map.of("arrival", "NOT_ARRIVED", "note", "They have nothing."))
                    .dispatched()
                    .isWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.sent()).hasSize(2);
        }
    }

    @Nested
    @Order(1)
    class AwaitRemoval {

        @Test
        void closesByItselfWhenTheWatchSeesThePlatformsOwnWord() {
            scenario.referred(Category.THREAT)
                    .platformShows(look(Availability.REMOVED_BY_PLATFORM, true))
                    .watched()
                    .isWatchedForReturn();
            assertThat(scenario.file().removedBy()).contains(RemovedBy.PLATFORM);
            assertThat(clockEvents()).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MET);
        }

        @Test
        void believesNoSingleMiss() {
            scenario.referred(Category.THREAT)
                    .platformShows(look(Availability.GONE_UNATTRIBUTED, true))
                    .watched()
                    .isWaitingAt("Task_AwaitRemoval")
                    .timePasses(Duration.ofMinutes(30))
                    .watched()
                    .isWatchedForReturn();
        }

        @Test
        void remindsBeforeTheEndAndGoesOnWaiting() {
            scenario.referred(Category.THREAT)
                    .itIs(scenario.recipient().dueAt().orElseThrow().minus(Duration.ofMinutes(1)))
                    .isWaitingAt("Task_AwaitRemoval");
            assertThat(letters.of(scenario.reference()))
                    .anySatisfy(letter -> assertThat(letter.purpose()).isEqualTo("REMINDER"));
        }

        @Test
        void keepsTimersAndLedgerInStep() {
            scenario.referred(Category.INCITEMENT);
            Instant ledgerDue =
                    ledger.last(scenario.reference(), 0).orElseThrow().dueAt().orElseThrow();
            assertThat(scenario.jobs().stream().map(job -> job.getDuedate().toInstant()))
                    .contains(ledgerDue);
            assertThat(scenario.recipient().dueAt()).contains(ledgerDue);
        }

        @Test
        void endsWithWhateverThePlatformTold() {
            scenario.referred(Category.THREAT).told(Answer.REMOVED).isWatchedForReturn();
        }

        @Test
        void notesAnAcknowledgementAndGoesOnWaiting() {
            scenario.referred(Category.THREAT).told(Answer.ACKNOWLEDGED).isWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.recipient().acknowledgedAt()).isPresent();
        }

        @Test
        void takesNoAnswerThatIsOlderThanTheNotice() {
            scenario.referred(Category.THREAT);
            assertThatThrownBy(() -> scenario.told(Answer.REMOVED, Instant.parse("1999-01-01T00:00:00Z")))
                    .hasMessageContaining("when the notice was given");
            scenario.isWaitingAt("Task_AwaitRemoval");
        }

        @Test
        void endsAsRestrictedWhenOnlyOurCountryIsBlocked() {
            scenario.referred(Category.THREAT).told(Answer.RESTRICTED).endedAs(Outcome.RESTRICTED);
        }

        @Test
        void endsAsImpossibleWhereNoLawStopsTheClock() {
            scenario.referred(Category.THREAT).told(Answer.IMPOSSIBLE).endedAs(Outcome.IMPOSSIBLE);
        }

        @Test
        void escalatesAtOnceWhenThePlatformRefusesToRemoveUnlawfulContent() {
            scenario.referred(Category.THREAT).told(Answer.REFUSED).isWaitingAt("Task_ReviewEscalation");
            assertThat(scenario.recipient().outcome()).contains(Outcome.REFUSED);
        }

        @Test
        void acceptsARefusalWhereOnlyThePlatformsTermsAreBroken() {
            scenario.flagged(Category.GANG_PROMOTION)
                    .verifiedAs(Verdict.BREACHES_TERMS)
                    .dispatched()
                    .told(Answer.REFUSED)
                    .endedAs(Outcome.REFUSED);
        }

        @Test
        void letsTheClockRunWhileAQuestionIsAnswered() {
            scenario.referred(Category.THREAT)
                    .told(Answer.CLARIFICATION)
                    .isWaitingAt("Task_AwaitRemoval", "Task_AnswerClarification");
            Instant due = scenario.recipient().dueAt().orElseThrow();
            scenario.completes(
                            "caseworker1",
                            "Task_AnswerClarification",
                            Map.of("clarificationAnswer", "The second video."))
                    .isWaitingAt("Task_AwaitRemoval")
                    .isNotWaitingAt("Task_AnswerClarification");
            assertThat(scenario.recipient().dueAt()).contains(due);
        }

        @Test
        void startsAFreshPeriodAfterAQuestionWhereTheLawSaysSo() {
            scenario.referred(Category.THREAT);
            jdbc.sql("update notice set instrument = 'TCO_ORDER' where case_reference = ?")
                    .params(scenario.reference().value())
                    .update();
            scenario.told(Answer.CLARIFICATION)
                    .isWaitingAt("Task_AnswerClarification")
                    .isNotWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.recipient().dueAt()).isEmpty();
            scenario.timePasses(Duration.ofHours(30))
                    .isNotWaitingAt("Task_ReviewEscalation")
                    .told(Answer.CLARIFICATION_ENDED)
                    .isWaitingAt("Task_AwaitRemoval");
            assertThat(clockEvents())
                    .containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.PAUSED, ClockEntry.Event.RESTARTED);
            ClockEntry restarted = ledger.last(scenario.reference(), 0).orElseThrow();
            assertThat(restarted.dueAt()).contains(restarted.at().plus(Duration.ofHours(1)));
        }

        @Test
        void withdrawsAtAnyTime() {
            scenario.referred(Category.THREAT).withdrawn().endedAs(Outcome.WITHDRAWN);
            assertThatThrownBy(scenario::withdrawn).isInstanceOf(NothingToSettle.class);
        }
    }

    @Nested
    @Order(1)
    class Escalate {

        @Test
        void escalatesWhenTheRemovalDeadlinePasses() {
            scenario.referred(Category.THREAT).removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");
            assertThat(scenario.file().state()).isEqualTo(CaseState.ESCALATED);
            assertThat(scenario.file().rung()).isEqualTo(1);
            assertThat(clockEvents()).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED);
            scenario.dispatched();
            assertThat(scenario.sent()).hasSize(2);
            assertThat(scenario.candidateGroups("Task_ReviewEscalation")).contains("managers");
        }

        @Test
        void escalatesInTimeWhileThePlatformHangs() {
            CountDownLatch gate = scenario.referred(Category.THREAT).platform().closesItsGate();
            try {
                watch.run();
                scenario.removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");
                assertThat(scenario.file().rung()).isEqualTo(1);
            } finally {
                gate.countDown();
            }
            scenario.watched();
        }

        @Test
        void doesNotEscalateASecondBeforeTheDeadline() {
            scenario.referred(Category.THREAT)
                    .itIs(scenario.recipient().dueAt().orElseThrow().minusMillis(1000))
                    .isWaitingAt("Task_AwaitRemoval")
                    .isNotWaitingAt("Task_ReviewEscalation");
        }

        @Test
        void climbsEveryRungOnceWithNobodyWatchingAndClosesAsNotRemoved() {
            scenario.referred(Category.THREAT).removalDeadlinePasses();
            for (int rung = 1; rung <= 5; rung++) {
                assertThat(scenario.file().rung()).isEqualTo(rung);
                scenario.rungTimePasses();
            }
            scenario.endedAs(Outcome.NOT_REMOVED);
            assertThat(rungs()).containsExactly(1, 2, 3, 4, 5);
            assertThat(submissions("RUNG")).isEqualTo(1);
            assertThat(letters.of(scenario.reference()).stream()
                            .filter(letter -> letter.key().startsWith("rung/"))
                            .map(Letter::purpose))
                    .containsExactly("PLATFORM_LEAD", "REGULATOR");
        }

        @Test
        void climbsTheLadderOfTheWeaponsNotice() {
            scenario.flagged(Category.WEAPONS_SALE)
                    .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                    .approved(true)
                    .dispatched()
                    .removalDeadlinePasses()
                    .rungTimePasses()
                    .rungTimePasses();
            assertThat(jdbc.sql("select action from rung where case_reference = ? order by rung")
                            .params(scenario.reference().value())
                            .query(String.class)
                            .list())
                    .containsExactly("PLATFORM_CONTACT", "CONTENT_MANAGER", "PENALTY_FILE");
        }

        @Test
        void isNeitherHeldNorHastenedByAPersonsLook() {
            scenario.referred(Category.THREAT)
                    .removalDeadlinePasses()
                    .completes("manager1", "Task_ReviewEscalation", Map.of("reviewNote", "Called them."))
                    .isWaitingAt("Event_NextRungDue");
            assertThat(scenario.file().rung()).isEqualTo(1);
            scenario.rungTimePasses().isWaitingAt("Task_ReviewEscalation");
            assertThat(scenario.file().rung()).isEqualTo(2);
        }

        @Test
        void endsTheClimbWhenTheContentIsSeenGone() {
            scenario.referred(Category.THREAT)
                    .removalDeadlinePasses()
                    .platformShows(look(Availability.REMOVED_BY_PLATFORM, true))
                    .timePasses(Duration.ofHours(1))
                    .watched()
                    .isWatchedForReturn();
            assertThat(rungs()).containsExactly(1);
            assertThat(clockEvents()).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED);
        }

        @Test
        void endsTheClimbWhenTheNoticeIsWithdrawn() {
            scenario.referred(Category.THREAT)
                    .removalDeadlinePasses()
                    .withdrawn()
                    .endedAs(Outcome.WITHDRAWN);
        }
    }

    @Nested
    @Order(1)
    class CheckRemoval {

        @Test
        void asksAPersonWhatNobodyElseCanTell() {
            scenario.referred(Category.THREAT);
            unclear.unclear(scenario.reference(), 0, "log-in wall");
            scenario.isWaitingAt("Task_AwaitRemoval", "Task_CheckRemoval");
            assertThat(scenario.candidateGroups("Task_CheckRemoval")).containsExactly("caseworkers");
            assertThat(scenario.task("Task_CheckRemoval").getDueDate()).isNotNull();

            scenario.completes(
                            "caseworker1", "Task_CheckRemoval", Map.of("removalFinding", "STILL_UP", "note", "There."))
                    .isWaitingAt("Task_AwaitRemoval")
                    .isNotWaitingAt("Task_CheckRemoval");
            assertThat(observations.latest(scenario.reference(), 0, 1))
                    .singleElement()
                    .satisfies(look -> {
                        assertThat(look.availability()).isEqualTo(Availability.AVAILABLE);
                        assertThat(look.vantage()).isEqualTo("person");
                    });
        }

        @Test
        void asksAgainAndWhileTheLadderIsClimbedToo() {
            scenario.referred(Category.THREAT);
            unclear.unclear(scenario.reference(), 0, "log-in wall");
            scenario.completes(
                            "caseworker1",
                            "Task_CheckRemoval",
                            Map.of("removalFinding", "CANNOT_TELL", "note", "It asks me to log in."))
                    .removalDeadlinePasses();
            unclear.unclear(scenario.reference(), 0, "log-in wall");
            scenario.isWaitingAt("Process_Escalation", "Task_CheckRemoval");
        }

        @Test
        void endsWhenThePersonSeesItGone() {
            scenario.referred(Category.THREAT);
            unclear.unclear(scenario.reference(), 0, "log-in wall");
            scenario.completes(
                            "caseworker1", "Task_CheckRemoval", Map.of("removalFinding", "GONE", "note", "Not found."))
                    .isWaitingAt("Task_AwaitRemoval")
                    .platformShows(Look.unknown(UnknownReason.LOG_IN_WALL, "log-in wall"))
                    .watched()
                    .isWatchedForReturn();
        }
    }

    @Nested
    @Order(1)
    class Reply {

        @Test
        void looksAtOnceWhenThePlatformSaysThatItActed() {
            scenario.referred(Category.THREAT).watched().platformShows(look(Availability.REMOVED_BY_PLATFORM, true));
            replied(PlatformReply.Kind.ACTION_TAKEN, "closed", "1");
            assertThat(scenario.recipient().acknowledgedAt()).isPresent();
            scenario.isWaitingAt("Task_AwaitRemoval").watched().isWatchedForReturn();
        }

        @Test
        void takesANoAsTheAnswer() {
            scenario.referred(Category.THREAT);
            replied(PlatformReply.Kind.NO_ACTION, "does not break our rules", "1");
            scenario.isWaitingAt("Task_ReviewEscalation");
            assertThat(scenario.recipient().outcome()).contains(Outcome.REFUSED);
        }

        @Test
        void putsAQuestionToAPersonOnceAndSendsTheAnswerBackTheSameWay() {
            scenario.referred(Category.THREAT);
            replied(PlatformReply.Kind.MESSAGE, "Which minute?", "1");
            replied(PlatformReply.Kind.MESSAGE, "Which minute?", "1");
            scenario.isWaitingAt("Task_AwaitRemoval", "Task_AnswerClarification");
            scenario.platform().takesAnswers(true);
            scenario.completes(
                            "caseworker1",
                            "Task_AnswerClarification",
                            Map.of("clarificationAnswer", "The second minute."))
                    .isNotWaitingAt("Task_AnswerClarification")
                    .dispatched();
            assertThat(scenario.platform().answered()).contains("The second minute.");
        }

        @Test
        void sendsWhatCouldNotBeDeliveredAgainAndAsksAPersonWhenThatDoesNotHelp() {
            scenario.referred(Category.THREAT);
            for (int attempt = 1; attempt <= 3; attempt++) {
                replied(PlatformReply.Kind.UNDELIVERABLE, "no such mailbox", "attempt-" + attempt);
                scenario.isNotWaitingAt("Task_AnswerClarification").dispatched();
            }
            assertThat(scenario.sent()).hasSize(4);
            replied(PlatformReply.Kind.UNDELIVERABLE, "no such mailbox", "attempt-4");
            scenario.isWaitingAt("Task_AwaitRemoval", "Task_AnswerClarification");
        }

        private void replied(PlatformReply.Kind kind, String text, String key) {
            replies.replied(
                    scenario.reference(),
                    0,
                    new PlatformReply(kind, text, scenario.file().flaggedAt(), key));
            scenario.runJobs();
        }
    }

    @Nested
    @Order(1)
    class WatchForReturn {

        @Test
        void closesWhenTheContentStaysAway() {
            removed().timePasses(Duration.ofDays(90)).endedAs(Outcome.REMOVED);
            assertThat(scenario.file().state()).isEqualTo(CaseState.CLOSED);
        }

        @Test
        void looksLessAndLessOften() {
            removed().platformShows(look(Availability.GONE_UNATTRIBUTED, true));
            int before = looks();
            scenario.lookedForReturn();
            for (int hour = 0; hour < 24; hour++) {
                scenario.timePasses(Duration.ofHours(1)).lookedForReturn();
            }
            int firstDay = looks() - before;
            scenario.timePasses(Duration.ofDays(60));
            before = looks();
            for (int hour = 0; hour < 24; hour++) {
                scenario.timePasses(Duration.ofHours(1)).lookedForReturn();
            }
            assertThat(firstDay).isBetween(8, 20);
            assertThat(looks() - before).isBetween(0, 1);
        }

        @Test
        void opensACaseThatCarriesTheGroundOverAndHasLessTime() {
            removed().returned();
            var earlier = scenario.reference();
            scenario.endedAs(Outcome.REMOVED).goesOnInTheReturnCase();
            assertThat(scenario.reference()).isNotEqualTo(earlier);
            scenario.isNotWaitingAt("Task_VerifyContent").dispatched().isWaitingAt("Task_AwaitRemoval");
            assertThat(scenario.file().verdict()).contains(Verdict.UNLAWFUL);
            assertThat(scenario.recipient().dueAt())
                    .contains(scenario.recipient().givenAt().orElseThrow().plus(Duration.ofHours(12)));
            assertThat(returned.chain(earlier)).containsExactly(earlier, scenario.reference());
            assertThat(returned.chain(scenario.reference())).containsExactly(earlier, scenario.reference());
            assertThat(scenario.sent()).hasSize(1);
        }

        @Test
        void showsTheWholeChainFromEachCase() {
            removed().returned();
            var first = scenario.reference();
            scenario.goesOnInTheReturnCase().dispatched().told(Answer.REMOVED).isWatchedForReturn();
            var second = scenario.reference();
            scenario.returned().goesOnInTheReturnCase();
            assertThat(List.of(first, second, scenario.reference()))
                    .allSatisfy(reference ->
                            assertThat(returned.chain(reference)).containsExactly(first, second, scenario.reference()));
        }

        @Test
        void asksTheOfficerAgainWhereTheLawWantsApproval() {
            scenario.flagged(Category.WEAPONS_SALE)
                    .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                    .approved(true)
                    .dispatched()
                    .told(Answer.REMOVED)
                    .returned()
                    .goesOnInTheReturnCase()
                    .isWaitingAt("Task_ApproveReferral");
        }

        @Test
        void believesNoSingleSightAndNothingThatCannotTell() {
            removed()
                    .platformShows(look(Availability.AVAILABLE, true))
                    .lookedForReturn()
                    .platformShows(Look.unknown(UnknownReason.TIME_OUT, "no answer"))
                    .timePasses(Duration.ofMinutes(10))
                    .lookedForReturn()
                    .isWatchedForReturn()
                    .platformShows(look(Availability.GONE_UNATTRIBUTED, true))
                    .timePasses(Duration.ofMinutes(10))
                    .lookedForReturn()
                    .platformShows(look(Availability.AVAILABLE, true))
                    .timePasses(Duration.ofHours(3))
                    .lookedForReturn()
                    .isWatchedForReturn();
        }

        @Test
        void endsTheWatchWhenSomebodyFlagsTheContentAgain() {
            removed();
            var earlier = scenario.reference();
            scenario.flagged(Category.THREAT).isWaitingAt("Task_VerifyContent");
            assertThat(scenario.reference()).isNotEqualTo(earlier);
            assertThat(returned.chain(earlier)).containsExactly(earlier, scenario.reference());
            assertThat(returned.isReturn(scenario.reference())).isTrue();
            scenario.turnsTo(earlier).endedAs(Outcome.REMOVED);
        }

        @Test
        void countsTheSameFileInANewCaseAsAReturnThatAPersonVerifies() {
            removed();
            var earlier = scenario.reference();
            scenario.flaggedElsewhere(Category.THREAT);
            transactions.run(() -> {
                reuploads.forEach(listener -> listener.seenAgain(scenario.reference(), earlier, true, 0));
                return true;
            });
            scenario.isWaitingAt("Task_VerifyContent");
            assertThat(returned.isReturn(scenario.reference())).isTrue();
            assertThat(returned.chain(earlier)).containsExactly(earlier, scenario.reference());
        }

        private TakedownScenario removed() {
            return scenario.referred(Category.THREAT).told(Answer.REMOVED).isWatchedForReturn();
        }

        private int looks() {
            return observations.of(scenario.reference()).size();
        }
    }

    @Nested
    @Order(1)
    class Always {

        @Test
        void joinsAFurtherFlagToTheOpenCase() {
            scenario.flagged(Category.THREAT);
            var first = scenario.reference();
            scenario.flagged(Category.INCITEMENT, true);
            assertThat(scenario.reference()).isEqualTo(first);
            assertThat(scenario.file().threatToLife()).isTrue();
        }

        @Test
        void opensANewCaseForContentWhoseCaseIsClosed() {
            scenario.flagged(Category.THREAT).verifiedAs(Verdict.LAWFUL);
            var first = scenario.reference();
            assertThat(scenario.flagged(Category.THREAT).reference()).isNotEqualTo(first);
        }

        @Test
        void keepsAnUnbrokenLogOfTheCase() {
            scenario.referred(Category.THREAT).removalDeadlinePasses().withdrawn();
            assertThat(audit.firstBrokenPosition(scenario.reference().value())).isEmpty();
            assertThat(audit.entries(scenario.reference().value(), 0, 1000))
                    .extracting(entry -> entry.action())
                    .contains("case.opened", "case.verified", "clock.started", "escalation.climbed", "case.closed");
            jdbc.sql("update audit_entry set detail = 'LAWFUL' where stream = ? and action = 'case.verified'")
                    .params(scenario.reference().value())
                    .update();
            assertThat(audit.firstBrokenPosition(scenario.reference().value())).isPresent();
        }

        @Test
        void tellsEveryForceThatFlaggedOnceTheCaseIsClosed() {
            scenario.flagged(Category.THREAT).flagged(Category.THREAT).verifiedAs(Verdict.LAWFUL);
            assertThat(letters.of(scenario.reference()))
                    .filteredOn(letter -> letter.purpose().equals("CLOSED"))
                    .hasSize(2)
                    .allSatisfy(letter -> {
                        assertThat(letter.address()).contains("desk@north.example");
                        assertThat(letter.body()).contains("NOT_REFERRED").doesNotContain("fake.example");
                    });
        }

        @Test
        void keepsPersonalDataAndContentOutOfTheEngine() {
            scenario.referred(Category.THREAT).removalDeadlinePasses();
            assertThat(jdbc.sql("select text_ from act_hi_varinst where text_ is not null")
                            .query(String.class)
                            .list())
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("fake.example/") || text.contains("Because of what it says"));
        }
    }

    @Nested
    @Order(1)
    class Safeguarding extends SafeguardingPaths {}

    @Nested
    @Order(1)
    class Ladders extends EscalationPaths {}

    @Nested
    @Order(1)
    class Recipients extends RecipientsPaths {}

    @Nested
    @Order(1)
    class Noticed extends NoticePaths {}

    @Nested
    @Order(2)
    class Coverage {

        @Test
        void everyNodeOfTheStoryIsPassedBySomeScenario() {
            assertThat(Optional.of(scenario.passedNodes())).isPresent();
            Set<String> nodes = new TreeSet<>();
            // The engine goes through a pair of links without leaving a trace of either.
            Models.story().forEach(file -> Models.read(file).getModelElementsByType(FlowNode.class).stream()
                    .filter(node -> node.getChildElementsByType(LinkEventDefinition.class)
                            .isEmpty())
                    .map(FlowNode::getId)
                    .forEach(nodes::add));
            assertThat(scenario.passedNodes()).containsAll(nodes);
        }
    }
}
