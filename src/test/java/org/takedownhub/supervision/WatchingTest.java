package org.takedownhub.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.supervision.Handovers.Result;

@HubTest
class WatchingTest {

    private static final String VERIFY = TakedownProcess.TASK_VERIFY_CONTENT;
    /** A week in which nothing happens but what this test does. British Summer Time begins on its last day. */
    private static final Instant MONDAY = Instant.parse("2031-03-24T09:00:00Z");

    @Autowired
    TakedownScenario scenario;

    @Autowired
    StepsNow stepsNow;

    @Autowired
    StepTimes stepTimes;

    @Autowired
    TeamBoard team;

    @Autowired
    QueueFlows flows;

    @Autowired
    Handovers handovers;

    @Autowired
    Incidents incidents;

    @Autowired
    KnownPeople people;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    Flags flags;

    @Autowired
    FlagRules rules;

    @Autowired
    Audit audit;

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
    void countsWhereCasesStandAndSinceWhen() {
        StepNow before = now(VERIFY);
        scenario.flagged(Category.THREAT);
        scenario.begin().flagged(Category.THREAT);
        Instant due = scenario.task(VERIFY).getDueDate().toInstant();

        StepNow two = now(VERIFY);
        assertThat(two.cases()).isEqualTo(before.cases() + 2);
        assertThat(two.places()).isEqualTo(before.places() + 2);
        assertThat(two.overdue()).isEqualTo(before.overdue());
        assertThat(two.oldestSince()).isPresent();
        assertThat(two.step().kind()).isEqualTo(Step.Kind.PERSON);
        assertThat(two.inLiveModel()).isTrue();

        ClockUtil.setCurrentTime(Date.from(due.minusMillis(1)));
        int almost = now(VERIFY).overdue();
        ClockUtil.setCurrentTime(Date.from(due));
        assertThat(now(VERIFY).overdue())
                .as("due is the first instant that is overdue")
                .isGreaterThanOrEqualTo(almost + 2);
    }

    @Test
    void countsACaseBeforeAStepOfTheHubAndWhatIsStuckThere() {
        StepNow before = now("Task_AssessCase");
        CaseReference reference = flags.flag(
                        rules.check(Map.of(
                                "url",
                                "https://fake.example/posts/" + UUID.randomUUID(),
                                "reason",
                                "r",
                                "category",
                                "THREAT")),
                        "caseworker1")
                .caseReference();
        String job = management.createJobQuery().list().stream()
                .filter(one -> tasksCase(one.getProcessInstanceId(), reference))
                .findFirst()
                .orElseThrow()
                .getId();
        StepNow waiting = now("StartEvent_ContentFlagged");
        assertThat(waiting.cases()).isPositive();
        management.setJobRetries(job, 0);
        assertThat(now("StartEvent_ContentFlagged").incidents()).isEqualTo(waiting.incidents() + 1);
        management.setJobRetries(job, 1);
        scenario.turnsTo(reference).isWaitingAt(VERIFY);
        assertThat(now("Task_AssessCase").cases()).isEqualTo(before.cases());
    }

    @Test
    void tellsVersionsApartAndKnowsNoOthers() {
        scenario.flagged(Category.OTHER);
        StepsNow.Picture all = stepsNow.picture("takedown", OptionalInt.empty()).orElseThrow();
        assertThat(all.running().get(0).live()).isTrue();
        assertThat(all.counted()).isEqualTo(all.running());
        int live = all.drawn().version();
        StepsNow.Picture one =
                stepsNow.picture("takedown", OptionalInt.of(live)).orElseThrow();
        assertThat(one.counted()).extracting(ModelVersion::version).containsExactly(live);
        assertThat(all.drawn().steps())
                .extracting(Step::id)
                .as("in the order in which a case passes them")
                .containsSubsequence(
                        "StartEvent_ContentFlagged",
                        VERIFY,
                        "Task_IssueNotice",
                        "Process_RecipientFollowUp",
                        "Task_ReferContent",
                        "Task_AwaitRemoval",
                        "Process_Escalation",
                        "Task_CloseCase")
                .doesNotHaveDuplicates();
        assertThat(stepsNow.picture("takedown", OptionalInt.of(9999))).isEmpty();
        assertThat(stepsNow.picture("nothing", OptionalInt.empty())).isEmpty();
        assertThat(all.steps())
                .filteredOn(step -> step.step().id().equals("Task_AwaitRemoval"))
                .singleElement()
                .satisfies(step -> assertThat(step.step().deadline()).contains("Event_RemovalDeadlinePassed"));
        assertThat(all.steps())
                .filteredOn(step -> step.step().id().equals("Task_AwaitReturn"))
                .singleElement()
                .satisfies(step -> assertThat(step.step().deadline())
                        .as("the end of a watch is no deadline")
                        .isEmpty());
    }

