package org.takedownhub.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;

/** The engine alone with the hub's models, its job executor set as the hub's is, and delegates that do nothing. */
final class BareEngine implements AutoCloseable {

    private static final List<String> DELEGATES = List.of(
            "preserveEvidence",
            "assessCase",
            "chooseRoute",
            "issueNotice",
            "referContent",
            "startRemovalClock",
            "sendReminder",
            "recordMissedDeadline",
            "chooseRung",
            "climbRung",
            "closeCase");
    private static final List<String> RESOURCES =
            List.of("bpmn/takedown.bpmn", "bpmn/escalation.bpmn", "bpmn/approval-rule.dmn");

    private final HikariDataSource pool = new HikariDataSource();
    private final ProcessEngine engine;

    BareEngine(String url) {
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(40);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare");
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory("full");
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setJobExecutor(jobExecutor());
        configuration.setJobExecutorActivate(true);
        configuration.setJobExecutorAcquireByPriority(true);
        configuration.setJobExecutorPreferTimerJobs(true);
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setEnsureJobDueDateNotNull(true);
        Map<Object, Object> beans = new HashMap<>();
        JavaDelegate nothing = execution -> {};
        DELEGATES.forEach(name -> beans.put(name, nothing));
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();
        DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
        RESOURCES.forEach(resource -> deployment.addClasspathResource(resource));
        deployment.deploy();
    }

    /** The numbers of {@code application.yaml}. */
    private static DefaultJobExecutor jobExecutor() {
        DefaultJobExecutor executor = new DefaultJobExecutor();
        executor.setCorePoolSize(4);
        executor.setMaxPoolSize(4);
        executor.setQueueSize(40);
        executor.setMaxJobsPerAcquisition(20);
        executor.setWaitTimeInMillis(500);
        executor.setMaxWait(1_000);
        executor.setBackoffTimeInMillis(25);
        executor.setMaxBackoff(400);
        return executor;
    }

    double wholeCases(int cases) throws InterruptedException, ExecutionException {
        RuntimeService runtime = engine.getRuntimeService();
        TaskService tasks = engine.getTaskService();
        long start = System.nanoTime();
        Bench.byPeople(IntStream.range(0, cases)
                .<Runnable>mapToObj(index -> () -> runtime.startProcessInstanceByKey(
                        "takedown", UUID.randomUUID().toString(), variables()))
                .toList());
        int verified = 0;
        while (verified < cases) {
            List<Task> open = tasks.createTaskQuery().list();
            Bench.byPeople(open.stream()
                    .<Runnable>map(task -> () -> tasks.complete(task.getId()))
                    .toList());
            verified += open.size();
        }
        delivered("referral.answered", cases);
        delivered("removal.confirmed", cases);
        Bench.until(() -> runtime.createProcessInstanceQuery().count() == 0);
        return cases / ((System.nanoTime() - start) / 1e9);
    }

    private void delivered(String message, int cases) throws InterruptedException, ExecutionException {
        RuntimeService runtime = engine.getRuntimeService();
        int done = 0;
        while (done < cases) {
            List<Execution> waiting = runtime.createExecutionQuery()
                    .messageEventSubscriptionName(message)
                    .list();
            Bench.byPeople(waiting.stream()
                    .<Runnable>map(execution -> () -> runtime.messageEventReceived(message, execution.getId()))
                    .toList());
            done += waiting.size();
        }
    }

    /** What the hub's delegates would have said, said at the start. */
    private static Map<String, Object> variables() {
        Date later = Date.from(Instant.now().plus(Duration.ofHours(1)));
        Map<String, Object> variables = new HashMap<>(Map.of(
                "caseReference",
                UUID.randomUUID().toString(),
                "platform",
                "fake",
                "category",
                "THREAT",
                "source",
                "FORCE",
                "threatToLife",
                false,
                "casePriority",
                50,
                "contentReferable",
                true,
                "contentUnlawful",
                true,
                "secondOpinionNeeded",
                false,
                "groundCarriedOver",
                false));
        variables.put("recipientKnown", true);
        variables.putAll(Map.of(
                "instrument",
                "VOLUNTARY_REFERRAL",
                "artisticContext",
                "NONE",
                "childVisible",
                false,
                "channel",
                "API",
                "returnWatched",
                false,
                "recipientCount",
                1,
                "referralAnswer",
                "SENT",
                "caseDueAt",
                later,
                "reminderDueAt",
                later,
                "removalDueAt",
                later));
        return variables;
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
