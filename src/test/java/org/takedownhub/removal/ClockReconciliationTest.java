package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.takedownhub.process.RemovalTimers.Kind.DEADLINE;
import static org.takedownhub.process.RemovalTimers.Kind.REMINDER;
import static org.takedownhub.removal.ClockFinding.Problem.ESCALATED_EARLY;
import static org.takedownhub.removal.ClockFinding.Problem.FAILED;
import static org.takedownhub.removal.ClockFinding.Problem.MISSING;
import static org.takedownhub.removal.ClockFinding.Problem.MOVED;
import static org.takedownhub.removal.ClockFinding.Problem.NOT_FOLLOWED;
import static org.takedownhub.removal.ClockFinding.Problem.SUSPENDED;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.process.TakedownScenario;

@HubTest
class ClockReconciliationTest {

    private static final String DEADLINE_EVENT = "Event_RemovalDeadlinePassed";
    private static final String REMINDER_EVENT = "Event_ReminderDue";

    @Autowired
    TakedownScenario scenario;

    @Autowired
    ClockReconciliation reconciliation;

    @Autowired
    Reconciliations rounds;

    @Autowired
    ClockLedger ledger;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Audit audit;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void begin() {
        scenario.begin();
        // What earlier tests left behind is not this one's business.
        jdbc.sql("update takedown_case set state = 'CLOSED' where state <> 'CLOSED'")
                .update();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    @Test
    void findsNothingWhereLedgerAndEngineAgree() {
        scenario.referred(Category.THREAT);

        assertThat(reconcile()).isEmpty();
        scenario.timePasses(Duration.ofHours(20));
        assertThat(reconcile()).as("after the reminder went out").isEmpty();
        scenario.removalDeadlinePasses();
        assertThat(reconcile()).as("while it is escalated").isEmpty();
    }

    @Test
    void setsAMovedTimerBackToTheLedger() {
        scenario.referred(Category.THREAT);
        Instant due = due();
        management.setJobDuedate(job(DEADLINE_EVENT).getId(), Date.from(due.plus(Duration.ofDays(9))));

        assertThat(reconcile()).extracting(ClockFinding::problem).containsExactly(MOVED);
        assertThat(job(DEADLINE_EVENT).getDuedate()).isEqualTo(Date.from(due));
        assertThat(reconcile()).isEmpty();
        assertThat(due()).isEqualTo(due);
        scenario.itIs(due).isWaitingAt("Process_Escalation");
    }

    @Test
    void putsADeletedDeadlineBackAndRemindsNobodyTwice() {
        scenario.referred(Category.THREAT).timePasses(Duration.ofHours(20));
        assertThat(reminders()).isOne();
        management.deleteJob(job(DEADLINE_EVENT).getId());

        assertThat(reconcile()).extracting(ClockFinding::problem).containsExactly(MISSING);
        scenario.runJobs();

        assertThat(job(DEADLINE_EVENT).getDuedate()).isEqualTo(Date.from(due()));
        assertThat(reconcile()).isEmpty();
        assertThat(reminders()).isOne();
        assertThat(reminded()).isOne();
        assertThat(ledger.of(scenario.reference(), 0))
                .extracting(ClockEntry::event)
                .containsExactly(ClockEntry.Event.STARTED);
        scenario.removalDeadlinePasses().isWaitingAt("Process_Escalation");
    }

    @Test
    void putsADeletedReminderBackAndTheWaitStillHearsAnswers() {
        scenario.referred(Category.THREAT);
        management.deleteJob(job(REMINDER_EVENT).getId());

        assertThat(reconcile())
                .extracting(ClockFinding::problem, finding -> finding.timer().orElseThrow())
                .containsExactly(tuple(MISSING, REMINDER));
        assertThat(reconcile()).isEmpty();
        scenario.timePasses(Duration.ofHours(19));
        assertThat(reminders()).isOne();

        scenario.told(Answer.CLARIFICATION)
                .isWaitingAt("Task_AnswerClarification", "Task_AwaitRemoval")
                .told(Answer.REMOVED)
                .isWatchedForReturn();
    }

    @Test
    void actsAtOnceOnADeadlineWhoseTimerWasLostAndThatPassedMeanwhile() {
        scenario.referred(Category.THREAT);
        management.deleteJob(job(DEADLINE_EVENT).getId());
        scenario.itIs(due().plus(Duration.ofHours(3))).isWaitingAt("Task_AwaitRemoval");

        reconcile();
        scenario.runJobs();

        scenario.isWaitingAt("Process_Escalation");
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void wakesASuspendedTimer() {
        scenario.referred(Category.THREAT);
        management.suspendJobById(job(DEADLINE_EVENT).getId());

        assertThat(reconcile()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(SUSPENDED);
            assertThat(finding.timer()).contains(DEADLINE);
            assertThat(finding.repaired()).isTrue();
        });
        assertThat(job(DEADLINE_EVENT).isSuspended()).isFalse();
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void leavesAFailedTimerAndASuspendedProcessToAPersonAndSaysSo() {
        scenario.referred(Category.THREAT);
        management.setJobRetries(job(DEADLINE_EVENT).getId(), 0);
        assertThat(reconcile())
                .extracting(ClockFinding::problem, ClockFinding::repaired)
                .containsExactly(tuple(FAILED, false));
        management.setJobRetries(job(DEADLINE_EVENT).getId(), 3);

        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(scenario.reference().value())
                .singleResult()
                .getId();
        runtime.suspendProcessInstanceById(instance);
        assertThat(reconcile())
                .extracting(ClockFinding::problem, ClockFinding::repaired)
                .containsExactly(tuple(NOT_FOLLOWED, false));
        assertThat(job(DEADLINE_EVENT).isSuspended()).isTrue();
        runtime.activateProcessInstanceById(instance);
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void leadsACaseBackThatWasEscalatedBeforeItsTime() {
        scenario.referred(Category.THREAT);
        Instant due = due();
        // Somebody with a modification, not the timer: the ledger says that the clock runs.
        runtime.createProcessInstanceModification(job(DEADLINE_EVENT).getProcessInstanceId())
                .startBeforeActivity("Process_Escalation", followUp())
                .cancelAllForActivity("Task_AwaitRemoval")
                .execute();
        scenario.runJobs();
        scenario.isWaitingAt("Process_Escalation");

        assertThat(reconcile()).extracting(ClockFinding::problem).containsExactly(ESCALATED_EARLY);
        scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Process_Escalation");
        assertThat(job(DEADLINE_EVENT).getDuedate()).isEqualTo(Date.from(due));
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void doesNothingToAClockThatWasMetOrIsExtended() {
        scenario.referred(Category.THREAT);
        scenario.told(Answer.REMOVED);
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void tellsTheCaseTheHubAndTheOperators() {
        scenario.referred(Category.THREAT);
        management.suspendJobById(job(DEADLINE_EVENT).getId());
        String key = "test " + UUID.randomUUID();

        reconciliation.run(key);

        assertThat(audit.entries(scenario.reference().value(), 0, 1000))
                .extracting(AuditEntry::action)
                .contains("clock.timer-repaired");
        assertThat(audit.entries(Audit.HUB, 0, 100_000))
                .filteredOn(entry -> entry.action().equals("clock.reconciled"))
                .extracting(AuditEntry::detail)
                .contains(key + ": 1 clocks checked, 1 timers repaired, 0 left for a person");
        assertThat(rounds.rounds(1)).singleElement().satisfies(round -> {
            assertThat(round.key()).isEqualTo(key);
            assertThat(round.finishedAt()).isPresent();
            assertThat(round.repaired()).isOne();
        });
        assertThat(rounds.findings(key)).hasSize(1);
        assertThat(meters.get("takedown.clock.reconciliation.repaired").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("takedown.clock.reconciliation.unrepaired")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void oneKeyIsOneRoundHoweverManyNodesTry() {
        scenario.referred(Category.THREAT);
        management.suspendJobById(job(DEADLINE_EVENT).getId());
        String key = "night " + UUID.randomUUID();
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<Optional<List<ClockFinding>>>> tries = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> reconciliation.run(key), nodes))
                    .limit(3)
                    .toList();

            assertThat(tries.stream().map(CompletableFuture::join).flatMap(Optional::stream))
                    .singleElement()
                    .satisfies(findings -> assertThat(findings).hasSize(1));
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void severalNodesThatStartTogetherRepairOnce() {
        scenario.referred(Category.THREAT);
        management.deleteJob(job(DEADLINE_EVENT).getId());
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<List<ClockFinding>>> starts = Stream.generate(
                            () -> CompletableFuture.supplyAsync(this::reconcile, nodes))
                    .limit(3)
                    .toList();

            assertThat(starts.stream().map(CompletableFuture::join).flatMap(List::stream))
                    .hasSize(1);
        } finally {
            nodes.shutdown();
        }
        assertThat(jobs(DEADLINE_EVENT)).hasSize(1);
    }

    private List<ClockFinding> reconcile() {
        return reconciliation.run("test " + UUID.randomUUID()).orElseThrow();
    }

    private Instant due() {
        return ledger.last(scenario.reference(), 0).orElseThrow().dueAt().orElseThrow();
    }

    private Job job(String event) {
        return jobs(event).get(0);
    }

    private List<Job> jobs(String event) {
        List<String> ofTheCase = scenario.jobs().stream().map(Job::getId).toList();
        return management.createJobQuery().activityId(event).list().stream()
                .filter(job -> ofTheCase.contains(job.getId()))
                .toList();
    }

    private String followUp() {
        return runtime.getActivityInstance(job(DEADLINE_EVENT).getProcessInstanceId())
                .getActivityInstances("Task_AwaitRemoval")[0]
                .getParentActivityInstanceId();
    }

    private int reminders() {
        return jdbc.sql("select count(*) from letter where case_reference = ? and purpose = 'REMINDER'")
                .params(scenario.reference().value())
                .query(Integer.class)
                .single();
    }

    private long reminded() {
        return audit.entries(scenario.reference().value(), 0, 1000).stream()
                .filter(entry -> entry.action().equals("removal.reminded"))
                .count();
    }
}
