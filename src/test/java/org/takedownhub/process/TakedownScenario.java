package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Relation;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flagged;
import org.takedownhub.flagging.Flags;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Dispatcher;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.removal.Answer;
import org.takedownhub.removal.Answers;
import org.takedownhub.removal.RemovalWatch;
import org.takedownhub.removal.Withdrawals;
import org.takedownhub.returning.ReturnWatch;

/**
 * The words in which tests tell the story of one case on the real models: somebody flags, somebody verifies, time
 * passes, and the case stands or ends where the test says.
 */
public final class TakedownScenario {

    private static final Instant MONDAY_MORNING = Instant.parse("2026-06-01T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Flags flags;
    private final FlagRules rules;
    private final Cases cases;
    private final Notices notices;
    private final CaseLinks links;
    private final ReturnWatch returnWatch;
    private final Dispatcher dispatcher;
    private final RemovalWatch watch;
    private final Bulkheads bulkheads;
    private final FakePlatform platform;
    private final Answers answers;
    private final Withdrawals withdrawals;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final HistoryService history;
    private final IdentityService identity;
    private final JdbcClient jdbc;
    private final Clock clock;

    private CaseReference reference;
    private String url;

    TakedownScenario(
            Flags flags,
            FlagRules rules,
            Cases cases,
            Notices notices,
            CaseLinks links,
            ReturnWatch returnWatch,
            Dispatcher dispatcher,
            RemovalWatch watch,
            Bulkheads bulkheads,
            FakePlatform platform,
            Answers answers,
            Withdrawals withdrawals,
            RuntimeService runtime,
            TaskService tasks,
            ManagementService management,
            HistoryService history,
            IdentityService identity,
            JdbcClient jdbc,
            Clock clock) {
        this.flags = flags;
        this.rules = rules;
        this.cases = cases;
        this.notices = notices;
        this.links = links;
        this.returnWatch = returnWatch;
        this.dispatcher = dispatcher;
        this.watch = watch;
        this.bulkheads = bulkheads;
        this.platform = platform;
        this.answers = answers;
        this.withdrawals = withdrawals;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.history = history;
        this.identity = identity;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A new story on a Monday morning, with a platform that does as it should. */
    public TakedownScenario begin() {
        ClockUtil.setCurrentTime(Date.from(MONDAY_MORNING));
        platform.looked().clear();
        platform.alwaysShows(FakePlatform.look(Availability.AVAILABLE, true));
        platform.takesAnswers(false);
        // What earlier stories left undone is not this one's business.
        jdbc.sql("update submission set state = 'DROPPED', settled_at = prepared_at where state = 'PREPARED'")
                .update();
        jdbc.sql("update recipient set next_check_at = null").update();
        jdbc.sql("update takedown_case set state = 'CLOSED' where state = 'WATCHING'")
                .update();
        url = "https://fake.example/posts/" + UUID.randomUUID();
        return this;
    }

    public void end() {
        identity.clearAuthentication();
        ClockUtil.reset();
    }

    public TakedownScenario flagged(Category category) {
        return flagged(category, false);
    }

    public TakedownScenario flagged(Category category, boolean threatToLife) {
        Flagged flagged = flags.flag(
                rules.check(Map.of(
                        "url",
                        url,
                        "reason",
                        "Looks like " + category,
                        "category",
                        category.name(),
                        "source",
                        "FORCE",
                        "reportingForce",
                        "north",
                        "threatToLife",
                        Boolean.toString(threatToLife))),
                "caseworker1");
        reference = flagged.caseReference();
        runJobs();
        return this;
    }

    /** Flags content on a host that no connector serves. */
    public TakedownScenario flaggedElsewhere(Category category) {
        url = "https://www.tiktok.com/@somebody/video/"
                + (7_000_000_000_000_000_000L + Math.abs(UUID.randomUUID().hashCode()));
        return flagged(category);
    }

    public TakedownScenario verifiedAs(Verdict verdict) {
        return verifiedAs(verdict, Map.of());
    }

    public TakedownScenario verifiedAs(Verdict verdict, Map<String, Object> more) {
        Map<String, Object> form = new HashMap<>(Map.of(
                "verdict",
                verdict.name(),
                "category",
                file().category().name(),
                "reasons",
                "Because of what it says.",
                "threatToLife",
                file().threatToLife(),
                "childVisible",
                false,
                "artisticContext",
                "NONE"));
        if (verdict == Verdict.UNLAWFUL) {
            form.put("offence", "OAPA_1861_S16");
        }
        form.putAll(more);
        return completes("caseworker1", TakedownProcess.TASK_VERIFY_CONTENT, form);
    }

    /** Somebody completes a task of the case through the engine, as Tasklist and programs do. */
    public TakedownScenario completes(String person, String taskKey, Map<String, Object> form) {
        String taskId = task(taskKey).getId();
        as(person, () -> tasks.complete(taskId, form));
        runJobs();
        return this;
    }

    public TakedownScenario claims(String person, String taskKey) {
        String taskId = task(taskKey).getId();
        as(person, () -> tasks.claim(taskId, person));
        return this;
    }

    public TakedownScenario givesBack(String person, String taskKey) {
        String taskId = task(taskKey).getId();
        as(person, () -> tasks.setAssignee(taskId, null));
        return this;
    }

    public TakedownScenario approved(boolean yes) {
        return completes(
                "officer",
                TakedownProcess.TASK_APPROVE_REFERRAL,
                Map.of("referralApproved", yes, "approvalReasons", "Read it all."));
    }

    /** The platform's workers do what there is to do. */
    public TakedownScenario dispatched() {
        dispatcher.run();
        finishPlatformWork();
        runJobs();
        return this;
    }

    /** Flagged, verified as unlawful and sent: the clock runs. */
    public TakedownScenario referred(Category category) {
        return flagged(category).verifiedAs(Verdict.UNLAWFUL).dispatched().isWaitingAt("Task_AwaitRemoval");
    }

    /** The watch makes a round. */
    public TakedownScenario watched() {
        watch.run();
        finishPlatformWork();
        runJobs();
        return this;
    }

    public TakedownScenario platformShows(Look look) {
        platform.alwaysShows(look);
        return this;
    }

    public TakedownScenario told(Answer answer) {
        return told(answer, clock.instant());
    }

    public TakedownScenario told(Answer answer, Instant at) {
        answers.told(reference, Optional.empty(), answer, "so they say", at);
        runJobs();
        return this;
    }

    public TakedownScenario withdrawn() {
        withdrawals.withdraw(reference, "wrong post", Optional.empty());
        runJobs();
        return this;
    }

    public TakedownScenario timePasses(Duration duration) {
        return itIs(clock.instant().plus(duration));
    }

    public TakedownScenario itIs(Instant instant) {
        ClockUtil.setCurrentTime(Date.from(instant));
        runJobs();
        return this;
    }

    public TakedownScenario removalDeadlinePasses() {
        return itIs(recipient().dueAt().orElseThrow());
    }

    /** The time of the rung that was climbed last is over. */
    public TakedownScenario rungTimePasses() {
        Instant due = jdbc.sql("select max(due_at) from rung where case_reference = ?")
                .params(reference.value())
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
        return itIs(due);
    }

    public TakedownScenario isWaitingAt(String... nodes) {
        List<String> active = new ArrayList<>();
        for (String instance : instances()) {
            active.addAll(runtime.getActiveActivityIds(instance));
        }
        assertThat(active).contains(nodes);
        return this;
    }

    public TakedownScenario isNotWaitingAt(String node) {
        for (String instance : instances()) {
            assertThat(runtime.getActiveActivityIds(instance)).doesNotContain(node);
        }
        return this;
    }

    public TakedownScenario endedAs(Outcome outcome) {
        assertThat(instances()).isEmpty();
        assertThat(file().outcome()).contains(outcome);
        assertThat(file().closedAt()).isPresent();
        assertThat(file().open()).isFalse();
        return this;
    }

    /** The content is gone and the hub looks whether it stays away. */
    public TakedownScenario isWatchedForReturn() {
        assertThat(file().outcome()).contains(Outcome.REMOVED);
        assertThat(file().state()).isEqualTo(CaseState.WATCHING);
        return isWaitingAt("Task_AwaitReturn");
    }

    /** The watch for a return makes a round. */
    public TakedownScenario lookedForReturn() {
        returnWatch.run();
        finishPlatformWork();
        runJobs();
        return this;
    }

    /** The removed content is up again, long enough for the hub to believe it. */
    public TakedownScenario returned() {
        return platformShows(FakePlatform.look(Availability.AVAILABLE, true))
                .timePasses(Duration.ofDays(30))
                .lookedForReturn()
                .timePasses(Duration.ofMinutes(10))
                .lookedForReturn();
    }

    /** From here on the story is that of the case which the returned content opened. */
    public TakedownScenario goesOnInTheReturnCase() {
        return turnsTo(links.of(reference).stream()
                .filter(link -> link.relation() == Relation.RETURNED_AS)
                .findFirst()
                .orElseThrow()
                .other());
    }

    /** From here on the story is that of another case. */
    public TakedownScenario turnsTo(CaseReference other) {
        reference = other;
        runJobs();
        return this;
    }

    public CaseFile file() {
        return cases.require(reference);
    }

    public Recipient recipient() {
        return notices.require(reference, 0);
    }

    public CaseReference reference() {
        return reference;
    }

    public String url() {
        return url;
    }

    /** What the platform got about this case. */
    public List<Notice> sent() {
        return platform.referred().stream()
                .filter(notice -> notice.content().reference().equals(reference))
                .toList();
    }

    public FakePlatform platform() {
        return platform;
    }

    public Task task(String taskKey) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(reference.value())
                .taskDefinitionKey(taskKey)
                .singleResult();
    }

    public Set<String> candidateGroups(String taskKey) {
        Set<String> groups = new TreeSet<>();
        for (IdentityLink link : tasks.getIdentityLinksForTask(task(taskKey).getId())) {
            groups.add(link.getGroupId());
        }
        return groups;
    }

    /** All jobs of the case, waiting timers among them. */
    public List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (String instance : instances()) {
            jobs.addAll(management.createJobQuery().processInstanceId(instance).list());
        }
        return jobs;
    }

