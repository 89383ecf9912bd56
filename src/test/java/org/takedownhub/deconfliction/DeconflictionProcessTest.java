package org.takedownhub.deconfliction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.Letters;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;

/** Every path of asking the forces, on the real model, tables and delegates. */
@HubTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeconflictionProcessTest {

    private static final String ANSWER = "Task_AnswerDeconfliction";
    private static final String DECIDE = "Task_DecideDeconfliction";
    private static final String RENEW = "Task_RenewHold";
    private static final String OVERRIDE = "Task_OverrideHold";
    private static final String PROVE = "Task_ProvePreservation";

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Interests interests;

    @Autowired
    AnswerLinks links;

    @Autowired
    Strands strands;

    @Autowired
    Figures figures;

    @Autowired
    Cases cases;

    @Autowired
    Evidence evidence;

    @Autowired
    Letters letters;

    @Autowired
    Audit audit;

    @Autowired
    Transactions transactions;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    HistoryService history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    @Test
    void clearsAtOnceWhatNobodyWatchesAndSaysSo() {
        scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
        assertThat(log("deconfliction.cleared")).containsExactly("no force to ask");
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(strands()).containsExactly("REFER hub open");
    }

    @Test
    void asksAForceWhoseListHasTheContentAndNoOther() {
        asked(false, "north");
        assertThat(scenario.file().state()).isEqualTo(CaseState.DECONFLICTING);
        assertThat(open(ANSWER)).hasSize(1);
        Task task = open(ANSWER).get(0);
        assertThat(task.getDueDate().toInstant()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
        assertThat(groups(task)).containsExactly("deconfliction-north");
        Letter letter = letter("DECONFLICTION_QUESTION");
        assertThat(letter.address()).contains("desk@north.example");
        assertThat(letter.subject() + letter.body())
                .contains(scenario.reference().value())
                .doesNotContain("fake.example", scenario.url(), "THREAT", "Looks like", "Operation");

        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(notification().rule()).isEqualTo(UploaderNotification.Rule.ALLOWED);
    }

    @Test
    void findsAWatchedAccountByItsKeyAlone() {
        scenario.flagged(Category.THREAT);
        jdbc.sql("update takedown_case set account_key = 'fake:account:drill' where case_reference = ?")
                .params(scenario.reference().value())
                .update();
        transactions.run(() -> interests.add(
                "south",
                Interests.Kind.ACCOUNT,
                interests.hash("south", Interests.Kind.ACCOUNT, "fake:account:drill"),
                "Control room",
                Optional.empty(),
                clock.instant().plus(Duration.ofDays(1))));
        scenario.verifiedAs(Verdict.UNLAWFUL);
        assertThat(groups(open(ANSWER).get(0))).containsExactly("deconfliction-south");
        answers("force-south", Map.of("deconflictionAnswer", "NO_INTEREST"));
    }

    @Test
    void asksAForceWhoseListWasMadeUnderAnotherKey() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
        jdbc.sql("update interest set key_id = '0123456789abcdef', expires_at = ? where force = 'north'")
                .params(org.takedownhub.audit.Instants.stored(clock.instant().plus(Duration.ofDays(1))))
                .update();
        scenario.begin().flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
        assertThat(open(ANSWER)).hasSize(1);
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
        jdbc.sql("delete from interest where force = 'north'").update();
    }

    @Test
    void asksTwoForcesAtOnceAndLetsTheStrictestAnswerWin() {
        asked(false, "north", "south");
        answers(
                "force-north",
                Map.of("deconflictionAnswer", "INTEREST_OK_TO_REMOVE", "uploaderNotification", "DEFER_UNTIL"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.DECONFLICTING);
        answers("force-south", Map.of("deconflictionAnswer", "INTEREST_OK_TO_REMOVE"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(notification().rule()).isEqualTo(UploaderNotification.Rule.PROHIBITED);
    }

    @Test
    void keepsTheOfficersOfOneForceFromAnsweringForAnother() {
        asked(false, "north", "south");
        String norths = open(ANSWER).stream()
                .filter(task -> groups(task).contains("deconfliction-north"))
                .findFirst()
                .orElseThrow()
                .getId();
        assertThatThrownBy(() -> as("force-south", () -> tasks.claim(norths, "force-south")))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() ->
                        as("force-south", () -> tasks.complete(norths, Map.of("deconflictionAnswer", "NO_INTEREST"))))
                .isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() ->
                        as("caseworker1", () -> tasks.complete(norths, Map.of("deconflictionAnswer", "NO_INTEREST"))))
                .isInstanceOf(AuthorizationException.class);
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
        answers("force-south", Map.of("deconflictionAnswer", "NO_INTEREST"));
    }

    @Test
    void namesEveryFieldThatCannotBe() {
        asked(false, "north");
        refuses(Map.of(), "deconflictionAnswer");
        refuses(Map.of("deconflictionAnswer", "PERHAPS"), "deconflictionAnswer");
        refuses(Map.of("deconflictionAnswer", "HOLD_UNTIL"), "holdUntil");
        refuses(Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", "tomorrow"), "holdUntil");
        refuses(Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofMinutes(-1))), "holdUntil");
        refuses(Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofDays(91))), "holdUntil");
        refuses(Map.of("deconflictionAnswer", "NO_INTEREST", "holdUntil", in(Duration.ofDays(1))), "holdUntil");
        refuses(Map.of("deconflictionAnswer", "NO_INTEREST", "strand", "INVESTIGATE"), "strand");
        refuses(
                Map.of("deconflictionAnswer", "PRESERVE_FIRST", "strand", "DISRUPT", "strandPlace", "BEFORE"),
                "strandPlace");
        refuses(Map.of("deconflictionAnswer", "NO_INTEREST", "operation", "Operation Violet"), "operation");
        refuses(Map.of("deconflictionAnswer", "NO_INTEREST", "clearedForRemoval", true), "clearedForRemoval");
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
    }

    @Test
    void asksTheDutyOfficerWhenAForceIsSilentAndClearsNothingByItself() {
        asked(false, "north");
        scenario.timePasses(Duration.ofHours(24));
        assertThat(open(ANSWER)).hasSize(1);
        assertThat(open(DECIDE)).hasSize(1);
        assertThat(groups(open(DECIDE).get(0))).containsExactly("duty-officers");
        scenario.timePasses(Duration.ofDays(30));
        assertThat(scenario.file().state()).isEqualTo(CaseState.DECONFLICTING);
        assertThat(log("deconfliction.undecided")).hasSize(1);

        assertThatThrownBy(() -> completes("duty", DECIDE, Map.of("dutyDecision", "CLEAR")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("decisionReasons");
        completes("duty", DECIDE, Map.of("dutyDecision", "CLEAR", "decisionReasons", "Called: nothing against it."));
        assertThat(open(ANSWER)).isEmpty();
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(notification().rule()).isEqualTo(UploaderNotification.Rule.PROHIBITED);
    }

    @Test
    void countsALateAnswerOfTheForce() {
        asked(false, "north");
        scenario.timePasses(Duration.ofHours(25));
        assertThat(open(DECIDE)).hasSize(1);
        answers(
                "force-north",
                Map.of(
                        "deconflictionAnswer",
                        "HOLD_UNTIL",
                        "holdUntil",
                        in(Duration.ofDays(2)),
                        "answerReasons",
                        "Late"));
        assertThat(open(DECIDE)).isEmpty();
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        completes("force-north", RENEW, Map.of("holdDecision", "RELEASE"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void letsTheDutyOfficerHoldAndReleaseInPlaceOfASilentForce() {
        asked(false, "north");
        scenario.timePasses(Duration.ofHours(24));
        completes(
                "duty",
                DECIDE,
                Map.of(
                        "dutyDecision",
                        "HOLD_UNTIL",
                        "holdUntil",
                        in(Duration.ofDays(1)),
                        "decisionReasons",
                        "They ask for a day."));
        assertThat(groups(open(RENEW).get(0))).containsExactly("duty-officers");
        assertThatThrownBy(() -> completes("force-north", RENEW, Map.of("holdDecision", "RELEASE")))
                .isInstanceOf(AuthorizationException.class);
        completes("duty", RENEW, Map.of("holdDecision", "RELEASE"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void endsAHoldThatNobodyRenewsAndSaysSo() {
        asked(false, "north");
        Instant until = clock.instant().plus(Duration.ofDays(3));
        answers("force-north", Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", until.toString()));
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        assertThat(open(RENEW).get(0).getDueDate().toInstant()).isEqualTo(until.minus(Duration.ofHours(24)));
        scenario.itIs(until.minus(Duration.ofHours(24)));
        assertThat(letter("HOLD_ENDING").body()).contains(scenario.reference().value(), until.toString());
        scenario.itIs(until.minusSeconds(1));
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        scenario.itIs(until);
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(open(RENEW)).isEmpty();
        assertThat(log("deconfliction.hold-expired")).hasSize(1);
        assertThat(letter("HOLD_EXPIRED").body()).contains("nobody renewed it");
    }

    @Test
    void renewsAHoldOnlyByNameAndWithReasons() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofDays(3))));
        Instant renewed = clock.instant().plus(Duration.ofDays(30));
        assertThatThrownBy(() -> completes(
                        "force-north", RENEW, Map.of("holdDecision", "RENEW", "holdUntil", renewed.toString())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("holdReasons");
        completes(
                "force-north",
                RENEW,
                Map.of("holdDecision", "RENEW", "holdUntil", renewed.toString(), "holdReasons", "Arrests on Friday."));
        scenario.timePasses(Duration.ofDays(4));
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        assertThat(jdbc.sql("select step || ' ' || by_whom from hold_step s join deconfliction_question q on q.id ="
                                + " s.question_id where q.case_reference = ? order by s.id")
                        .params(scenario.reference().value())
                        .query(String.class)
                        .list())
                .containsExactly("PLACED force-north", "RENEWED force-north");
        scenario.itIs(renewed);
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void showsALongHoldToADutyOfficerWhoMayLetItStand() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofDays(20))));
        assertThat(open(OVERRIDE)).isEmpty();
        scenario.timePasses(Duration.ofDays(7));
        completes("duty", OVERRIDE, Map.of("holdOverridden", false, "overrideReasons", "The operation goes on."));
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        completes("force-north", RENEW, Map.of("holdDecision", "RELEASE"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void takesAHoldToASeniorAtOnceWhenALifeIsInDanger() {
        asked(true, "north");
        assertThat(open(ANSWER).get(0).getDueDate().toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        answers("force-north", Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofDays(1))));
        assertThat(open(OVERRIDE)).hasSize(1);
        assertThat(letter("DECONFLICTION_SENIOR").body()).contains("override");
        assertThatThrownBy(() -> completes("duty", OVERRIDE, Map.of("holdOverridden", true)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("overrideReasons");
        completes("duty", OVERRIDE, Map.of("holdOverridden", true, "overrideReasons", "A boy is named."));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(log("deconfliction.hold-overridden")).containsExactly("for north, by duty");
        assertThat(letter("HOLD_OVERRIDDEN").body()).doesNotContain("boy");
    }

    @Test
    void takesSilenceToASeniorAtOnceWhenALifeIsInDanger() {
        asked(true, "north");
        scenario.timePasses(Duration.ofHours(1));
        assertThat(open(DECIDE)).hasSize(1);
        assertThat(letter("DECONFLICTION_SENIOR").body()).contains("has not answered");
        assertThatThrownBy(() ->
                        completes("caseworker1", DECIDE, Map.of("dutyDecision", "CLEAR", "decisionReasons", "I dare.")))
                .isInstanceOf(AuthorizationException.class);
        completes("duty", DECIDE, Map.of("dutyDecision", "CLEAR", "decisionReasons", "A boy is named."));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void letsNobodyTakeContentOverInsteadOfRemovalWhileALifeIsInDanger() {
        asked(true, "north");
        refuses(
                Map.of("deconflictionAnswer", "PRESERVE_FIRST", "strand", "INVESTIGATE", "strandPlace", "INSTEAD"),
                "strandPlace");
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
    }

    @Test
    void letsContentGoOnceItsEvidenceIsKept() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "PRESERVE_FIRST"));
        scenario.isWaitingAt("Event_PreservationCheckDue");
        scenario.timePasses(Duration.ofMinutes(5)).isWaitingAt("Event_PreservationCheckDue");
        keepProof();
        scenario.timePasses(Duration.ofMinutes(5));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(log("deconfliction.preserved")).hasSize(1).first().asString().contains("SHA-256");
    }

    @Test
    void asksAPersonWhenTheEvidenceIsNotKeptInTime() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "PRESERVE_FIRST"));
        scenario.timePasses(Duration.ofHours(4));
        assertThat(open(PROVE)).hasSize(1);
        assertThatThrownBy(() -> completes("caseworker1", PROVE, Map.of("preservation", "KEPT")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("preservation");
        assertThatThrownBy(() -> completes(
                        "caseworker1",
                        PROVE,
                        Map.of("preservation", "NOT_NEEDED", "preservationReasons", "I think so.")))
                .isInstanceOf(AuthorizationException.class);
        keepProof();
        completes("caseworker1", PROVE, Map.of("preservation", "KEPT"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void letsADutyOfficerGoOnWithoutEvidence() {
        asked(false, "north");
        answers("force-north", Map.of("deconflictionAnswer", "PRESERVE_FIRST"));
        scenario.timePasses(Duration.ofHours(4));
        completes("duty", PROVE, Map.of("preservation", "NOT_NEEDED", "preservationReasons", "North agreed by phone."));
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
        assertThat(log("deconfliction.proof-waived")).containsExactly("for north, by duty");
    }

    @Test
    void endsNotReferredWhenAForceTakesTheContentOver() {
        asked(false, "north", "south");
        answers(
                "force-north",
                Map.of(
                        "deconflictionAnswer",
                        "PRESERVE_FIRST",
                        "strand",
                        "INVESTIGATE",
                        "strandPlace",
                        "INSTEAD",
                        "operation",
                        "Operation Violet"));
        scenario.endedAs(Outcome.NOT_REFERRED);
        assertThat(log("deconfliction.taken-over")).containsExactly("force north deals with the content itself");
        assertThat(strands()).containsExactly("INVESTIGATE north open");
        assertThat(open(ANSWER)).isEmpty();
        assertThat(strands.ofForce("north", 10).get(0).operation()).contains("Operation Violet");
        assertThat(strands.of(scenario.reference()).get(0).operation()).isEmpty();
        assertThat(everythingKept()).doesNotContain("Violet");

        long id = strands.of(scenario.reference()).get(0).id();
        assertThat(transactions.run(() -> strands.close(scenario.reference(), id, "Charged.")))
                .isTrue();
        assertThat(transactions.run(() -> strands.close(scenario.reference(), id, "Again.")))
                .isFalse();
        assertThat(strands()).containsExactly("INVESTIGATE north closed");
    }

    @Test
    void letsAForceWorkOnContentBeforeOrBesideItsRemoval() {
        asked(false, "north", "south");
        answers(
                "force-north",
                Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofDays(1)), "strand", "ENFORCE"));
        answers("force-south", Map.of("deconflictionAnswer", "INTEREST_OK_TO_REMOVE", "strand", "DISRUPT"));
        assertThat(scenario.file().state()).isEqualTo(CaseState.ON_HOLD);
        assertThat(strands()).containsExactly("ENFORCE north open", "DISRUPT south open");
        assertThat(strands.of(scenario.reference()).get(0).place()).isEqualTo(Strand.Place.BEFORE);
        completes("force-north", RENEW, Map.of("holdDecision", "RELEASE"));
        assertThat(strands()).containsExactly("ENFORCE north open", "DISRUPT south open", "REFER hub open");
    }

    @Test
    void takesAnAnswerFromALinkThatIsGoodForNothingElse() {
        asked(false, "north", "south");
        String token = links.issue(scenario.reference(), "north").orElseThrow();
        assertThat(jdbc.sql("select token_hash from answer_link")
                        .query(String.class)
                        .list())
                .doesNotContain(token)
                .allMatch(Interests.HASH.asMatchPredicate());
        AnswerLinks.ShownQuestion shown = links.find(token).orElseThrow();
        assertThat(shown.reference()).isEqualTo(scenario.reference());
        assertThat(shown.force()).isEqualTo("north");
        assertThat(shown.state()).isEqualTo(AnswerLinks.State.OPEN);
        assertThat(links.find(token + "x")).isEmpty();
        assertThat(links.find("A".repeat(43))).isEmpty();
        assertThatThrownBy(() -> links.answer(token, Map.of("deconflictionAnswer", "PERHAPS"), "Inspector on duty"))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> links.answer(token, Map.of("deconflictionAnswer", "NO_INTEREST"), " "))
                .isInstanceOf(InvalidInput.class);

        assertThat(links.answer(token, Map.of("deconflictionAnswer", "NO_INTEREST"), "Inspector on duty")
                        .orElseThrow()
                        .state())
                .isEqualTo(AnswerLinks.State.CLOSED);
        assertThatThrownBy(() -> links.answer(token, Map.of("deconflictionAnswer", "NO_INTEREST"), "Inspector on duty"))
                .isInstanceOf(AnsweredAlready.class);
        scenario.runJobs();
        assertThat(open(ANSWER)).hasSize(1);
        assertThat(groups(open(ANSWER).get(0))).containsExactly("deconfliction-south");
        assertThat(log("deconfliction.answered"))
                .containsExactly("north: NO_INTEREST, by Inspector on duty (north), by link");
        answers("force-south", Map.of("deconflictionAnswer", "NO_INTEREST"));
    }

    @Test
    void letsALinkExpireAndAnswerLate() {
        asked(false, "north");
        String token = links.issue(scenario.reference(), "north").orElseThrow();
        scenario.timePasses(Duration.ofHours(30));
        assertThat(links.find(token).orElseThrow().state()).isEqualTo(AnswerLinks.State.LATE);
        scenario.timePasses(Duration.ofDays(14));
        assertThat(links.find(token)).isEmpty();
        String fresh = links.issue(scenario.reference(), "north").orElseThrow();
        links.answer(fresh, Map.of("deconflictionAnswer", "NO_INTEREST"), "Inspector on duty");
        scenario.runJobs();
        assertThat(open(DECIDE)).isEmpty();
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void putsTheLinkIntoTheMailAlone() {
        asked(false, "north");
        Letter letter = letter("DECONFLICTION_QUESTION");
        String line = links.of(letter).orElseThrow();
        assertThat(line).startsWith("Answer here: https://hub.example/deconfliction/");
        String token = line.substring(line.lastIndexOf('/') + 1);
        assertThat(links.find(token)).isPresent();
        assertThat(everythingKept()).doesNotContain(token);
        answers("force-north", Map.of("deconflictionAnswer", "NO_INTEREST"));
        assertThat(links.of(letter)).isEmpty();
    }

    @Test
    void countsWhatCameOfIt() {
        Instant from = clock.instant();
        asked(false, "south");
        scenario.timePasses(Duration.ofHours(2));
        answers("force-south", Map.of("deconflictionAnswer", "HOLD_UNTIL", "holdUntil", in(Duration.ofHours(3))));
        scenario.timePasses(Duration.ofHours(3));
        Figures.Sheet sheet = figures.between(from, clock.instant().plusSeconds(1), scenario.reference());
        assertThat(sheet.value("cases")).isEqualTo(1.0);
        assertThat(sheet.value("hits")).isEqualTo(1.0);
        assertThat(sheet.value("holds")).isEqualTo(1.0);
        assertThat(sheet.value("medianHoursInDeconfliction")).isEqualTo(5.0);
        assertThat(sheet.forces().get("south")).containsEntry("HOLD_UNTIL", 1).containsEntry("SILENT", 0);
        assertThat(sheet.figures())
                .allSatisfy(figure -> assertThat(figure.definition()).isNotBlank());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void passesEveryNodeOfTheModel() {
        Set<String> nodes = Bpmn.readModelFromStream(getClass().getResourceAsStream("/bpmn/deconfliction.bpmn"))
                .getModelElementsByType(FlowNode.class)
                .stream()
                .map(FlowNode::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> passed = history.createHistoricActivityInstanceQuery().list().stream()
                .map(HistoricActivityInstance::getActivityId)
                .collect(Collectors.toSet());
        nodes.removeAll(passed);
        assertThat(nodes).isEmpty();
    }

    /** A verified case that is on the lists of these forces. */
    private void asked(boolean threatToLife, String... forces) {
        scenario.flagged(Category.THREAT, threatToLife);
        for (String force : forces) {
            transactions.run(() -> interests.add(
                    force,
                    Interests.Kind.CONTENT,
                    interests.hash(
                            force,
                            Interests.Kind.CONTENT,
                            scenario.file().contentKey().value()),
                    "Control room",
                    Optional.of("Operation Violet"),
                    clock.instant().plus(Duration.ofDays(1))));
        }
        scenario.verifiedAs(Verdict.UNLAWFUL);
    }

    private void answers(String person, Map<String, Object> form) {
        completes(person, ANSWER, form);
    }

    /** Somebody completes the task of the case that is theirs, or any such task when none is. */
    private void completes(String person, String taskKey, Map<String, Object> form) {
        List<Task> open = open(taskKey);
        Task task = open.stream()
                .filter(one -> memberships(person).stream().anyMatch(groups(one)::contains))
                .findFirst()
                .orElseGet(() -> open.get(0));
        as(person, () -> tasks.complete(task.getId(), new HashMap<>(form)));
        scenario.runJobs();
    }

    private void refuses(Map<String, Object> form, String field) {
        assertThatThrownBy(() -> answers("force-north", form))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(field + ": ");
    }

    private String in(Duration duration) {
        return clock.instant().plus(duration).toString();
    }

    private void keepProof() {
        transactions.run(
                () -> evidence.keepProof(scenario.reference(), "image/png", "proof".getBytes(StandardCharsets.UTF_8)));
    }

    private List<Task> open(String taskKey) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(scenario.reference().value())
                .taskDefinitionKey(taskKey)
                .list();
    }

    private Set<String> groups(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(link -> link.getGroupId())
                .collect(Collectors.toSet());
    }

    private List<String> memberships(String person) {
        return identity.createGroupQuery().groupMember(person).list().stream()
                .map(group -> group.getId())
                .toList();
    }

    private void as(String person, Runnable work) {
        List<String> groups = memberships(person);
        identity.setAuthentication(person, groups);
        try {
            work.run();
        } finally {
            identity.clearAuthentication();
        }
    }

    private List<String> log(String action) {
        return audit.entries(scenario.reference().value(), 0, 1000).stream()
                .filter(entry -> entry.action().equals(action))
                .map(AuditEntry::detail)
                .toList();
    }

    private Letter letter(String purpose) {
        return letters.of(scenario.reference()).stream()
                .filter(letter -> letter.purpose().equals(purpose))
                .findFirst()
                .orElseThrow();
    }

    private UploaderNotification notification() {
        return cases.uploaderNotification(scenario.reference());
    }

    private List<String> strands() {
        return strands.of(scenario.reference()).stream()
                .map(row -> row.strand() + " " + row.owner() + (row.closedAt().isPresent() ? " closed" : " open"))
                .toList();
    }

    /** Every text column that deconfliction writes, the letters, and the log, in one piece. */
    private String everythingKept() {
        StringBuilder all = new StringBuilder();
        for (String table : List.of(
                "interest", "deconfliction_question", "hold_step", "strand", "answer_link", "letter", "audit_entry")) {
            jdbc.sql("select * from " + table).query().listOfRows().forEach(row -> all.append(row.values()));
        }
        history.createHistoricVariableInstanceQuery().list().forEach(value -> all.append(value.getValue()));
        return all.toString();
    }
}
