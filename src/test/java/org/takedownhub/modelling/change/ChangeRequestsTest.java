package org.takedownhub.modelling.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.takedownhub.DeskTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** What may happen to a change request, and what may not. */
@DeskTest
class ChangeRequestsTest {

    private static final String DEADLINES = "removal-deadline.dmn";
    private static final String TEST_CASES = "removal-deadline.csv";
    private static final String CASES = "removal-deadline.csv";

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private PublishedModels published;

    @Autowired
    private DecisionTables tables;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private StartUp startUp;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Audit audit;

    @Autowired
    private Desk desk;

    private long logged;

    @BeforeEach
    void rememberTheLog() {
        logged = audit.lastPosition(Audit.HUB);
    }

    @AfterEach
    void restore() {
        ClockUtil.reset();
        desk.close();
    }

    @Test
    void letsATimeframeGoLiveWithTwoNames() {
        String before = published.live().id();
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        assertThat(deadline()).as("a draft changes nothing").isEqualTo("PT24H");
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(draft.reference(), draft.revision(), Optional.empty())));
        assertThat(deadline()).as("nor does submitting it").isEqualTo("PT24H");

        ChangeRequest live = asManager2(
                () -> done(requests.approve(submitted.reference(), submitted.revision(), "Agreed at the meeting")));

        assertThat(deadline()).isEqualTo("PT12H");
        assertThat(live.state()).isEqualTo(ChangeState.PUBLISHED);
        assertThat(live.replacedDeploymentId()).contains(before);
        assertThat(published.live().name()).isEqualTo(live.reference() + " " + live.version());
        assertThat(published.live().files().sha256()).isEqualTo(live.setSha256().orElseThrow());
        assertThat(published.live().files().files().keySet())
                .as("a set is whole")
                .isEqualTo(desk.shipped().files().keySet());
        assertThat(log())
                .extracting(AuditEntry::action)
                .containsExactly(
                        "model.opened",
                        "model.saved",
                        "model.saved",
                        "model.submitted",
                        "model.approved",
                        "model.published");
        assertThat(log().get(4).actor()).isEqualTo("manager2");
        assertThat(log().get(5).detail())
                .contains(
                        live.setSha256().orElseThrow(),
                        "manager1",
                        "manager2",
                        live.deploymentId().orElseThrow());
    }

    @Test
    void isNotApprovedByAnyoneWhoHadAHandInIt() {
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ChangeRequest both = asManager2(() -> done(requests.save(
                draft.reference(),
                draft.revision(),
                List.of(desk.changed("approval-rule.dmn", "Approval", "Approval")))));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(both.reference(), both.revision(), Optional.empty())));

        for (String name : List.of("manager1", "manager2")) {
            Outcome refused =
                    desk.as(name, () -> requests.approve(submitted.reference(), submitted.revision(), "It is fine"));
            assertThat(refused).as(name).isInstanceOf(Outcome.NotPossible.class);
        }
        assertThat(desk.as("manager3", () -> requests.approve(submitted.reference(), submitted.revision(), "Fine")))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void keepsNothingOfAFileThatHasAnError() {
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ModelFile hostile = desk.changed(
                "takedown.bpmn", "camunda:candidateGroups=\"caseworkers\"", "camunda:candidateGroups=\"${a.b()}\"");

        Outcome outcome = asManager1(() -> requests.save(draft.reference(), draft.revision(), List.of(hostile)));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).findings())
                .filteredOn(Finding::isError)
                .extracting(Finding::file)
                .containsOnly("takedown.bpmn");
        assertThat(requests.find(draft.reference()).orElseThrow().changed()).containsExactly(CASES, DEADLINES);
        assertThat(log()).last().extracting(AuditEntry::action).isEqualTo("model.refused");
    }

    @Test
    void asksForTheRevisionThatWasSeen() {
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ChangeRequest later = asManager1(() -> done(requests.save(draft.reference(), draft.revision(), halfADay())));

        Outcome outcome = asManager2(() -> requests.save(draft.reference(), draft.revision(), halfADay()));

        assertThat(outcome).isEqualTo(new Outcome.Overtaken(later));
    }

    @Test
    void findsAFileThatSomebodyElseHasPublishedMeanwhile() {
        ChangeRequest slow = asManager1(() -> opened(halfADay()));
        publish(inPlaceOfADay("PT6H"));

        Outcome outcome = asManager1(() -> requests.submit(slow.reference(), slow.revision(), Optional.empty()));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).findings())
                .extracting(Finding::rule, Finding::file)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("changed-meanwhile", CASES),
                        org.assertj.core.groups.Tuple.tuple("changed-meanwhile", DEADLINES));
    }

    @Test
    void publishesWhatWasLookedAtAndNothingElse() {
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(draft.reference(), draft.revision(), Optional.empty())));
        ModelFile ladder = desk.shipped().file("escalation-ladder.dmn").orElseThrow();
        publish(List.of(new ModelFile(ladder.name(), ladder.text() + " ")));

        Outcome outcome = asManager2(() -> requests.approve(submitted.reference(), submitted.revision(), "Fine"));

        assertThat(outcome).isInstanceOf(Outcome.NotPossible.class);
        assertThat(requests.find(draft.reference()).orElseThrow().state()).isEqualTo(ChangeState.DRAFT);
        assertThat(deadline()).isEqualTo("PT24H");
    }

    @Test
    void publishesOnceWhenTwoManagersApproveAtTheSameMoment() throws InterruptedException, ExecutionException {
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(draft.reference(), draft.revision(), Optional.empty())));
        int sets = desk.sets().size();

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Outcome>> outcomes = threads.invokeAll(List.<Callable<Outcome>>of(
                    () -> asManager2(() -> requests.approve(submitted.reference(), submitted.revision(), "Fine")),
                    () -> desk.as(
                            "manager3", () -> requests.approve(submitted.reference(), submitted.revision(), "Fine"))));
            assertThat(List.of(
                            outcomes.get(0).get().getClass(),
                            outcomes.get(1).get().getClass()))
                    .containsExactlyInAnyOrder(Outcome.Done.class, Outcome.Overtaken.class);
        } finally {
            threads.shutdownNow();
        }
        assertThat(desk.sets()).hasSize(sets + 1);
    }

    @Test
    void goesLiveByItselfWhenItTakesEffect() {
        Instant tomorrow = ClockUtil.getCurrentTime().toInstant().plus(Duration.ofDays(1));
        ChangeRequest draft = asManager1(() -> opened(halfADay()));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(draft.reference(), draft.revision(), Optional.of(tomorrow))));
        ChangeRequest scheduled =
                asManager2(() -> done(requests.approve(submitted.reference(), submitted.revision(), "Fine")));
        assertThat(scheduled.state()).isEqualTo(ChangeState.SCHEDULED);

        requests.publishDue();
        assertThat(deadline()).isEqualTo("PT24H");
        ClockUtil.setCurrentTime(java.util.Date.from(tomorrow));
        requests.publishDue();

        assertThat(deadline()).isEqualTo("PT12H");
        assertThat(requests.find(draft.reference()).orElseThrow().state()).isEqualTo(ChangeState.PUBLISHED);
    }

    @Test
    void rollsBackByPublishingTheEarlierFilesAnew() {
        String before = published.live().id();
        publish(halfADay());
        String between = published.live().id();

        ChangeRequest back = asManager1(() -> requests.rollBack(before, "Platforms cannot keep up"));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(back.reference(), back.revision(), Optional.empty())));
        asManager2(() -> done(requests.approve(submitted.reference(), submitted.revision(), "Agreed")));

        assertThat(deadline()).isEqualTo("PT24H");
        assertThat(published.live().id()).isNotIn(before, between);
        assertThat(desk.sets()).as("nothing is deleted").contains(before, between);
    }

    @Test
    void leavesPublishedModelsInForceWhenANewerProgramStarts() {
        publish(halfADay());
        ModelFile newer = desk.changed(
                "escalation-ladder.dmn", "<decision id=\"escalation-ladder\"", "<decision  id=\"escalation-ladder\"");

        Optional<ChangeRequest> proposed = startUp.newerProgram(desk.shipped().with(newer));

        assertThat(proposed.orElseThrow().changed()).containsExactly("escalation-ladder.dmn");
        assertThat(proposed.orElseThrow().origin()).isEqualTo(Origin.PROGRAM);
        assertThat(deadline()).isEqualTo("PT12H");
        assertThat(startUp.newerProgram(desk.shipped().with(newer)))
                .as("the second start proposes nothing again")
                .isEmpty();
    }

    @Test
    void keepsOneDraftForAModelThatIsSentAgainAndAgain() {
        Drafts.Taken first = asManager1(() -> drafts.take(Origin.MODELER, "weapons", "Sent", halfADay()));
        Drafts.Taken second = asManager1(() -> drafts.take(Origin.MODELER, "weapons", "Sent", inPlaceOfADay("PT8H")));

        assertThat(done(second.outcome()).reference())
                .isEqualTo(done(first.outcome()).reference());
        assertThat(requests.draft(done(second.outcome()).reference())
                        .file(DEADLINES)
                        .orElseThrow()
                        .text())
                .contains("PT8H");
        assertThat(deadline()).isEqualTo("PT24H");
    }

    private void publish(List<ModelFile> files) {
        ChangeRequest draft = asManager1(() -> opened(files));
        ChangeRequest submitted =
                asManager1(() -> done(requests.submit(draft.reference(), draft.revision(), Optional.empty())));
        asManager2(() -> done(requests.approve(submitted.reference(), submitted.revision(), "Agreed")));
    }

    private ChangeRequest opened(List<ModelFile> files) {
        return done(requests.open("Less time", "The meeting wants it", Origin.DESK, files, Map.of()));
    }

    private List<ModelFile> halfADay() {
        return inPlaceOfADay("PT12H");
    }

    /** The table with its test cases, which say the same. */
    private List<ModelFile> inPlaceOfADay(String period) {
        return List.of(
                desk.changed(DEADLINES, "\"PT24H\"", "\"" + period + "\""), desk.changed(TEST_CASES, "PT24H", period));
    }

    private String deadline() {
        return tables.decide(
                        TakedownProcess.DECISION_REMOVAL_DEADLINE,
                        Map.of(
                                "instrument",
                                "VOLUNTARY_REFERRAL",
                                "category",
                                "INCITEMENT",
                                "threatToLife",
                                false,
                                "returned",
                                false))
                .orElseThrow()
                .text("period");
    }

    private List<AuditEntry> log() {
        return audit.entries(Audit.HUB, logged, 1000).stream()
                .filter(entry -> entry.action().startsWith("model."))
                .toList();
    }

    private <T> T asManager1(Supplier<T> work) {
        return desk.as("manager1", work);
    }

    private <T> T asManager2(Supplier<T> work) {
        return desk.as("manager2", work);
    }

    private static ChangeRequest done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).request();
    }
}
