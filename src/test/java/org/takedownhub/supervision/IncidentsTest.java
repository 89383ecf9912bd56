package org.takedownhub.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

@HubTest
class IncidentsTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Incidents incidents;

    @Autowired
    Takedowns takedowns;

    @Autowired
    Transactions transactions;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Audit audit;

    @Autowired
    WebApplicationContext web;

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
    void letsACaseworkerSettleAClockThatCannotStart() throws Exception {
        clockCannotStart();
        Incident stuck = ours();
        assertThat(stuck.trouble().kind()).isEqualTo(Trouble.Kind.MISSING_START_INSTANT);
        assertThat(stuck.trouble().what()).contains("when the notice was given");
        assertThat(stuck.step()).isEqualTo("Start removal clock");
        assertThat(stuck.process()).isEqualTo("Take down content");
        assertThat(stuck.message()).contains("starts its clock from givenAt");
        assertThat(stuck.byHand().map(Incident.ByHand::task)).contains("Refer by hand");
        List<Date> handInDueAt = jdbc.sql("select v.long_ from act_ru_variable v join act_ru_execution p on p.id_ ="
                        + " v.proc_inst_id_ where p.business_key_ = ? and v.name_ = 'handInDueAt'")
                .params(scenario.reference().value())
                .query((row, number) -> new Date(row.getLong(1)))
                .list();

        MockMvc api = MockMvcBuilders.webAppContextSetup(web).build();
        String byHand = "/api/v1/supervision/incidents/" + stuck.incidentId() + "/by-hand";
        api.perform(post(byHand).contentType(MediaType.APPLICATION_JSON).content("{\"reason\": \" \"}"))
                .andExpect(status().isBadRequest());
        signIn("manager1", "managers");
        api.perform(post(byHand).contentType(MediaType.APPLICATION_JSON).content("{\"reason\": \"they rang us\"}"))
                .andExpect(status().isNoContent());
        api.perform(post(byHand).contentType(MediaType.APPLICATION_JSON).content("{\"reason\": \"they rang us\"}"))
                .andExpect(status().isConflict());
        api.perform(post("/api/v1/supervision/incidents/none/by-hand")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"x\"}"))
                .andExpect(status().isNotFound());
        SecurityContextHolder.clearContext();

        assertThat(find()).isEmpty();
        assertThat(scenario.task(TakedownProcess.TASK_REFER_BY_HAND).getDueDate())
                .isIn(handInDueAt);
        assertThat(audit.entries(scenario.reference().value(), 0, 200))
                .filteredOn(entry -> entry.action().equals("incident.by-hand"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo("manager1");
                    assertThat(entry.detail()).contains("Task_StartRemovalClock", "Task_ReferByHand", "they rang us");
                });
        scenario.completes(
                "caseworker1",
                TakedownProcess.TASK_REFER_BY_HAND,
                Map.of("referralOutcome", "SENT", "note", "They have it."));
        scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Task_StartRemovalClock");
        assertThat(scenario.recipient().dueAt()).isPresent();
    }

    @Test
    void triesOnceMoreAndTellsAgainWhenThatFailsToo() {
        clockCannotStart();
        String first = ours().incidentId();

        assertThat(incidents.tryAgain(first, "now?")).isEqualTo(Incidents.Result.DONE);
        assertThat(incidents.tryAgain(first, "now?")).isEqualTo(Incidents.Result.GONE);
        assertThat(find()).as("it is being tried").isEmpty();
        assertThatThrownBy(() -> scenario.runJobs()).hasMessageContaining("starts its clock");
        assertThat(ours().incidentId()).isNotEqualTo(first);

        jdbc.sql("update recipient set given_at = ? where case_reference = ?")
                .params(
                        java.time.OffsetDateTime.parse("2026-06-01T09:00:00Z"),
                        scenario.reference().value())
                .update();
        assertThat(incidents.tryAgain(ours().incidentId(), "recorded it")).isEqualTo(Incidents.Result.DONE);
        scenario.runJobs();
        scenario.isWaitingAt("Task_AwaitRemoval");
        assertThat(find()).isEmpty();
        assertThat(audit.entries(scenario.reference().value(), 0, 200))
                .filteredOn(entry -> entry.action().equals("incident.tried-again"))
                .hasSize(2);
    }

    @Test
    void handsASendingThatFailsToACaseworkerWhoFinishesIt() {
        scenario.platform().answers(new Uncertain("no answer"));
        scenario.flagged(Category.THREAT)
                .verifiedAs(Verdict.UNLAWFUL)
                .dispatched()
                .isWaitingAt("Task_ResolveUncertainReferral");
        verdict(null);
        assertThatThrownBy(() -> scenario.completes(
                        "caseworker1",
                        TakedownProcess.TASK_RESOLVE_UNCERTAIN_REFERRAL,
                        Map.of("arrival", "NOT_ARRIVED", "note", "Asked them.")))
                .isNotNull();
        failsForGood("Task_ReferContent");
        verdict("UNLAWFUL");
        Incident stuck = ours();
        assertThat(stuck.step()).isEqualTo("Refer content");
        int sentBefore = scenario.sent().size();

        assertThat(incidents.byHand(stuck.incidentId(), "send it by hand")).isEqualTo(Incidents.Result.DONE);

        assertThat(scenario.recipient().channel()).isEqualTo(Channel.PORTAL);
        scenario.dispatched().isWaitingAt("Task_ReferByHand").isNotWaitingAt("Task_ReferContent");
        scenario.completes(
                "caseworker1",
                TakedownProcess.TASK_REFER_BY_HAND,
                Map.of("referralOutcome", "SENT", "platformReference", "P-1"));
        scenario.isWaitingAt("Task_AwaitRemoval");
        assertThat(scenario.sent()).as("the hub sent nothing more").hasSize(sentBefore);
    }

    @Test
    void saysWhereTheModelHasNoWayByHandAndChangesNothingThere() {
        scenario.referred(Category.THREAT);
        Job deadline = scenario.jobs().stream()
                .filter(job -> isAt("Event_RemovalDeadlinePassed", job))
                .findFirst()
                .orElseThrow();
        management.setJobRetries(deadline.getId(), 0);
        Incident stuck = ours();
        assertThat(stuck.trouble().kind()).isEqualTo(Trouble.Kind.STOPPED);
        assertThat(stuck.byHand()).isEmpty();
        assertThat(stuck.withoutHand()).isNotBlank();
        assertThat(incidents.byHand(stuck.incidentId(), "try")).isEqualTo(Incidents.Result.NO_WAY);

        assertThat(incidents.tryAgain(stuck.incidentId(), "let it ring")).isEqualTo(Incidents.Result.DONE);
        assertThat(management
                        .createJobQuery()
                        .jobId(deadline.getId())
                        .singleResult()
                        .getDuedate())
                .as("an alarm that only stood still rings when it would have")
                .isEqualTo(deadline.getDuedate());
    }

    private void clockCannotStart() {
        scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
        // The word of the platform without its receipt: nobody has noted that the notice was given.
        transactions.run(() -> takedowns.referralAnswered(scenario.reference(), 0, "SENT"));
        failsForGood("Task_StartRemovalClock");
    }

    private void failsForGood(String node) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Job job = scenario.jobs().stream()
                    .filter(one -> isAt(node, one))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> management.executeJob(job.getId())).isNotNull();
            if (attempt == 0) {
                management.setJobRetries(job.getId(), 1);
            }
        }
    }

    private boolean isAt(String node, Job job) {
        return management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId()
                .equals(node);
    }

    private void verdict(@Nullable String verdict) {
        jdbc.sql("update takedown_case set verdict = ? where case_reference = ?")
                .param(verdict)
                .param(scenario.reference().value())
                .update();
    }

    private Incident ours() {
        return find().orElseThrow();
    }

    private Optional<Incident> find() {
        List<Incident> ours = incidents.open(1000).stream()
                .filter(one -> one.caseReference()
                        .equals(Optional.of(scenario.reference().value())))
                .toList();
        assertThat(ours).hasSizeLessThan(2);
        return ours.stream().findFirst();
    }

    private static void signIn(String user, String group) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "", group));
    }
}
