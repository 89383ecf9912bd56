package org.takedownhub.modelling.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.takedownhub.DeskTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.deconfliction.Interests;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.migration.Impact.Affected;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;
import org.takedownhub.removal.Answer;
import org.takedownhub.removal.Replannings.Clocked;

/** Open cases and a newer set of models: the real models, the real engine, every kind of wait. */
@DeskTest
class MigrationTest {

    private static final String URGENT = "OutputEntry_VoluntaryUrgent_period\"><text>\"PT24H\"";

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Desk desk;

    @Autowired
    Impacts impacts;

    @Autowired
    Migrations migrations;

    @Autowired
    ChangeRequests requests;

    @Autowired
    Cases cases;

    @Autowired
    ClockLedger ledger;

    @Autowired
    Interests interests;

    @Autowired
    Flags flags;

    @Autowired
    FlagRules rules;

    @Autowired
    Audit audit;

    @Autowired
    Transactions transactions;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService jobs;

    @Autowired
    ConfigurableApplicationContext context;

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
        desk.close();
        scenario.end();
    }

    @Test
    void saysOfADraftWhichCasesFitAndWhatItWouldMakeOfTheirDeadlines() {
        CaseReference verifying = parked(this::verifying);
        CaseReference awaiting = parked(this::awaiting);
        Instant due = scenario.recipient().dueAt().orElseThrow();
        ModelSet draft = newer();

        Impact impact = impactOf(new Target.Draft(draft, Map.of()));

        assertThat(affected(impact, verifying).fit()).isEqualTo(Fit.FITS);
        assertThat(affected(impact, verifying).clocks()).isEmpty();
        assertThat(affected(impact, awaiting).fit()).isEqualTo(Fit.FITS);
        assertThat(affected(impact, awaiting).places())
                .extracting(Impact.Place::step, Impact.Place::name, Impact.Place::counterpart)
                .containsExactly(tuple("Task_AwaitRemoval", "Await removal", Optional.of("Wait for removal")));
        assertThat(affected(impact, awaiting).clocks()).singleElement().satisfies(one -> {
            assertThat(one.dueAt()).isEqualTo(due);
            assertThat(one.newDueAt()).contains(due.minus(Duration.ofHours(12)));
            assertThat(one.overdueAtOnce()).isFalse();
            assertThat(one.isMovable()).isTrue();
        });
        assertThat(impact.waits())
                .filteredOn(wait -> wait.step().equals("Task_VerifyContent"))
                .isNotEmpty();
        assertThat(impact.timers())
                .filteredOn(Impact.Timer::clock)
                .extracting(Impact.Timer::event)
                .contains("Event_RemovalDeadlinePassed", "Event_ReminderDue");

        scenario.timePasses(Duration.ofHours(13));
        Impact later = impactOf(new Target.Draft(draft, Map.of()));
        assertThat(affected(later, awaiting).clocks())
                .extracting(Clocked::overdueAtOnce)
                .containsExactly(true);
        assertThat(later.overdueAtOnce().orElseThrow()).isPositive();
        assertThat(scenario.recipient().dueAt()).contains(due);
    }

    @Test
    void movesCasesFromEveryKindOfWaitAndKeepsEverythingToTheMillisecondAndBackAgain() {
        Map<String, CaseReference> parked = new LinkedHashMap<>();
        parked.put("Process_Escalation", parked(this::escalated));
        parked.put("Task_SendReminder gone", parked(this::reminded));
        parked.put("Task_VerifyContent", parked(this::verifying));
        parked.put("Process_Deconfliction", parked(this::deconflicting));
        parked.put("Task_AwaitRemoval", parked(this::awaiting));
        parked.put("Task_AwaitReturn", parked(this::watching));
        Set<CaseReference> all = new TreeSet<>(Comparator.comparing(CaseReference::value));
        all.addAll(parked.values());
        Map<CaseReference, Map<String, String>> before = snapshots(all);
        Instant now = clock.instant();

        String newer = desk.publish(newer());
        Impact dryRun = impactOf(new Target.Published(newer));
        assertThat(all)
                .allSatisfy(one -> assertThat(affected(dryRun, one).problems()).isEmpty());
        String migration = started(order(newer, all, Map.of(), Map.of()));
        assertThat(migrations.find(migration).orElseThrow().settled()).isZero();
        migrations.run();

        assertThat(results(migration).values()).allSatisfy(one -> {
            assertThat(one.state()).as(one.message()).isEqualTo(CaseState.MIGRATED);
            assertThat(one.from()).contains("takedown ");
            assertThat(one.to()).contains("takedown ").isNotEqualTo(one.from());
        });
        assertThat(migrations.find(migration).orElseThrow().state()).isEqualTo(Migration.State.DONE);
        assertThat(snapshots(all)).isEqualTo(before);
        assertThat(all).allSatisfy(one -> {
            assertThat(deployments(one)).containsExactly(newer);
            assertThat(cases.require(one).processVersion()).contains("takedown:" + version(newer));
            assertThat(entries(one, "case.migrated"))
                    .singleElement()
                    .asString()
                    .contains("ordered by manager1", "All belong on one version");
        });

        String back = desk.publish(desk.shipped());
        String reverse = started(order(back, all, Map.of(), Map.of()));
        migrations.run();
        assertThat(results(reverse).values()).extracting(MigratedCase::state).containsOnly(CaseState.MIGRATED);
        assertThat(snapshots(all)).isEqualTo(before);
        assertThat(all).allSatisfy(one -> assertThat(deployments(one)).containsExactly(back));

        // What had been sent is not sent again, and what was due is still due then.
        scenario.turnsTo(parked.get("Task_SendReminder gone"));
        assertThat(reminders(scenario.reference())).isOne();
        scenario.turnsTo(parked.get("Task_AwaitRemoval"));
        Instant due = scenario.recipient().dueAt().orElseThrow();
        scenario.itIs(due.minusMillis(1)).isWaitingAt("Task_AwaitRemoval");
        scenario.itIs(due).isWaitingAt("Process_Escalation");
        assertThat(now).isBefore(due);
    }

    @Test
    void leavesWhatHasNoPlaceInTheNewerSetAndSaysWhatIsMissing() {
        CaseReference verifying = parked(this::verifying);
        CaseReference awaiting = parked(this::awaiting);
        ModelSet moved = desk.shipped().with(desk.changed("takedown.bpmn", "Task_AwaitRemoval", "Task_WaitForRemoval"));

        Impact draft = impactOf(new Target.Draft(moved, Map.of()));
        assertThat(affected(draft, verifying).fit()).isEqualTo(Fit.FITS);
        assertThat(affected(draft, awaiting).fit()).isEqualTo(Fit.NEEDS_MAPPING);
        assertThat(affected(draft, awaiting).problems())
                .containsExactly(
                        "It waits at “Await removal” (Task_AwaitRemoval), which is gone from the newer set: say"
                                + " which step takes its place.");
        assertThat(affected(
                                impactOf(new Target.Draft(moved, Map.of("Task_AwaitRemoval", "Task_WaitForRemoval"))),
                                awaiting)
                        .fit())
                .isEqualTo(Fit.FITS);
        assertThat(affected(
                                impactOf(new Target.Draft(moved, Map.of("Task_AwaitRemoval", "Task_VerifyContent"))),
                                awaiting)
                        .problems())
                .singleElement()
                .asString()
                .contains("the step named in its place cannot take it");
        assertThat(affected(impactOf(new Target.Draft(moved.without("takedown.bpmn"), Map.of())), awaiting)
                        .fit())
                .isEqualTo(Fit.CANNOT);

        String newer = desk.publish(moved);
        Map<String, String> before = snapshot(awaiting);
        Set<String> stays = deployments(awaiting);
        String migration = started(order(newer, Set.of(verifying, awaiting), Map.of(), Map.of()));
        migrations.run();

        Map<CaseReference, MigratedCase> results = results(migration);
        assertThat(results.get(verifying).state()).isEqualTo(CaseState.MIGRATED);
        assertThat(results.get(awaiting).state()).isEqualTo(CaseState.FAILED);
        assertThat(results.get(awaiting).message()).contains("It stays where it was", "Task_AwaitRemoval");
        assertThat(deployments(awaiting)).isEqualTo(stays).doesNotContain(newer);
        assertThat(snapshot(awaiting)).isEqualTo(before);
    }

    @Test
    void movesAWaitWithItsTimersUnderAnotherIdWhenAChangeRequestNamesIt() {
        CaseReference awaiting = parked(this::awaiting);
        Instant due = scenario.recipient().dueAt().orElseThrow();
        CaseReference stayed = parked(this::awaiting);
        Map<String, String> before = snapshot(awaiting);
        ChangeRequest request = opened();
        String newer = desk.publish(
                desk.shipped().with(desk.changed("takedown.bpmn", "Task_AwaitRemoval", "Task_WaitForRemoval")));
        jdbc.sql("update change_request set state = 'PUBLISHED', deployment_id = ? where number = ?")
                .params(newer, request.reference().number())
                .update();
        jdbc.sql("insert into change_move (change_number, live_id, draft_id) values (?, 'Task_AwaitRemoval',"
                        + " 'Task_WaitForRemoval')")
                .param(request.reference().number())
                .update();

        String migration = started(order(newer, Set.of(awaiting), Map.of(), Map.of()));
        migrations.run();

        assertThat(results(migration).get(awaiting).message()).isEmpty();
        assertThat(results(migration).get(awaiting).state()).isEqualTo(CaseState.MIGRATED);
        assertThat(snapshot(awaiting)).isEqualTo(before);
        scenario.turnsTo(awaiting).itIs(due.minusMillis(1)).isWaitingAt("Task_WaitForRemoval");
        scenario.itIs(due).isWaitingAt("Process_Escalation");

        String back = desk.publish(desk.shipped());
        assertThat(affected(impactOf(new Target.Published(back)), stayed).problems())
                .as("a wait that was renamed and has its old name again")
                .isEmpty();
    }

    @Test
    void neverLosesATimerUnlessAManagerLetsItEndAndNeverTheDeadlineItself() {
        CaseReference awaiting = parked(this::awaiting);
        ModelSet unreminded = desk.shipped().with(withoutReminder());
        String newer = desk.publish(unreminded);

        assertThat(affected(impactOf(new Target.Published(newer)), awaiting).problems())
                .singleElement()
                .asString()
                .contains("Its timer “Reminder due” (Event_ReminderDue) runs and has no counterpart");
        assertThat(refused(order(newer, Set.of(awaiting), Map.of("Event_ReminderDue", TimerChoice.END), Map.of())))
                .contains("alarm of a recipient's clock");
        assertThat(refused(order(
                        newer, Set.of(awaiting), Map.of("Event_RemovalDeadlinePassed", TimerChoice.NEW), Map.of())))
                .contains("alarm of a recipient's clock");
    }

    @Test
    void computesDeadlinesAnewOnlyOfNamedCasesAndKeepsWhatHeldBefore() {
        CaseReference first = parked(this::awaiting);
        Instant due = scenario.recipient().dueAt().orElseThrow();
        Instant given = scenario.recipient().givenAt().orElseThrow();
        CaseReference second = parked(this::awaiting);
        CaseReference third = parked(this::awaiting);
        CaseReference weapons = parked(() -> scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL)
                .approved(true)
                .dispatched());
        String newer = desk.publish(newer());

        assertThat(refused(order(newer, Set.of(first), Map.of(), Map.of(weapons, "why"))))
                .contains("is not among the cases to be moved");
        assertThat(refused(order(newer, Set.of(first, weapons), Map.of(), Map.of(weapons, "why"))))
                .contains("the law sets the time of", "Crime and Policing Act 2026 s.21");
        String migration = started(order(
                newer,
                Set.of(first, second, third, weapons),
                Map.of(),
                Map.of(first, "A child is in it", second, "It spreads")));
        migrations.run();

        Map<CaseReference, MigratedCase> results = results(migration);
        assertThat(results.values()).extracting(MigratedCase::state).containsOnly(CaseState.MIGRATED);
        Instant sooner = given.plus(Duration.ofHours(12));
        for (CaseReference replanned : List.of(first, second)) {
            assertThat(results.get(replanned).replanned())
                    .extracting(MigratedCase.Replanned::before, MigratedCase.Replanned::after)
                    .containsExactly(tuple(due, sooner));
            assertThat(cases.require(replanned).removalDueAt()).contains(sooner);
            assertThat(ledger.of(replanned, 0))
                    .extracting(ClockEntry::event, entry -> entry.dueAt().orElseThrow())
                    .containsExactly(tuple(ClockEntry.Event.STARTED, due), tuple(ClockEntry.Event.REPLANNED, sooner));
            assertThat(entries(replanned, "clock.re-planned"))
                    .singleElement()
                    .asString()
                    .contains("until " + sooner + " instead of " + due, "ordered by manager1");
        }
        assertThat(cases.require(third).removalDueAt()).contains(due);
        assertThat(results.get(third).replanned()).isEmpty();
        scenario.turnsTo(third).itIs(sooner).isWaitingAt("Task_AwaitRemoval");
        scenario.turnsTo(first).isWaitingAt("Process_Escalation");
    }

    @Test
    void leavesCovertCasesWhereTheyAreUnlessSomebodyOfTheirGroupMovesThem() {
        CaseReference open = parked(this::verifying);
        CaseReference covert = covert();
        String newer = desk.publish(newer());

        String ordinary = desk.as("manager1", () -> started(order(newer, null, Map.of(), Map.of())));
        assertThat(refused(order(newer, Set.of(covert), Map.of(), Map.of())))
                .isEqualTo("There is no open case " + covert + " on an older version");
        migrations.run();
        assertThat(deployments(open)).containsExactly(newer);
        assertThat(deployments(covert)).doesNotContain(newer);
        assertThat(desk.as("manager1", () -> impacts.of(new Target.Published(newer), Map.of(), Optional.empty(), 200)
                        .cases()))
                .extracting(Affected::reference)
                .doesNotContain(covert);

        Order ofTheGroup = order(newer, Set.of(covert), Map.of(), Map.of());
        String hidden = desk.as("manager2", () -> started(ofTheGroup), "managers", CaseVisibility.COVERT_OFFICERS);
        assertThat(desk.as("manager1", () -> migrations.find(hidden))).isEmpty();
        assertThat(desk.as("manager1", () -> migrations.cases(hidden, Optional.empty(), "", 200)))
                .isEmpty();
        migrations.run();
        assertThat(deployments(covert)).containsExactly(newer);
        assertThat(desk.as("manager1", () -> migrations.find(ordinary))).isPresent();
        assertThat(jdbc.sql("select count(*) from audit_entry where stream = 'HUB' and detail like ?")
                        .param("%" + covert.value() + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void goesOnAfterANodeWasKilledAndMovesNoCaseTwice() {
        Set<CaseReference> five = new TreeSet<>(Comparator.comparing(CaseReference::value));
        for (int i = 0; i < 5; i++) {
            five.add(parked(this::verifying));
        }
        String newer = desk.publish(newer());
        String migration = started(order(newer, five, Map.of(), Map.of()));

        AtomicInteger moved = new AtomicInteger();
        ApplicationListener<ApplicationEvent> kill = event -> {
            boolean mine =
                    event instanceof PayloadApplicationEvent<?> told && told.getPayload() instanceof CaseMigrated;
            if (mine && moved.incrementAndGet() == 3) {
                throw new NodeKilled();
            }
        };
        context.addApplicationListener(kill);
        try {
            assertThatThrownBy(migrations::run).isInstanceOf(NodeKilled.class);
        } finally {
            context.removeApplicationListener(kill);
        }
        assertThat(migrations.find(migration).orElseThrow().count(CaseState.MIGRATED))
                .isEqualTo(2);
        assertThat(five.stream().filter(one -> deployments(one).contains(newer)))
                .hasSize(2);

        migrations.run();
        assertThat(migrations.find(migration).orElseThrow().count(CaseState.MIGRATED))
                .isEqualTo(5);
        assertThat(five).allSatisfy(one -> {
            assertThat(deployments(one)).containsExactly(newer);
            assertThat(entries(one, "case.migrated")).hasSize(1);
        });
    }

    @Test
    void stopsWhenItIsToldAndSkipsWhatHasEnded() {
        CaseReference ended = parked(this::awaiting);
        CaseReference stopped = parked(this::verifying);
        String newer = desk.publish(newer());
        String first = started(order(newer, Set.of(ended), Map.of(), Map.of()));
        scenario.turnsTo(ended).withdrawn();
        migrations.run();
        assertThat(results(first).get(ended).state()).isEqualTo(CaseState.SKIPPED);

        String second = started(order(newer, Set.of(stopped), Map.of(), Map.of()));
        assertThat(desk.as("manager2", () -> migrations.cancel(second, "Wrong night")))
                .isTrue();
        migrations.run();
        assertThat(results(second).get(stopped).state()).isEqualTo(CaseState.SKIPPED);
        assertThat(deployments(stopped)).doesNotContain(newer);
        assertThat(migrations.cancel(second, "again")).isFalse();
        assertThat(migrations.find(second).orElseThrow().state()).isEqualTo(Migration.State.CANCELLED);
    }

    /** As a kill does, it passes everything by that expects failures. */
    private static final class NodeKilled extends Error {

        private static final long serialVersionUID = 1L;
    }

    private ModelSet newer() {
        return desk.shipped()
                .with(desk.changed("takedown.bpmn", "name=\"Await removal\"", "name=\"Wait for removal\""))
                .with(desk.changed("removal-deadline.dmn", URGENT, URGENT.replace("24", "12")));
    }

    private ModelFile withoutReminder() {
        String text = desk.shipped().file("takedown.bpmn").orElseThrow().text();
        String without = text;
        for (String element : List.of(
                "<bpmn:boundaryEvent id=\"Event_ReminderDue\".*?</bpmn:boundaryEvent>",
                "<bpmn:serviceTask id=\"Task_SendReminder\".*?</bpmn:serviceTask>",
                "<bpmn:endEvent id=\"EndEvent_ReminderSent\".*?</bpmn:endEvent>",
                "<bpmn:sequenceFlow id=\"Flow_ToSendReminder\"[^>]*/>",
                "<bpmn:sequenceFlow id=\"Flow_ToReminderSent\"[^>]*/>",
                "<bpmndi:BPMNShape [^>]*bpmnElement=\"(Event_ReminderDue|Task_SendReminder|EndEvent_ReminderSent)\".*?"
                        + "</bpmndi:BPMNShape>",
                "<bpmndi:BPMNEdge [^>]*bpmnElement=\"(Flow_ToSendReminder|Flow_ToReminderSent)\".*?</bpmndi:BPMNEdge>")) {
            without = Pattern.compile(element, Pattern.DOTALL).matcher(without).replaceAll("");
        }
        assertThat(without).doesNotContain("ReminderDue\"").isNotEqualTo(text);
        return new ModelFile("takedown.bpmn", without);
    }

    private CaseReference parked(Runnable story) {
        scenario.begin();
        story.run();
        return scenario.reference();
    }

    private void verifying() {
        scenario.flagged(Category.THREAT).isWaitingAt("Task_VerifyContent").claims("caseworker1", "Task_VerifyContent");
    }

    private void deconflicting() {
        scenario.flagged(Category.THREAT);
        transactions.run(() -> interests.add(
                "north",
                Interests.Kind.CONTENT,
                interests.hash(
                        "north",
                        Interests.Kind.CONTENT,
                        scenario.file().contentKey().value()),
                "Control room",
                Optional.of("Operation Violet"),
                clock.instant().plus(Duration.ofDays(1))));
        scenario.verifiedAs(Verdict.UNLAWFUL).isWaitingAt("Process_Deconfliction");
    }

    private void awaiting() {
        scenario.referred(Category.THREAT);
    }

    private void reminded() {
        scenario.referred(Category.THREAT).timePasses(Duration.ofHours(19)).isWaitingAt("Task_AwaitRemoval");
        assertThat(reminders(scenario.reference())).isOne();
    }

    private void escalated() {
        scenario.referred(Category.THREAT).removalDeadlinePasses().isWaitingAt("Process_Escalation");
    }

    private void watching() {
        scenario.referred(Category.THREAT).told(Answer.REMOVED).isWatchedForReturn();
    }

    private CaseReference covert() {
        scenario.begin();
        return desk.as(
                "covert1",
                () -> flags.flag(
                                rules.check(Map.of(
                                        "url",
                                        scenario.url(),
                                        "reason",
                                        "An informant says so",
                                        "category",
                                        "THREAT",
                                        "source",
                                        "COVERT",
                                        "reportingForce",
                                        "north")),
                                "covert1")
                        .caseReference(),
                CaseVisibility.COVERT_OFFICERS);
    }

    private ChangeRequest opened() {
        return desk.as("manager1", () -> requests.open("Shorter deadlines", "Platforms can do it", Origin.API));
    }

    private Order order(
            String deployment,
            @Nullable Set<CaseReference> named,
            Map<String, TimerChoice> timers,
            Map<CaseReference, String> replanned) {
        return new Order(
                opened().reference().number(),
                deployment,
                Optional.ofNullable(named),
                timers,
                replanned,
                "All belong on one version");
    }

    /** By manager1, unless somebody is signed in already. */
    private String started(Order order) {
        Ordered ordered = SecurityContextHolder.getContext().getAuthentication() == null
                ? desk.as("manager1", () -> migrations.start(order))
                : migrations.start(order);
        assertThat(ordered).isInstanceOf(Ordered.Started.class);
        return ((Ordered.Started) ordered).migration();
    }

    private String refused(Order order) {
        Ordered ordered = desk.as("manager1", () -> migrations.start(order));
        assertThat(ordered).isInstanceOf(Ordered.Refused.class);
        return ((Ordered.Refused) ordered).problems().get(0).detail();
    }

    private Impact impactOf(Target target) {
        List<Affected> all = new ArrayList<>();
        Impact first = impacts.of(target, Map.of(), Optional.empty(), 200);
        all.addAll(first.cases());
        Impact page = first;
        while (page.more()) {
            page = impacts.of(
                    target,
                    Map.of(),
                    Optional.of(all.get(all.size() - 1).reference().value()),
                    200);
            all.addAll(page.cases());
        }
        assertThat(all).hasSize(first.all());
        return new Impact(
                first.fits(),
                first.needMapping(),
                first.cannot(),
                first.overdueAtOnce(),
                first.waits(),
                first.timers(),
                all,
                false);
    }

    private static Affected affected(Impact impact, CaseReference reference) {
        return impact.cases().stream()
                .filter(one -> one.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private Map<CaseReference, MigratedCase> results(String migration) {
        Map<CaseReference, MigratedCase> results = new LinkedHashMap<>();
        migrations.cases(migration, Optional.empty(), "", 200).forEach(one -> results.put(one.reference(), one));
        return results;
    }

    private Map<CaseReference, Map<String, String>> snapshots(Set<CaseReference> references) {
        Map<CaseReference, Map<String, String>> snapshots = new LinkedHashMap<>();
        references.forEach(one -> snapshots.put(one, snapshot(one)));
        return snapshots;
    }

    /** What people and clocks go by, read as programs read it. */
    private Map<String, String> snapshot(CaseReference reference) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("removal due", cases.require(reference).removalDueAt().toString());
        facts.put("state", cases.require(reference).state().toString());
        for (ProcessInstance instance : instances(reference)) {
            facts.put(instance.getId(), instance.getBusinessKey() + " " + instance.getTenantId());
            for (Job job :
                    jobs.createJobQuery().processInstanceId(instance.getId()).list()) {
                facts.put("job " + job.getId(), job.getDuedate().getTime() + " " + job.getRetries());
            }
            for (var variable : runtime.createVariableInstanceQuery()
                    .processInstanceIdIn(instance.getId())
                    .list()) {
                facts.put("variable " + variable.getId(), variable.getName() + " " + variable.getValue());
            }
        }
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(reference.value())
                .list()) {
            facts.put(
                    "task " + task.getId(),
                    task.getDueDate().getTime() + " " + task.getAssignee() + " " + task.getPriority() + " "
                            + task.getFollowUpDate() + " " + task.getName());
        }
        return facts;
    }

    private List<ProcessInstance> instances(CaseReference reference) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(reference.value())
                .list();
    }

    private Set<String> deployments(CaseReference reference) {
        Set<String> deployments = new TreeSet<>();
        instances(reference)
                .forEach(instance -> deployments.add(repository
                        .getProcessDefinition(instance.getProcessDefinitionId())
                        .getDeploymentId()));
        assertThat(deployments).isNotEmpty();
        return deployments;
    }

    private int version(String deployment) {
        return repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment)
                .processDefinitionKey("takedown")
                .singleResult()
                .getVersion();
    }

    private List<String> entries(CaseReference reference, String action) {
        return audit.entries(reference.value(), 0, 1000).stream()
                .filter(entry -> entry.action().equals(action))
                .map(AuditEntry::detail)
                .toList();
    }

    private int reminders(CaseReference reference) {
        return jdbc.sql("select count(*) from letter where case_reference = ? and purpose = 'REMINDER'")
                .param(reference.value())
                .query(Integer.class)
                .single();
    }
}
