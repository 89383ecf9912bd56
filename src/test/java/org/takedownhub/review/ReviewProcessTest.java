package org.takedownhub.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;
import static org.takedownhub.platform.FakePlatform.look;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Strikes;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockEntry.Event;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Availability;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;
import org.takedownhub.removal.Answer;
import org.takedownhub.review.Review.RequestChannel;

/** Somebody uninvolved looks again, and what follows from every decision, on the real models and tables. */
@HubTest
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class ReviewProcessTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Reviews reviews;

    @Autowired
    Letters letters;

    @Autowired
    ClockLedger ledger;

    @Autowired
    Notices notices;

    @Autowired
    Cases cases;

    @Autowired
    List<CaseChapter> chapters;

    @Autowired
    Strikes strikes;

    @Autowired
    Transactions transactions;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext web;

    @Autowired
    Clock clock;

    private Instant given;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    /** A statutory notice that a platform was given: 48 hours, and a right of review. */
    private void weaponsNoticeGiven() {
        scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL)
                .approved(true)
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        given = recipient().givenAt().orElseThrow();
    }

    private Review requested() {
        return requested(Optional.empty());
    }

    private Review requested(Optional<String> recipient) {
        Review review = reviews.request(
                scenario.reference(),
                recipient,
                "Legal desk of the platform",
                "It is a theatre prop.",
                RequestChannel.MAIL,
                clock.instant());
        scenario.runJobs();
        return review;
    }

    private Review complained() {
        Review review = reviews.complain(
                scenario.reference(), "public-4711", "That was satire.", RequestChannel.BY_HAND, clock.instant());
        scenario.runJobs();
        return review;
    }

    private void decided(String decision, String... more) {
        Map<String, Object> form =
                new HashMap<>(Map.of("reviewDecision", decision, "decisionReasons", "Looked at it with fresh eyes."));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        scenario.completes("reviewer", "Task_DecideReview", form);
    }

    private Recipient recipient() {
        return scenario.recipient();
    }

    private void isDueAfter(Duration afterGiven) {
        assertThat(recipient().dueAt()).contains(given.plus(afterGiven));
    }

    private List<Event> clockEvents() {
        return ledger.of(scenario.reference(), 0).stream()
                .map(ClockEntry::event)
                .toList();
    }

    private List<Letter> letters(String purpose) {
        return letters.of(scenario.reference()).stream()
                .filter(letter -> letter.purpose().equals(purpose))
                .toList();
    }

    private Letter letter(String purpose) {
        assertThat(letters(purpose)).hasSize(1);
        return letters(purpose).get(0);
    }

    private CaseChapter chapter(String key) {
        return chapters.stream()
                .filter(chapter -> chapter.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    @Order(1)
    class Request {

        @Test
        void isDecidedByReviewOfficersUntilTheInstantThatTheTableSets() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(5)));
            Review review = requested();
            assertThat(review.late()).isFalse();
            assertThat(review.windowEndsAt()).contains(given.plus(Duration.ofHours(48)));
            assertThat(review.legalReference()).contains("Crime and Policing Act 2026 s.22", "[BG: not verified]");
            assertThat(review.legalVerified()).isFalse();
            scenario.isWaitingAt("Task_DecideReview", "Task_AwaitRemoval");
            assertThat(scenario.task("Task_DecideReview").getDueDate().toInstant())
                    .isEqualTo(given.plus(Duration.ofHours(29)));
            assertThat(scenario.candidateGroups("Task_DecideReview")).containsExactly("review-officers");
        }

        @Test
        void stopsNoClockWhileItIsLookedAt() {
            weaponsNoticeGiven();
            requested();
            isDueAfter(Duration.ofHours(48));
            scenario.removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation", "Task_DecideReview");
        }

        @Test
        void isTakenOnceAtATimeForARecipient() {
            weaponsNoticeGiven();
            requested();
            assertThatThrownBy(ReviewProcessTest.this::requested).isInstanceOf(ReviewUnderWay.class);
            decided("CONFIRMED");
            requested();
            scenario.isWaitingAt("Task_DecideReview");
        }

        @Test
        void isTakenFromTwoRecipientsAtTheSameTime() {
            weaponsNoticeGiven();
            addRecipient("content-manager");
            requested(Optional.of("fake"));
            Review other = requested(Optional.of("content-manager"));
            assertThat(other.recipientNumber()).contains(1);
            assertThat(reviews.of(scenario.reference())).hasSize(2);
            assertThatThrownBy(() -> requested(Optional.empty()))
                    .isInstanceOf(NoSuchRecipient.class)
                    .hasMessageContaining("fake, content-manager");
        }

        @Test
        void isNotTakenBeforeTheNoticeWasGivenNorAfterItWasWithdrawn() {
            scenario.flagged(Category.WEAPONS_SALE).verifiedAs(Verdict.UNLAWFUL);
            assertThatThrownBy(ReviewProcessTest.this::requested).isInstanceOf(NothingToReview.class);
            scenario.approved(true);
            assertThatThrownBy(ReviewProcessTest.this::requested)
                    .isInstanceOf(NothingToReview.class)
                    .hasMessageContaining("not been given");
            scenario.dispatched().withdrawn();
            assertThatThrownBy(ReviewProcessTest.this::requested)
                    .isInstanceOf(NothingToReview.class)
                    .hasMessageContaining("withdrawn");
        }

        @Test
        void cannotBeOlderThanTheNotice() {
            weaponsNoticeGiven();
            assertThatThrownBy(() -> reviews.request(
                            scenario.reference(),
                            Optional.empty(),
                            "x",
                            "y",
                            RequestChannel.MAIL,
                            given.minus(Duration.ofHours(1))))
                    .isInstanceOf(ReceivedTooEarly.class);
        }

        @Test
        void thatCameTooLateIsTakenDownAndAnsweredByAPerson() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(48)));
            assertThat(requested().late()).isTrue();
            decided("INADMISSIBLE");
            assertThat(letter("DECISION_NOTICE").body()).contains("came after the time for it");
            isDueAfter(Duration.ofHours(48));
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.MISSED);
        }

        @Test
        void thatCameInTheLastMomentIsInTime() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(48)).minusMillis(1));
            assertThat(requested().late()).isFalse();
            assertThatThrownBy(() -> decided("INADMISSIBLE")).hasMessageContaining("came in time");
            scenario.isWaitingAt("Task_DecideReview");
        }
    }

    @Nested
    @Order(1)
    class Confirmed {

        @Test
        void givesTheTimeOfTheDecisionNoticeWhereThatIsLater() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(40)));
            requested();
            scenario.itIs(given.plus(Duration.ofHours(46)));
            decided("CONFIRMED");

            isDueAfter(Duration.ofHours(70));
            assertThat(scenario.file().removalDueAt()).contains(given.plus(Duration.ofHours(70)));
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.REVIEWED);
            assertThat(letter("DECISION_NOTICE").body())
                    .contains(given.plus(Duration.ofHours(70)).toString(), "confirmed", "fresh eyes")
                    .doesNotContain("reviewer", "[BG");
            scenario.itIs(given.plus(Duration.ofHours(69))).isWaitingAt("Task_AwaitRemoval");
            scenario.itIs(given.plus(Duration.ofHours(70))).isWaitingAt("Task_ReviewEscalation");
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.REVIEWED, Event.MISSED);
        }

        @Test
        void leavesTheOldDueDateWhereThatIsLater() {
            weaponsNoticeGiven();
            requested();
            scenario.timePasses(Duration.ofHours(1));
            decided("CONFIRMED");
            isDueAfter(Duration.ofHours(48));
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.REVIEWED);
            scenario.removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");
        }

        @Test
        void waitsAgainForARecipientThatIsBeingEscalated() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(47)));
            requested();
            scenario.removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");
            scenario.itIs(given.plus(Duration.ofHours(50)));
            decided("CONFIRMED");

            isDueAfter(Duration.ofHours(74));
            scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Task_ReviewEscalation");
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.MISSED, Event.REVIEWED);
            scenario.timePasses(Duration.ofHours(1)).told(Answer.REMOVED).isWatchedForReturn();
            assertThat(clockEvents()).endsWith(Event.REVIEWED, Event.MET);
        }

        @Test
        void movesNothingAfterTheContentWasRemovedOrTheCaseClosed() {
            weaponsNoticeGiven();
            requested();
            scenario.timePasses(Duration.ofHours(1)).told(Answer.REMOVED).timePasses(Duration.ofDays(91));
            assertThat(scenario.file().closedAt()).isPresent();
            decided("CONFIRMED");
            assertThat(letter("DECISION_NOTICE").body()).contains("not changed by this decision");
            assertThat(scenario.file().outcome()).contains(Outcome.REMOVED);
            assertThat(clockEvents()).containsExactly(Event.STARTED, Event.MET);
            scenario.isNotWaitingAt("Task_DecideReview");
        }

        @Test
        void keepsTheDecisionNoticeAsItWentOut() {
            weaponsNoticeGiven();
            Review review = requested();
            decided("CONFIRMED");
            Review.DecisionNotice kept = reviews.find(scenario.reference(), review.id())
                    .orElseThrow()
                    .decisionNotice()
                    .orElseThrow();
            assertThat(kept.text()).isEqualTo(letter("DECISION_NOTICE").body());
            assertThat(kept.sha256()).matches("[0-9a-f]{64}");
        }
    }

    @Nested
    @Order(1)
    class Withdrawn {

        @Test
        void endsTheFollowUpWhereverItStands() {
            weaponsNoticeGiven();
            requested();
            decided("WITHDRAWN");
            scenario.endedAs(Outcome.WITHDRAWN);
            assertThat(letters("WITHDRAWAL")).hasSize(1);
            assertThat(letters("REINSTATEMENT")).isEmpty();
        }

        @Test
        void undoesWhatTheRemovalCountedForAndKeepsItVisible() {
            scenario.flagged(Category.WEAPONS_SALE);
            String account = "fake:" + scenario.reference();
            jdbc.sql("update takedown_case set account_key = ? where case_reference = ?")
                    .params(account, scenario.reference().value())
                    .update();
            scenario.verifiedAs(Verdict.UNLAWFUL).approved(true).dispatched().told(Answer.REMOVED);
            scenario.isWatchedForReturn();
            assertThat(strikes.against(account)).isEqualTo(1);
            requested();
            decided("WITHDRAWN");

            scenario.endedAs(Outcome.WITHDRAWN);
            assertThat(recipient().outcome()).contains(Outcome.WITHDRAWN);
            assertThat(chapter("corrections")
                            .sheet(scenario.reference())
                            .orElseThrow()
                            .rows())
                    .extracting(row -> row.get(1).text() + ": " + row.get(2).text() + " > "
                            + row.get(3).text())
                    .containsExactly("Recipient 0: Removed > Withdrawn", "The case: Removed > Withdrawn");
            assertThat(strikes.against(account)).isZero();
            assertThat(letter("REINSTATEMENT").body()).contains("put it back");
            assertThat(letter("CORRECTED").body()).contains("counts as WITHDRAWN from now on, no longer as REMOVED");
            assertThat(letters("WITHDRAWAL")).isEmpty();
            scenario.platformShows(look(Availability.AVAILABLE, true))
                    .timePasses(Duration.ofDays(10))
                    .lookedForReturn();
            assertThat(scenario.file().outcome()).contains(Outcome.WITHDRAWN);
        }

        @Test
        void worksAfterTheCaseWasClosedAsNotRemoved() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(40)));
            requested();
            scenario.removalDeadlinePasses();
            while (scenario.file().closedAt().isEmpty()) {
                scenario.rungTimePasses();
            }
            assertThat(scenario.file().outcome()).contains(Outcome.NOT_REMOVED);
            decided("WITHDRAWN");
            scenario.endedAs(Outcome.WITHDRAWN);
            assertThat(letters("WITHDRAWAL")).hasSize(1);
        }

        @Test
        void leavesTheCaseAsItIsWhereAnotherRecipientsRemovalStands() {
            weaponsNoticeGiven();
            addRecipient("content-manager");
            transactions.run(() -> notices.settle(scenario.reference(), 1, Outcome.REMOVED, null, null));
            scenario.told(Answer.REMOVED).isWatchedForReturn();
            requested(Optional.of("fake"));
            decided("WITHDRAWN");
            assertThat(recipient().outcome()).contains(Outcome.WITHDRAWN);
            scenario.isWatchedForReturn();
        }

        @Test
        void isAllThatIsLeftToDecideOnceSomebodyHasWithdrawnTheNotice() {
            weaponsNoticeGiven();
            requested();
            scenario.withdrawn();
            assertThatThrownBy(() -> decided("CONFIRMED")).hasMessageContaining("withdrawn meanwhile");
            decided("WITHDRAWN");
            scenario.endedAs(Outcome.WITHDRAWN);
            assertThat(letters("WITHDRAWAL")).hasSize(1);
            assertThat(letters("DECISION_NOTICE")).hasSize(1);
        }
    }

    @Nested
    @Order(1)
    class Varied {

        @Test
        void sendsTheNewTextAndGivesTimeForIt() {
            weaponsNoticeGiven();
            String before = recipient().explanation();
            scenario.itIs(given.plus(Duration.ofHours(40)));
            requested();
            decided("VARIED", "variedNotice", "Only the price list below the video.");

            assertThat(recipient().explanation()).isEqualTo("Only the price list below the video.");
            assertThat(letter("VARIED_NOTICE").body())
                    .contains(
                            "Only the price list",
                            given.plus(Duration.ofHours(64)).toString());
            assertThat(letter("DECISION_NOTICE").body()).contains("varied");
            isDueAfter(Duration.ofHours(64));
            assertThat(jdbc.sql("select explanation from notice where case_reference = ?")
                            .params(scenario.reference().value())
                            .query(String.class)
                            .single())
                    .as("what was issued stays on file")
                    .isEqualTo(before);
        }

        @Test
        void reachesTheOtherRecipientsOfTheNoticeWhenTheReviewerSaysSo() {
            weaponsNoticeGiven();
            addRecipient("content-manager");
            jdbc.sql("update recipient set notice_id = ? where case_reference = ?")
                    .params(recipient().noticeId(), scenario.reference().value())
                    .update();
            requested(Optional.of("fake"));
            scenario.completes(
                    "reviewer",
                    "Task_DecideReview",
                    Map.of(
                            "reviewDecision",
                            "VARIED",
                            "decisionReasons",
                            "Too wide.",
                            "variedNotice",
                            "Only the second picture.",
                            "variedForAll",
                            true));
            assertThat(letters("VARIED_NOTICE")).hasSize(2);
            assertThat(transactions
                            .run(() -> notices.require(scenario.reference(), 1))
                            .explanation())
                    .isEqualTo("Only the second picture.");
        }

        @Test
        void saysWhatIsChanged() {
            weaponsNoticeGiven();
            requested();
            assertThatThrownBy(() -> decided("VARIED")).hasMessageContaining("variedNotice");
            assertThatThrownBy(() -> decided("CONFIRMED", "variedNotice", "Something else."))
                    .hasMessageContaining("unless the decision is VARIED");
        }
    }

    @Nested
    @Order(1)
    class Overdue {

        @Test
        void remindsTheReviewersAndThenTellsTheDutyOfficers() {
            weaponsNoticeGiven();
            requested();
            scenario.timePasses(Duration.ofHours(18));
            assertThat(letter("REVIEW_REMINDER").addressee()).isEqualTo("Review officers");
            assertThat(letters("REVIEW_OVERDUE")).isEmpty();
            scenario.timePasses(Duration.ofHours(6));
            assertThat(letter("REVIEW_OVERDUE").addressee()).isEqualTo("Duty officers");
            scenario.isWaitingAt("Task_DecideReview");
            decided("CONFIRMED");
            assertThat(letters("DECISION_NOTICE")).hasSize(1);
        }
    }

    @Nested
    @Order(1)
    class Complaint {

        @Test
        void isLookedAtTheSameWayAndMayUndoEveryNotice() {
            weaponsNoticeGiven();
            addRecipient("content-manager");
            transactions.run(() -> notices.settle(scenario.reference(), 1, Outcome.RESTRICTED, null, null));
            scenario.told(Answer.REMOVED);
            Review complaint = complained();
            assertThat(complaint.windowEndsAt()).isEmpty();
            assertThat(complaint.dueAt()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
            assertThatThrownBy(ReviewProcessTest.this::complained).isInstanceOf(ReviewUnderWay.class);
            decided("WITHDRAWN");

            scenario.endedAs(Outcome.WITHDRAWN);
            assertThat(letters("REINSTATEMENT")).hasSize(2);
            Letter answer = letter("COMPLAINT_ANSWER");
            assertThat(answer.addressee()).isEqualTo("public-4711");
            assertThat(answer.state()).isEqualTo(Letter.State.FILED);
            assertThat(answer.body())
                    .contains("may be put back")
                    .doesNotContain(
                            scenario.reference().value(), "fake", "fresh eyes", "police", "TH-", "WEAPONS", "weapons");
        }

        @Test
        void leavesTheDueDateAloneWhenItIsConfirmed() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(40)));
            complained();
            decided("CONFIRMED");
            isDueAfter(Duration.ofHours(48));
            assertThat(clockEvents()).containsExactly(Event.STARTED);
            assertThat(letter("COMPLAINT_ANSWER").body()).contains("stands");
        }

        @Test
        void learnsNothingWhereTheUploaderMustNotBeTold() {
            weaponsNoticeGiven();
            transactions.run(() -> {
                cases.notifyUploader(
                        scenario.reference(),
                        new UploaderNotification(UploaderNotification.Rule.PROHIBITED, Optional.empty()),
                        "force-north");
                return true;
            });
            complained();
            decided("WITHDRAWN");
            assertThat(letter("COMPLAINT_ANSWER").body())
                    .contains("neither confirm nor deny")
                    .doesNotContain("withdrawn");
        }

        @Test
        void standsBesideAReviewOfTheSameCase() {
            weaponsNoticeGiven();
            requested();
            complained();
            assertThat(reviews.of(scenario.reference()))
                    .extracting(Review::kind)
                    .containsExactlyInAnyOrder(Review.Kind.REVIEW, Review.Kind.COMPLAINT);
        }

        @Test
        void keepsPersonalDataOutOfTheEngine() {
            weaponsNoticeGiven();
            complained();
            decided("CONFIRMED");
            assertThat(jdbc.sql("select text_ from act_hi_varinst where text_ is not null")
                            .query(String.class)
                            .list())
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("4711") || text.contains("satire") || text.contains("fresh eyes"));
        }
    }

    @Nested
    @Order(2)
    class Faults {

        @Test
        void sendNoDecisionThatNobodyHasMade() {
            weaponsNoticeGiven();
            requested();
            jdbc.sql("update review set open_key = null where case_reference = ?")
                    .params(scenario.reference().value())
                    .update();
            String instance = scenario.task("Task_DecideReview").getProcessInstanceId();
            // An operator leads the case past the task and claims that the notice is withdrawn.
            runtime.setVariable(instance, "reviewDecision", "WITHDRAWN");
            runtime.createProcessInstanceModification(instance)
                    .cancelAllForActivity("Task_DecideReview")
                    .startBeforeActivity("Task_SendDecisionNotice")
                    .execute();
            List<Job> jobs = management
                    .createJobQuery()
                    .processInstanceId(instance)
                    .messages()
                    .list();
            assertThat(jobs).hasSize(1);
            assertThatThrownBy(() -> management.executeJob(jobs.get(0).getId()))
                    .hasMessageContaining("is not decided; lead it back to Task_DecideReview");
            assertThat(letters("DECISION_NOTICE")).isEmpty();
            assertThat(recipient().outcome()).isEmpty();
        }
    }

    @Nested
    @Order(3)
    class Coverage {

        @Test
        void everyNodeIsPassedBySomeScenario() {
            assertThat(scenario.passedNodes())
                    .containsAll(
                            Bpmn.readModelFromFile(Path.of("bpmn/review.bpmn").toFile())
                                    .getModelElementsByType(FlowNode.class)
                                    .stream()
                                    .map(FlowNode::getId)
                                    .toList());
        }
    }

    @Nested
    @Order(1)
    class Shown {

        @Test
        void standsOnThePageAndInTheApiOfTheCase() {
            weaponsNoticeGiven();
            scenario.itIs(given.plus(Duration.ofHours(40)));
            Review review = requested();
            List<CaseChapter.Cell> row = row();
            assertThat(row.get(1).text()).isEqualTo("Legal desk of the platform for fake");
            assertThat(row.get(3).text()).contains("[BG: not verified]", "not checked against its source");
            assertThat(row.get(4).text()).isEqualTo("not decided yet");
            decided("CONFIRMED");
            assertThat(row().get(4).link())
                    .contains("/api/v1/cases/" + scenario.reference() + "/reviews/" + review.id() + "/decision-notice");
            assertThat(chapter("reviews").entries(scenario.reference()).toString())
                    .contains("decision=CONFIRMED", "newDueAt=" + given.plus(Duration.ofHours(64)))
                    .doesNotContain("theatre prop", "Legal desk");
        }

        private List<CaseChapter.Cell> row() {
            List<List<CaseChapter.Cell>> rows =
                    chapter("reviews").sheet(scenario.reference()).orElseThrow().rows();
            assertThat(rows).hasSize(1);
            return rows.get(0);
        }

        @Test
        void goesInThroughTheApi() throws Exception {
            weaponsNoticeGiven();
            String cases = "/api/v1/cases/" + scenario.reference();
            MockMvc api = MockMvcBuilders.webAppContextSetup(web).build();
            String body = "{\"requestedBy\":\"Legal desk\",\"grounds\":\"A prop.\",\"channel\":\"MAIL\"}";
            api.perform(post(cases + "/reviews").contentType(APPLICATION_JSON).content(body))
                    .andExpect(status().isCreated())
                    .andExpect(jsonPath("$.kind").value("REVIEW"))
                    .andExpect(jsonPath("$.late").value(false))
                    .andExpect(jsonPath("$.legalVerified").value(false))
                    .andExpect(jsonPath("$.dueAt")
                            .value(clock.instant().plus(Duration.ofHours(24)).toString()));
            api.perform(post(cases + "/reviews").contentType(APPLICATION_JSON).content(body))
                    .andExpect(status().isConflict());
            api.perform(post(cases + "/reviews").contentType(APPLICATION_JSON).content("{}"))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/requestedBy"));
            api.perform(post(cases + "/reviews")
                            .contentType(APPLICATION_JSON)
                            .content("{\"requestedBy\":\"x\",\"grounds\":\"y\",\"recipient\":\"nobody\"}"))
                    .andExpect(status().isUnprocessableEntity())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/recipient"));
            api.perform(
                            post(cases + "/reviews")
                                    .contentType(APPLICATION_JSON)
                                    .content(
                                            "{\"requestedBy\":\"x\",\"grounds\":\"y\",\"receivedAt\":\"2031-01-01T00:00:00Z\"}"))
                    .andExpect(status().isUnprocessableEntity())
                    .andExpect(jsonPath("$.errors[0].pointer").value("/receivedAt"));
            api.perform(post(cases + "/complaints")
                            .contentType(APPLICATION_JSON)
                            .content("{\"complainantReference\":\"public-1\",\"text\":\"Satire.\"}"))
                    .andExpect(status().isCreated())
                    .andExpect(jsonPath("$.kind").value("COMPLAINT"))
                    .andExpect(jsonPath("$.recipientNumber").doesNotExist());
            api.perform(post("/api/v1/cases/TH-1999-000001/complaints")
                            .contentType(APPLICATION_JSON)
                            .content("{}"))
                    .andExpect(status().isNotFound());
            scenario.runJobs();
            String id = reviews.of(scenario.reference()).stream()
                    .filter(review -> review.kind() == Review.Kind.REVIEW)
                    .findFirst()
                    .orElseThrow()
                    .id();
            String notice = cases + "/reviews/" + id + "/decision-notice";
            api.perform(get(notice)).andExpect(status().isNotFound());
        }
    }

    /** A second recipient of a notice of its own, which was given it now. Its follow-up is not run. */
    private void addRecipient(String name) {
        CaseReference reference = scenario.reference();
        transactions.run(() -> {
            int number = notices.issue(
                    reference,
                    Instrument.WEAPONS_REMOVAL_NOTICE,
                    1,
                    "The same.",
                    List.of(new Notices.Addressee(name, Channel.MAIL, "fake")));
            notices.given(reference, number, clock.instant());
            return number;
        });
    }
}