    @Test
    void measuresStepsAndQueuesAsCountedByHand() {
        // Verified after 1, 2 and 4 hours, and one that stays open over the change of the clocks.
        verifiedAfter(Duration.ofHours(1), MONDAY);
        verifiedAfter(Duration.ofHours(2), MONDAY);
        verifiedAfter(Duration.ofHours(4), MONDAY.plus(Duration.ofDays(1)));
        flaggedAt(MONDAY.plus(Duration.ofDays(5)));
        Instant from = Instant.parse("2031-03-24T00:00:00Z");

        StepTimes.Picture times = stepTimes
                .picture("takedown", OptionalInt.empty(), from, Instant.parse("2031-03-30T23:00:00Z"))
                .orElseThrow();
        StepTime verify = times.steps().stream()
                .filter(step -> step.step().id().equals(VERIFY))
                .findFirst()
                .orElseThrow();
        assertThat(verify.n()).isEqualTo(3);
        assertThat(verify.small()).isTrue();
        assertThat(verify.median()).isEqualTo(Duration.ofHours(2));
        // between the second and the third value, at 0.9 × (3 − 1)
        assertThat(verify.ninety()).isCloseTo(Duration.ofMinutes(216), Duration.ofSeconds(1));
        assertThat(verify.due()).isEqualTo(3);
        assertThat(verify.overDue()).isEqualTo(overdueAmong(1, 2, 4));
        assertThat(verify.level()).isEqualTo(5);
        StepTime assess = times.steps().stream()
                .filter(step -> step.step().id().equals("Task_AssessCase"))
                .findFirst()
                .orElseThrow();
        assertThat(assess.n()).as("each case was assessed once, by a job").isEqualTo(4);
        assertThat(assess.level()).isEqualTo(1);
        assertThat(times.steps().stream()
                        .filter(step -> step.step().id().equals("Task_AwaitReturn"))
                        .findFirst()
                        .orElseThrow()
                        .shareOverDue())
                .isEmpty();
        assertThat(stepTimes
                        .picture("takedown", OptionalInt.empty(), from.minusSeconds(86400), from)
                        .orElseThrow()
                        .steps())
                .as("the day before")
                .allSatisfy(step -> assertThat(step.n()).isZero());

        QueueFlows.Flow queue = flows.flows(LocalDate.parse("2031-03-24"), LocalDate.parse("2031-03-30")).stream()
                .filter(flow -> flow.step().equals(VERIFY) && flow.group().equals("caseworkers"))
                .findFirst()
                .orElseThrow();
        int left = queue.days().get(2).openAtEnd();
        assertThat(queue.days()).extracting(QueueFlows.Day::cameIn).containsExactly(2, 1, 0, 0, 0, 1, 0);
        assertThat(queue.days()).extracting(QueueFlows.Day::wentOut).containsExactly(2, 1, 0, 0, 0, 0, 0);
        assertThat(queue.days())
                .extracting(QueueFlows.Day::openAtEnd)
                .containsExactly(left, left, left, left, left, left + 1, left + 1);
        assertThat(queue.days().get(0).medianAge()).contains(Duration.ofMinutes(90));
        assertThat(queue.days().get(1).medianAge()).contains(Duration.ofHours(4));
        assertThat(queue.days().get(3).medianAge()).isEmpty();
        assertThat(queue.cameIn()).isEqualTo(4);
    }

