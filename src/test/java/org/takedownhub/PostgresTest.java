package org.takedownhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.audit.AuditChains;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.pages.Moments;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Dispatcher;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.Notice;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.supervision.Incidents;
import org.takedownhub.supervision.QueueFlows;
import org.takedownhub.supervision.StepTimes;
import org.takedownhub.supervision.StepsNow;
import org.takedownhub.supervision.TeamBoard;

/** What production is: PostgreSQL, and two nodes of the hub over it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTest {

    private static final int CASES = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private EmbeddedPostgres postgres;
    private List<HubNode> nodes = List.of();
    private JdbcClient jdbc;

    @BeforeAll
    void startNodes() throws IOException {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException | IllegalStateException cannotRun) {
            if (System.getenv("CI") != null) {
                throw cannotRun;
            }
            Assumptions.abort("PostgreSQL cannot run here: " + cannotRun.getMessage());
        }
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        nodes = List.of(start("node-one"), start("node-two"));
    }

    @AfterAll
    void stopNodes() throws IOException {
        nodes.forEach(HubNode::close);
        if (postgres != null) {
            postgres.close();
        }
    }

    private HubNode start(String name) {
        HubNode node = HubNode.start(
                name,
                Map.of(
                        "spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"),
                        "spring.datasource.username", "postgres",
                        "spring.datasource.hikari.maximum-pool-size", "20",
                        "takedown.workers.enabled", "false",
                        "takedown.clock.speed", "1"));
        executor(node).shutdown();
        return node;
    }

    @BeforeEach
    void nothingRuns() {
        nodes.forEach(node -> executor(node).shutdown());
        scenario().begin();
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> executor(node).shutdown());
        scenario().end();
    }

    @Test
    void tellsTheStoryToItsEscalation() {
        scenario()
                .referred(Category.THREAT)
                .removalDeadlinePasses()
                .isWaitingAt("Task_ReviewEscalation")
                .dispatched()
                .rungTimePasses();
        assertThat(scenario().file().state()).isEqualTo(CaseState.ESCALATED);
        assertThat(scenario().file().rung()).isEqualTo(2);
        assertThat(scenario().sent()).hasSize(2);
    }

    @Test
    void tellsTheStoryToRemoval() {
        scenario()
                .referred(Category.INCITEMENT)
                .timePasses(Duration.ofHours(1))
                .platformShows(FakePlatform.look(Availability.REMOVED_BY_PLATFORM, true))
                .watched()
                .isWatchedForReturn();
    }

    @Test
    void tellsManagersWhereCasesStandAndHowLongStepsTook() {
        scenario().referred(Category.THREAT);
        HubNode node = nodes.get(0);
        Instant now = ClockUtil.getCurrentTime().toInstant();
        LocalDate today = now.atZone(Moments.LONDON).toLocalDate();
        assertThat(node.bean(StepsNow.class)
                        .picture("takedown", OptionalInt.empty())
                        .orElseThrow()
                        .steps())
                .filteredOn(step -> step.step().id().equals("Task_AwaitRemoval"))
                .singleElement()
                .satisfies(step -> assertThat(step.cases()).isPositive());
        assertThat(node.bean(StepTimes.class)
                        .picture("takedown", OptionalInt.empty(), now.minusSeconds(3600), now.plusSeconds(1))
                        .orElseThrow()
                        .steps())
                .filteredOn(step -> List.of("Task_VerifyContent", "Task_AssessCase")
                        .contains(step.step().id()))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.n()).isPositive());
        assertThat(node.bean(QueueFlows.class).flows(today.minusDays(1), today))
                .filteredOn(flow -> flow.step().equals("Task_VerifyContent"))
                .singleElement()
                .satisfies(flow -> assertThat(flow.wentOut()).isPositive());
        assertThat(node.bean(TeamBoard.class).board().members())
                .filteredOn(member -> member.person().equals("caseworker1"))
                .singleElement()
                .satisfies(member -> assertThat(member.doneToday()).isPositive());
        assertThat(node.bean(Incidents.class).open(10)).isEmpty();
    }

    @Test
    void hasTheIndexesThatTheEngineDoesNotShip() {
        assertThat(jdbc.sql("select indexname from pg_indexes where tablename in ('act_ru_job', 'act_ru_task')")
                        .query(String.class)
                        .list())
                .contains("takedown_idx_job_order", "takedown_idx_task_due");
    }

    @Test
    void opensOneCaseSendsOnceAndClimbsOnceHoweverManyNodesWorkOnIt() throws Exception {
        int before = count("select count(*) from takedown_case");
        for (int i = 0; i < CASES; i++) {
            String url = "https://fake.example/shared/" + i;
            together(node -> node.bean(Flags.class)
                    .flag(
                            node.bean(FlagRules.class).check(Map.of("url", url, "reason", "Bad", "category", "THREAT")),
                            "caseworker1"));
        }
        assertThat(count("select count(*) from takedown_case") - before).isEqualTo(CASES);
        String ours = "(select case_reference from takedown_case where url like '%/shared/%')";
        assertThat(count("select count(*) from flag where case_reference in " + ours))
                .isEqualTo(2 * CASES);

        nodes.forEach(node -> executor(node).start());
        verifyAll();
        sendAll("select count(*) from submission where state = 'SENT' and purpose = 'REFERRAL' and case_reference in "
                + ours);
        eventually("select count(due_at) from recipient where case_reference in " + ours, CASES);

        itIs("select max(due_at) from recipient where case_reference in " + ours);
        eventually("select count(*) from rung where rung = 1 and case_reference in " + ours, CASES);
        sendAll("select count(*) from submission where state = 'SENT' and purpose = 'RUNG' and case_reference in "
                + ours);
        itIs("select max(due_at) from rung where case_reference in " + ours);
        eventually("select count(*) from rung where rung = 2 and case_reference in " + ours, CASES);
        nodes.forEach(node -> executor(node).shutdown());

        assertThat(sentByAnyNode().stream()
                        .filter(notice -> notice.content().url().toString().contains("/shared/"))
                        .map(Notice::idempotencyKey))
                .hasSize(2 * CASES)
                .doesNotHaveDuplicates();
        assertThat(count("select count(*) from audit_entry where action = 'escalation.climbed' and stream in " + ours))
                .isEqualTo(2 * CASES);
        assertThat(count("select count(*) from rung where case_reference in " + ours))
                .isEqualTo(2 * CASES);
        assertThat(count("select count(*) from letter where purpose = 'PLATFORM_LEAD' and case_reference in " + ours))
                .isEqualTo(CASES);
        assertThat(count("select count(*) from clock_entry where event = 'MISSED' and case_reference in " + ours))
                .isEqualTo(CASES);
        assertThat(count("select count(*) from act_ru_incident")).isZero();
        assertThat(count("select count(distinct lock_owner_) from act_ru_job where lock_owner_ not like 'node-%'"))
                .isZero();
        assertThat(AuditChains.broken(postgres.getPostgresDatabase())).isEmpty();
    }

    private void verifyAll() {
        List<Task> tasks = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            aSecondPasses();
            tasks.clear();
            tasks.addAll(nodes.get(0)
                    .bean(TaskService.class)
                    .createTaskQuery()
                    .taskDefinitionKey("Task_VerifyContent")
                    .list());
            return tasks.size() >= CASES;
        });
        for (int i = 0; i < tasks.size(); i++) {
            complete(nodes.get(i % nodes.size()), tasks.get(i));
        }
    }

    private static void complete(HubNode node, Task task) {
        IdentityService identity = node.bean(IdentityService.class);
        identity.setAuthentication("caseworker1", List.of("caseworkers"));
        try {
            node.bean(TaskService.class)
                    .complete(
                            task.getId(),
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
        } finally {
            identity.clearAuthentication();
        }
    }

    /** Both nodes make their rounds at the same moments until everything is out. */
    private void sendAll(String sent) {
        await().atMost(PATIENCE).until(() -> {
            aSecondPasses();
            together(node -> {
                node.bean(Dispatcher.class).run();
                return node;
            });
            return count(sent) == CASES;
        });
    }

    private interface Work<T> {
        T on(HubNode node);
    }

    private <T> void together(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(nodes.size());
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            List<Callable<T>> parts = nodes.stream()
                    .<Callable<T>>map(node -> () -> {
                        start.await();
                        return work.on(node);
                    })
                    .toList();
            for (Future<T> part : threads.invokeAll(parts)) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Notice> sentByAnyNode() {
        return nodes.stream()
                .flatMap(node -> node.bean(FakePlatform.class).referred().stream())
                .toList();
    }

    private void itIs(String instant) {
        ClockUtil.setCurrentTime(
                Date.from(jdbc.sql(instant).query(OffsetDateTime.class).single().toInstant()));
    }

    private void eventually(String query, int expected) {
        await().atMost(PATIENCE).until(() -> {
            aSecondPasses();
            return count(query) == expected;
        });
    }

    /** A job that two nodes met at comes round again after ten seconds: they have to pass. */
    private static void aSecondPasses() {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plusSeconds(1)));
    }

    private int count(String query) {
        return jdbc.sql(query).query(Integer.class).single();
    }

    private TakedownScenario scenario() {
        return nodes.get(0).bean(TakedownScenario.class);
    }

    private static JobExecutor executor(HubNode node) {
        return node.bean(ProcessEngineConfigurationImpl.class).getJobExecutor();
    }
}
