package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Cases;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.removal.Answer;

/** A covert case from its flag to the return of its content: approved by a second person, and hidden to its end. */
@HubTest
class CovertProcessTest {

    private static final String REASON = "An informant inside says so";

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private Flags flags;

    @Autowired
    private FlagRules rules;

    @Autowired
    private Cases cases;

    @Autowired
    private CaseVisibility visibility;

    @Autowired
    private HistoryService history;

    @Autowired
    private TaskService tasks;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        SecurityContextHolder.clearContext();
        scenario.end();
    }

    @Test
    void needsASecondPersonsApprovalEvenForAVoluntaryReferral() {
        flaggedCovertly();
        verified();

        scenario.isWaitingAt("Task_ApproveReferral");
        assertThatThrownBy(() -> approvedBy("covert1", "authorised-officers"))
                .as("the verifier approves nothing")
                .hasMessageContaining("You verified");
        approvedBy("covert2", "authorised-officers");

        scenario.dispatched().isWaitingAt("Task_AwaitRemoval");
        assertThat(scenario.sent()).singleElement().satisfies(notice -> assertThat(notice.explanation())
                .doesNotContain(REASON)
                .doesNotContain("north")
                .doesNotContainIgnoringCase("covert"));
    }

    @Test
    void staysHiddenOnTheLadderWhoseLettersAreFiled() {
        flaggedCovertly();
        verified();
        approvedBy("covert2", "authorised-officers");
        scenario.dispatched().removalDeadlinePasses();
        for (int rung = 0; rung < 5; rung++) {
            scenario.dispatched().rungTimePasses();
        }
        scenario.endedAs(Outcome.NOT_REMOVED);

        assertThat(instances(scenario.reference()))
                .extracting(HistoricProcessInstance::getProcessDefinitionKey)
                .contains("takedown", "escalation");
        assertThat(instances(scenario.reference()))
                .allSatisfy(instance -> assertThat(instance.getTenantId()).isEqualTo("covert"));
        assertThat(jdbc.sql("select purpose from letter where case_reference = ? and state <> 'FILED'")
                        .params(scenario.reference().value())
                        .query(String.class)
                        .list())
                .isSubsetOf("PLATFORM_CONTACT", "PLATFORM_LEAD", "CONTENT_MANAGER", "REMINDER");
        assertThat(jdbc.sql("select state from letter where case_reference = ? and purpose = 'CLOSED'")
                        .params(scenario.reference().value())
                        .query(String.class)
                        .list())
                .as("the desk of the force that is named is told nothing by mail")
                .containsOnly("FILED");
    }

    @Test
    void opensACovertCaseWhenItsContentIsBack() {
        flaggedCovertly();
        verified();
        approvedBy("covert2", "authorised-officers");
        scenario.dispatched().told(Answer.REMOVED).isWatchedForReturn().returned();
        CaseReference earlier = scenario.reference();

        scenario.goesOnInTheReturnCase();

        assertThat(scenario.file().source()).isEqualTo(Source.COVERT);
        assertThat(instances(scenario.reference()))
                .isNotEmpty()
                .allSatisfy(instance -> assertThat(instance.getTenantId()).isEqualTo("covert"));
        scenario.isWaitingAt("Task_ApproveReferral");
        signIn("caseworker1", "caseworkers");
        assertThat(visibility.visible(List.of(earlier, scenario.reference()))).isEmpty();
        signIn("covert3", CaseVisibility.COVERT_OFFICERS);
        assertThat(visibility.visible(List.of(earlier, scenario.reference()))).hasSize(2);
    }

    @Test
    void hidesWhatIsAskedOfSomebodyElsesContent() {
        flaggedCovertly();
        CaseReference covert = scenario.reference();
        String task = scenario.task("Task_VerifyContent").getId();
        identities.setAuthentication("caseworker1", List.of("caseworkers"), List.of());
        assertThat(tasks.createTaskQuery().taskId(task).count()).isZero();
        assertThatThrownBy(() -> tasks.complete(task, Map.of())).hasMessageContaining("no such open task");
        assertThatThrownBy(() -> tasks.claim(task, "caseworker1")).hasMessageContaining("no such open task");
        identities.clearAuthentication();
        signIn("caseworker1", "caseworkers");
        assertThat(visibility.maySee(covert)).isFalse();
        assertThat(visibility.maySee(new CaseReference("TH-2026-999999"))).isFalse();
        assertThat(visibility.maySee(cases.require(covert))).isFalse();
    }

    private void flaggedCovertly() {
        signIn("covert1", CaseVisibility.COVERT_OFFICERS);
        CaseReference reference = flags.flag(
                        rules.check(Map.of(
                                "url",
                                scenario.url(),
                                "reason",
                                REASON,
                                "category",
                                "THREAT",
                                "source",
                                "COVERT",
                                "reportingForce",
                                "north")),
                        "covert1")
                .caseReference();
        SecurityContextHolder.clearContext();
        scenario.turnsTo(reference).isWaitingAt("Task_VerifyContent");
    }

    private void verified() {
        completes(
                "covert1",
                "caseworkers",
                "Task_VerifyContent",
                Map.of(
                        "verdict",
                        "UNLAWFUL",
                        "category",
                        "THREAT",
                        "offence",
                        "OAPA_1861_S16",
                        "reasons",
                        "Because of what it says.",
                        "threatToLife",
                        false,
                        "childVisible",
                        false,
                        "artisticContext",
                        "NONE"));
    }

    private void approvedBy(String officer, String role) {
        completes(
                officer,
                role,
                "Task_ApproveReferral",
                Map.of("referralApproved", true, "approvalReasons", "Read it all."));
    }

    private void completes(String person, String role, String taskKey, Map<String, Object> form) {
        String task = scenario.task(taskKey).getId();
        identities.setAuthentication(person, List.of(role, CaseVisibility.COVERT_OFFICERS), List.of("covert"));
        try {
            tasks.complete(task, form);
        } finally {
            identities.clearAuthentication();
        }
        scenario.runJobs();
    }

    private List<HistoricProcessInstance> instances(CaseReference reference) {
        return history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(reference.value())
                .list();
    }

    private static void signIn(String user, String group) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "", group));
    }
}