    @Test
    void showsWhoHasWhatAndWhoDidHowMany() {
        scenario.flagged(Category.THREAT).claims("caseworker2", VERIFY);
        TeamBoard.Member before = member("caseworker2");
        TeamBoard.Load queueBefore = queue("caseworkers");
        CaseReference first = scenario.reference();
        scenario.begin().flagged(Category.THREAT);

        assertThat(queue("caseworkers").open()).isEqualTo(queueBefore.open() + 1);
        assertThat(queue("caseworkers").unclaimed()).isEqualTo(queueBefore.unclaimed() + 1);
        scenario.claims("caseworker2", VERIFY);
        TeamBoard.Member two = member("caseworker2");
        assertThat(two.load().open()).isEqualTo(before.load().open() + 1);
        assertThat(queue("caseworkers").unclaimed()).isEqualTo(queueBefore.unclaimed());
        assertThat(two.load().dueToday())
                .isEqualTo(before.load().dueToday() + (dueOn(scenario.task(VERIFY), "2026-06-01") ? 1 : 0));
        assertThat(team.tasksOf("caseworker2", 500))
                .extracting(TeamBoard.OpenTask::caseReference)
                .contains(first.value(), scenario.reference().value());

        scenario.completes("caseworker2", VERIFY, unlawful());
        assertThat(member("caseworker2").doneToday()).isEqualTo(two.doneToday() + 1);
        assertThat(member("caseworker2").load().open()).isEqualTo(before.load().open());
    }

    @Test
    void handsATaskOverToWhoMayTakeItAndMovesNoDueDate() {
        scenario.flagged(Category.THREAT).claims("caseworker1", VERIFY);
        Task task = scenario.task(VERIFY);
        signIn("manager1", "managers");

        assertThat(give(task, "reviewer")).satisfies(refused -> {
            assertThat(refused.result()).isEqualTo(Result.REFUSED);
            assertThat(refused.detail()).contains("reviewer", "This task is for caseworkers");
        });
        assertThat(give(task, "nobody-we-know").detail()).contains("does not know the groups of nobody-we-know");
        assertThat(scenario.task(VERIFY).getAssignee()).isEqualTo("caseworker1");
        assertThat(give(task, "caseworker2").result()).isEqualTo(Result.HANDED_OVER);
        assertThat(give(task, "caseworker2").result()).isEqualTo(Result.UNCHANGED);
        assertThat(scenario.task(VERIFY)).satisfies(now -> {
            assertThat(now.getAssignee()).isEqualTo("caseworker2");
            assertThat(now.getDueDate()).isEqualTo(task.getDueDate());
            assertThat(now.getPriority()).isEqualTo(task.getPriority());
        });
        assertThat(handovers.give(task.getId(), Optional.empty(), "ill").result())
                .isEqualTo(Result.HANDED_OVER);
        assertThat(scenario.task(VERIFY).getAssignee()).isNull();
        assertThat(audit.entries(scenario.reference().value(), 0, 100))
                .filteredOn(entry -> entry.action().equals("task.handed-over"))
                .extracting(entry -> entry.actor() + ": " + entry.detail())
                .containsExactly(
                        "manager1: Verify content, from caseworker1 to caseworker2: because",
                        "manager1: Verify content, from caseworker2 to the queue: ill");
        assertThat(handovers.give("no-such-task", Optional.empty(), "x").result())
                .isEqualTo(Result.NOT_OPEN);
    }

