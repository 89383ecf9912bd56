package org.takedownhub.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Involvement;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;
import org.takedownhub.review.Review.RequestChannel;

/**
 * Verifier is not approver, and whoever reviews had no part before: held against every way in which the engine lets a
 * person complete a task, and against what operators can do to tasks.
 */
@HubTest
class TwoPeopleTest {

    private static final Map<String, Object> APPROVED =
            Map.of("referralApproved", true, "approvalReasons", "Seems fine to me.");
    private static final Map<String, Object> CONFIRMED =
            Map.of("reviewDecision", "CONFIRMED", "decisionReasons", "Seems fine to me.");

    /** Somebody who holds every role there is. */
    private static final String MIXED = "mixed";

    private static final List<String> ALL_ROLES =
            List.of("caseworkers", "authorised-officers", "review-officers", "duty-officers", "managers");
    private static final List<String> OPERATOR = List.of("operators");

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Flags flags;

    @Autowired
    FlagRules rules;

    @Autowired
    Reviews reviews;

    @Autowired
    Involvement involvement;

    @Autowired
    Transactions transactions;

    @Autowired
    TaskService tasks;

    @Autowired
    FormService forms;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

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

    /** One way of completing a task that the engine offers. */
    private interface Way {
        void complete(String taskId, Map<String, Object> form);
    }