    /** Runs what is due now, and whatever that makes due at once, the oldest first. A job that fails fails the test. */
    public void runJobs() {
        while (true) {
            List<Job> due = new ArrayList<>();
            for (String instance : instances()) {
                due.addAll(management
                        .createJobQuery()
                        .processInstanceId(instance)
                        .executable()
                        .orderByJobDuedate()
                        .asc()
                        .list());
            }
            if (due.isEmpty()) {
                return;
            }
            management.executeJob(due.get(0).getId());
        }
    }

    /** The ids of every node that any case of this JVM's test database has passed. */
    public Set<String> passedNodes() {
        Set<String> nodes = new TreeSet<>();
        for (HistoricActivityInstance passed :
                history.createHistoricActivityInstanceQuery().list()) {
            nodes.add(passed.getActivityId());
        }
        return nodes;
    }

    private List<String> instances() {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(reference.value()).list().stream()
                .map(instance -> instance.getId())
                .toList();
    }

    private void as(String person, Runnable work) {
        identity.setAuthentication(person, groups(person));
        try {
            work.run();
        } finally {
            identity.clearAuthentication();
        }
    }

    private List<String> groups(String person) {
        return identity.createGroupQuery().groupMember(person).list().stream()
                .map(group -> group.getId())
                .toList();
    }

    private void finishPlatformWork() {
        CountDownLatch done = new CountDownLatch(1);
        await().atMost(PATIENCE).until(() -> bulkheads.offer("fake", done::countDown));
        await().atMost(PATIENCE).until(() -> done.getCount() == 0);
    }
}