    @Test
    void givesNobodyWhatTheyMayNotDecide() {
        scenario.flagged(Category.WEAPONS_SALE)
                .completes(
                        "officer",
                        VERIFY,
                        Map.of(
                                "verdict", "UNLAWFUL",
                                "category", "WEAPONS_SALE",
                                "offence", "CJA_1988_S141",
                                "reasons", "A zombie knife.",
                                "threatToLife", false,
                                "childVisible", false,
                                "artisticContext", "NONE"))
                .isWaitingAt("Task_ApproveReferral");
        Task approve = scenario.task(TakedownProcess.TASK_APPROVE_REFERRAL);

        Handovers.Handover refused = give(approve, "officer");

        assertThat(refused.result()).isEqualTo(Result.REFUSED);
        assertThat(refused.detail()).contains("You verified");
        assertThat(give(approve, "caseworker1").result()).isEqualTo(Result.REFUSED);
        assertThat(give(approve, "covert2").result()).isEqualTo(Result.HANDED_OVER);
    }

    @Test
    void handsOverAllThatSomebodyHasAndLeavesWhatCannotBe() {
        String absent = "absent-" + UUID.randomUUID();
        events(absent, "caseworkers", "authorised-officers");
        scenario.flagged(Category.THREAT);
        tasks.setAssignee(scenario.task(VERIFY).getId(), absent);
        scenario.begin()
                .flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"));
        tasks.setAssignee(scenario.task(TakedownProcess.TASK_APPROVE_REFERRAL).getId(), absent);

        List<Handovers.Handover> results = handovers.giveAll(absent, Optional.of("caseworker2"), "long leave");

        assertThat(results)
                .extracting(Handovers.Handover::name, Handovers.Handover::result)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Verify content", Result.HANDED_OVER),
                        org.assertj.core.groups.Tuple.tuple("Approve referral", Result.REFUSED));
        assertThat(people.find(absent).orElseThrow().groups())
                .containsExactlyInAnyOrder("caseworkers", "authorised-officers");
        events(absent, "auditors");
        assertThat(people.find(absent).orElseThrow().groups()).containsExactly("auditors");
    }

    @Test
    void keepsCovertCasesOutOfEveryNumberOfThoseWhoMayNotKnow() {
        signIn("manager1", "managers");
        StepNow before = now(VERIFY);
        int queue = queue("caseworkers").open();
        int stuck = incidents.count();
        signIn("covert1", CaseVisibility.COVERT_OFFICERS);
        StepNow beforeTheirs = now(VERIFY);
        CaseReference covert = flags.flag(
                        rules.check(Map.of(
                                "url", "https://fake.example/posts/" + UUID.randomUUID(),
                                "reason", "an informant",
                                "category", "THREAT",
                                "source", "COVERT")),
                        "covert1")
                .caseReference();
        SecurityContextHolder.clearContext();
        scenario.turnsTo(covert).isWaitingAt(VERIFY);
        Task task = scenario.task(VERIFY);
        tasks.setAssignee(task.getId(), "covert1");
        signIn("covert1", CaseVisibility.COVERT_OFFICERS);
        CaseReference second = flags.flag(
                        rules.check(Map.of(
                                "url", "https://fake.example/posts/" + UUID.randomUUID(),
                                "reason", "an informant",
                                "category", "THREAT",
                                "source", "COVERT")),
                        "covert1")
                .caseReference();
        management.createJobQuery().list().stream()
                .filter(one -> tasksCase(one.getProcessInstanceId(), second))
                .forEach(one -> management.setJobRetries(one.getId(), 0));
        assertThat(now(VERIFY).cases()).isEqualTo(beforeTheirs.cases() + 1);
        Incident theirs = incidents.open(1000).stream()
                .filter(one -> one.caseReference().equals(Optional.of(second.value())))
                .findFirst()
                .orElseThrow();

        signIn("manager1", "managers");
        assertThat(now(VERIFY)).isEqualTo(before);
        assertThat(queue("caseworkers").open()).isEqualTo(queue);
        assertThat(incidents.count()).isEqualTo(stuck);
        assertThat(team.tasksOf("covert1", 500))
                .extracting(TeamBoard.OpenTask::caseReference)
                .doesNotContain(covert.value());
        assertThat(incidents.tryAgain(theirs.incidentId(), "x")).isEqualTo(Incidents.Result.UNKNOWN);
        assertThat(incidents.byHand(theirs.incidentId(), "x")).isEqualTo(Incidents.Result.UNKNOWN);
        assertThat(give(task, "caseworker1"))
                .usingRecursiveComparison()
                .ignoringFields("taskId")
                .isEqualTo(handovers.give("no-such-task", Optional.of("caseworker1"), "because"));
        assertThat(handovers.giveAll("covert1", Optional.of("caseworker1"), "x"))
                .extracting(Handovers.Handover::taskId)
                .doesNotContain(task.getId());

        signIn("covert1", CaseVisibility.COVERT_OFFICERS);
        assertThat(give(task, "caseworker1").detail()).contains("covert-officers");
        assertThat(give(task, "covert2").result()).isEqualTo(Result.HANDED_OVER);
        assertThat(incidents.tryAgain(theirs.incidentId(), "x")).isEqualTo(Incidents.Result.DONE);
    }

    private boolean tasksCase(String instance, CaseReference reference) {
        return instance != null
                && reference
                        .value()
                        .equals(Optional.ofNullable(runtime.createProcessInstanceQuery()
                                        .processInstanceId(instance)
                                        .singleResult())
                                .map(one -> one.getBusinessKey())
                                .orElse(""));
    }

    @Autowired
    org.camunda.bpm.engine.RuntimeService runtime;

    @Autowired
    org.springframework.context.ApplicationEventPublisher events;

    private void events(String user, String... groups) {
        events.publishEvent(new AuthenticationSuccessEvent(new TestingAuthenticationToken(user, "", groups)));
    }

    private Handovers.Handover give(Task task, String to) {
        return handovers.give(task.getId(), Optional.of(to), "because");
    }

    private StepNow now(String step) {
        return stepsNow.picture("takedown", OptionalInt.empty()).orElseThrow().steps().stream()
                .filter(one -> one.step().id().equals(step))
                .findFirst()
                .orElseGet(() -> new StepNow(
                        new Step(step, step, Step.Kind.PASSING, false, Optional.empty()),
                        true,
                        0,
                        0,
                        Optional.empty(),
                        0,
                        0,
                        0));
    }

    private TeamBoard.Member member(String person) {
        return team.board().members().stream()
                .filter(one -> one.person().equals(person))
                .findFirst()
                .orElseThrow();
    }

    private TeamBoard.Load queue(String group) {
        return team.board().queues().stream()
                .filter(one -> one.group().equals(group))
                .map(TeamBoard.Queue::load)
                .findFirst()
                .orElse(TeamBoard.Load.NONE);
    }

    private void flaggedAt(Instant at) {
        scenario.begin();
        ClockUtil.setCurrentTime(Date.from(at));
        scenario.flagged(Category.THREAT);
    }

    private void verifiedAfter(Duration age, Instant from) {
        flaggedAt(from);
        ClockUtil.setCurrentTime(Date.from(from.plus(age)));
        scenario.completes("caseworker1", VERIFY, unlawful());
    }

    /** Of cases verified after so many hours; how long they had is the business of a table. */
    private long overdueAmong(int... hours) {
        Duration had = Duration.between(
                scenario.task(VERIFY).getCreateTime().toInstant(),
                scenario.task(VERIFY).getDueDate().toInstant());
        return java.util.Arrays.stream(hours)
                .filter(spent -> Duration.ofHours(spent).compareTo(had) >= 0)
                .count();
    }

    private static boolean dueOn(Task task, String day) {
        return task.getDueDate()
                .toInstant()
                .atZone(org.takedownhub.pages.Moments.LONDON)
                .toLocalDate()
                .equals(LocalDate.parse(day));
    }

    private static Map<String, Object> unlawful() {
        return Map.of(
                "verdict", "UNLAWFUL",
                "category", "THREAT",
                "offence", "OAPA_1861_S16",
                "reasons", "Because of what it says.",
                "threatToLife", false,
                "childVisible", false,
                "artisticContext", "NONE");
    }

    private static void signIn(String user, String group) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "", group));
    }
}