    /** What others do to the task is done here by the engine itself, as if they had every right. */
    private Map<String, Way> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("complete", (task, form) -> mixed(() -> tasks.complete(task, form)));
        ways.put(
                "complete and read variables",
                (task, form) -> mixed(() -> tasks.completeWithVariablesInReturn(task, form, true)));
        ways.put("submit the form", (task, form) -> mixed(() -> forms.submitTaskForm(task, form)));
        ways.put("claim it", (task, form) -> mixed(() -> tasks.claim(task, MIXED)));
        ways.put("assign it to oneself", (task, form) -> mixed(() -> tasks.setAssignee(task, MIXED)));
        ways.put("delegate it to oneself", (task, form) -> mixed(() -> tasks.delegateTask(task, MIXED)));
        ways.put("be assigned, then complete", (task, form) -> {
            tasks.setAssignee(task, MIXED);
            mixed(() -> tasks.complete(task, form));
        });
        ways.put("have it claimed for one, then submit the form", (task, form) -> {
            tasks.claim(task, MIXED);
            mixed(() -> forms.submitTaskForm(task, form));
        });
        ways.put("be made a candidate, then complete", (task, form) -> {
            tasks.addCandidateUser(task, MIXED);
            mixed(() -> tasks.complete(task, form));
        });
        ways.put("be handed it with no group left, then complete", (task, form) -> {
            tasks.getIdentityLinksForTask(task).stream()
                    .filter(link -> link.getGroupId() != null)
                    .forEach(link -> tasks.deleteCandidateGroup(task, link.getGroupId()));
            tasks.setAssignee(task, MIXED);
            mixed(() -> tasks.complete(task, form));
        });
        ways.put("have it delegated, then complete", (task, form) -> {
            tasks.delegateTask(task, MIXED);
            mixed(() -> tasks.complete(task, form));
        });
        ways.put("have it delegated, then resolve", (task, form) -> {
            tasks.delegateTask(task, MIXED);
            mixed(() -> tasks.resolveTask(task, form));
        });
        return ways;
    }

    private void isClosedToMixedInEveryWay(String task, Map<String, Object> form) {
        SoftAssertions all = new SoftAssertions();
        ways().forEach((name, way) -> {
            all.assertThatThrownBy(() -> way.complete(task, form)).as(name).isInstanceOf(AuthorizationException.class);
            tasks.setAssignee(task, null);
            tasks.deleteCandidateUser(task, MIXED);
        });
        all.assertAll();
        assertThat(tasks.createTaskQuery().taskId(task).count()).isEqualTo(1);
    }

    @Test
    void keepsTheVerifierFromApproving() {
        isClosedToMixedInEveryWay(verifiedByMixed(), APPROVED);
        assertThat(jdbc.sql("select count(*) from approval where case_reference = ?")
                        .params(scenario.reference().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsTheApproverFromReviewing() {
        scenario.flagged(Category.WEAPONS_SALE).verifiedAs(Verdict.UNLAWFUL);
        String approval = scenario.task("Task_ApproveReferral").getId();
        mixed(() -> tasks.complete(approval, APPROVED));
        scenario.runJobs();
        scenario.dispatched();
        isClosedToMixedInEveryWay(reviewed(), CONFIRMED);
        assertThat(reviews.of(scenario.reference()))
                .allMatch(open -> open.decision().isEmpty());
    }

    @Test
    void letsNeitherManagersNorOperatorsHandOutTasks() {
        String task = verifiedByMixed();
        for (String supervisors : List.of("managers", "operators")) {
            for (Runnable handingOut : List.<Runnable>of(
                    () -> tasks.setAssignee(task, MIXED),
                    () -> tasks.delegateTask(task, MIXED),
                    () -> tasks.addCandidateUser(task, MIXED))) {
                assertThatThrownBy(() -> as("supervisor", List.of(supervisors), handingOut))
                        .as(supervisors)
                        .isInstanceOf(AuthorizationException.class);
            }
        }
    }

    @Test
    void letsNobodyApproveWhoIsNoAuthorisedOfficerWhoeverHandsOutTheTask() {
        scenario.flagged(Category.WEAPONS_SALE).verifiedAs(Verdict.UNLAWFUL);
        String task = scenario.task("Task_ApproveReferral").getId();
        tasks.deleteCandidateGroup(task, "authorised-officers");
        tasks.setAssignee(task, "caseworker2");
        assertThatThrownBy(() -> as("caseworker2", List.of("caseworkers"), () -> tasks.complete(task, APPROVED)))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("authorised-officers");
    }

    @Test
    void letsNobodyReviewWhoIsNoReviewOfficerWhoeverHandsOutTheTask() {
        scenario.referred(Category.THREAT);
        String task = reviewed();
        tasks.addCandidateUser(task, "duty");
        assertThatThrownBy(() -> as("duty", List.of("duty-officers"), () -> tasks.complete(task, CONFIRMED)))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("review-officers");
    }

    @Test
    void makesOutNoNoticeThatAnOperatorLedPastItsApproval() {
        scenario.flagged(Category.WEAPONS_SALE).verifiedAs(Verdict.UNLAWFUL);
        String instance = scenario.task("Task_ApproveReferral").getProcessInstanceId();
        as("operator", OPERATOR, () -> {
            runtime.setVariables(instance, Map.of("approvalRequired", false, "referralApproved", true));
            runtime.createProcessInstanceModification(instance)
                    .cancelAllForActivity("Task_ApproveReferral")
                    .startBeforeActivity("Task_IssueNotice")
                    .execute();
        });
        assertThatThrownBy(() -> scenario.runJobs()).hasMessageContaining("needs the approval of a second person");
        assertThat(scenario.sent()).isEmpty();
        // What failed would fail every later test's round as well.
        as("operator", OPERATOR, () -> runtime.deleteProcessInstance(instance, "test"));
    }

    @Test
    void wantsTheFirstNoticeToAStrangerApprovedAndNotTheSecond() {
        String host = "forum-" + UUID.randomUUID() + ".example";
        scenario.turnsTo(flagged(host))
                .verifiedAs(Verdict.UNLAWFUL)
                .isWaitingAt("Task_ApproveReferral")
                .approved(true)
                .completes("caseworker1", "Task_ReferByHand", Map.of("referralOutcome", "SENT"))
                .isWaitingAt("Task_AwaitRemoval");
        scenario.turnsTo(flagged(host)).verifiedAs(Verdict.UNLAWFUL).isWaitingAt("Task_ReferByHand");
    }

    private CaseReference flagged(String host) {
        return flags.flag(
                        rules.check(Map.of(
                                "url",
                                "https://" + host + "/posts/" + UUID.randomUUID(),
                                "reason",
                                "Names a boy.",
                                "category",
                                "THREAT",
                                "source",
                                "OWN_SEARCH")),
                        "caseworker1")
                .caseReference();
    }

    @Test
    void keepsWhoeverCompletedAnyTaskOfTheCaseFromReviewing() {
        scenario.referred(Category.THREAT).removalDeadlinePasses();
        String escalation = scenario.task("Task_ReviewEscalation").getId();
        mixed(() -> tasks.complete(escalation, Map.of("reviewNote", "Rang them.")));
        scenario.runJobs();
        String review = reviewed();
        assertThatThrownBy(() -> mixed(() -> tasks.claim(review, MIXED)))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("reviewed its escalation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into flag (flag_id, case_reference, duplicate, url, content_key, reason, category, source,"
                        + " threat_to_life, flagged_by, received_at) select case_reference || '-2', case_reference, true,"
                        + " url, content_key, reason, category, source, false, 'mixed', flagged_at from takedown_case"
                        + " where case_reference = ?",
                "insert into platform_answer (case_reference, recipient_number, answer, answered_at, told_by,"
                        + " recorded_at) select case_reference, 0, 'ACKNOWLEDGED', flagged_at, 'mixed', flagged_at from"
                        + " takedown_case where case_reference = ?",
                "insert into involvement (case_reference, person, part, since) select case_reference, 'mixed',"
                        + " 'completed Task_ReferByHand', flagged_at from takedown_case where case_reference = ?"
            })
    void keepsWhoeverHadAPartInTheCaseFromReviewing(String part) {
        scenario.referred(Category.THREAT);
        String review = reviewed();
        jdbc.sql(part).params(scenario.reference().value()).update();
        assertThatThrownBy(() -> mixed(() -> tasks.complete(review, CONFIRMED)))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("You had a part in");
        assertThatCode(() -> scenario.completes("reviewer", "Task_DecideReview", CONFIRMED))
                .doesNotThrowAnyException();
    }

    @Test
    void notesEveryPersonsPartsInOnePlace() {
        scenario.referred(Category.THREAT);
        assertThat(parts("caseworker1")).containsExactly("completed Task_VerifyContent", "flagged it", "verified it");
        assertThat(parts("caseworker2")).isEmpty();
    }

    @Test
    void wantsAnotherReviewOfficerForASecondRequestAboutTheSame() {
        scenario.referred(Category.THREAT);
        reviewed();
        scenario.completes("reviewer", "Task_DecideReview", CONFIRMED);
        String second = reviewed();
        assertThatThrownBy(() -> scenario.completes("reviewer", "Task_DecideReview", CONFIRMED))
                .isInstanceOf(AuthorizationException.class)
                .hasMessageContaining("earlier review");
        as("reviewer2", List.of("review-officers"), () -> tasks.complete(second, CONFIRMED));
        scenario.runJobs();
        assertThat(reviews.of(scenario.reference()))
                .allMatch(review -> review.decision().isPresent());
    }

    private String verifiedByMixed() {
        scenario.flagged(Category.WEAPONS_SALE);
        String task = scenario.task("Task_VerifyContent").getId();
        Map<String, Object> form = new HashMap<>(Map.of(
                "verdict",
                "UNLAWFUL",
                "category",
                "WEAPONS_SALE",
                "offence",
                "CJA_1988_S141",
                "reasons",
                "A price list.",
                "threatToLife",
                false,
                "childVisible",
                false,
                "artisticContext",
                "NONE"));
        mixed(() -> tasks.complete(task, form));
        scenario.runJobs();
        return scenario.task("Task_ApproveReferral").getId();
    }

    private String reviewed() {
        reviews.request(
                scenario.reference(), Optional.empty(), "Legal desk", "A prop.", RequestChannel.MAIL, clock.instant());
        scenario.runJobs();
        return scenario.task("Task_DecideReview").getId();
    }

    private List<String> parts(String person) {
        return transactions.run(() -> involvement.of(scenario.reference(), person));
    }

    private void mixed(Runnable work) {
        as(MIXED, ALL_ROLES, work);
    }

    private void as(String person, List<String> groups, Runnable work) {
        identity.setAuthentication(person, groups);
        try {
            work.run();
        } finally {
            identity.clearAuthentication();
        }
    }
}
