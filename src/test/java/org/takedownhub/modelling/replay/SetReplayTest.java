package org.takedownhub.modelling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.takedownhub.modelling.replay.Told.FLAGGED;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.replay.PastCase.Said.What;

/** The shipped set, tried on cases of which a reader of the rules can tell what has to come out. */
class SetReplayTest {

    private static final Instant VERIFIED = FLAGGED.plus(Told.VERIFIED_AFTER);

    private static ModelSet shipped;
    private static SetReplay live;
    private static SetReplay draft;

    @BeforeAll
    static void prepare() {
        shipped = Told.shipped();
        live = Told.ready(shipped);
        draft = Told.ready(drafted());
    }

    /** Half the time for urgent referrals, no approvals, another form for questions, no end to second opinions. */
    private static ModelSet drafted() {
        String table = shipped.file("removal-deadline.dmn").orElseThrow().text();
        int period = table.indexOf("\"PT24H\"", table.indexOf("\"voluntary-urgent\""));
        ModelSet set = shipped.with(new ModelFile(
                "removal-deadline.dmn",
                table.substring(0, period) + "\"PT12H\"" + table.substring(period + "\"PT24H\"".length())));
        set = Told.changed(set, "takedown.bpmn", ">${approvalRequired}<", ">${false}<");
        set = Told.changed(set, "takedown.bpmn", "formRef=\"answer-clarification\"", "formRef=\"check-removal\"");
        return Told.changed(
                set,
                "takedown.bpmn",
                "sourceRef=\"Gateway_SecondOpinionNeeded\" targetRef=\"Task_VerifyContent\"",
                "sourceRef=\"Gateway_SecondOpinionNeeded\" targetRef=\"Task_ConsiderSafeguarding\"");
    }

    private static Replayed replayed(SetReplay set, PastCase facts) {
        return set.replay(facts, Habits.of(List.of()));
    }

    @AfterAll
    static void close() {
        live.close();
        draft.close();
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    /** A voluntary referral about a gang, given at once. */
    private static Told plain(int number) {
        return Told.of(number).verified(Verdict.UNLAWFUL);
    }

    @Test
    void removesAVoluntaryReferralInTime() {
        Replayed result = replayed(
                live,
                plain(1).given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                        .told());

        assertThat(result.outcome()).contains(Outcome.REMOVED);
        assertThat(result.instrument()).contains("VOLUNTARY_REFERRAL");
        assertThat(result.channel()).contains("API");
        assertThat(result.dueAt()).contains(VERIFIED.plus(hours(24)));
        assertThat(result.overdue()).isFalse();
        assertThat(result.rung()).isZero();
        assertThat(result.owners()).containsExactly("caseworkers");
        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER);
        assertThat(result.timeToRemove()).contains(hours(20));
        assertThat(result.assumed()).isFalse();
    }

    @Test
    void givesAThreatToLifeOneHour() {
        Replayed result = replayed(
                live,
                Told.of(2)
                        .about(Category.THREAT)
                        .threatToLife()
                        .verified(Verdict.UNLAWFUL, Duration.ofMinutes(5))
                        .given(Channel.API, Duration.ofSeconds(30), Outcome.REMOVED, Duration.ofMinutes(59))
                        .told());

        assertThat(result.dueAt()).contains(FLAGGED.plus(Duration.ofMinutes(65)).plusSeconds(30));
        assertThat(result.overdue()).isFalse();
        assertThat(result.outcome()).contains(Outcome.REMOVED);
    }

    @Test
    void hasAnOfficerApproveAWeaponsNotice() {
        Replayed result = replayed(
                live,
                Told.of(3)
                        .about(Category.WEAPONS_SALE)
                        .verified(Verdict.UNLAWFUL)
                        .approved(hours(2))
                        .given(Channel.API, hours(0), Outcome.REMOVED, hours(47))
                        .told());

        assertThat(result.instrument()).contains("WEAPONS_REMOVAL_NOTICE");
        assertThat(result.owners()).containsExactly("caseworkers", "authorised-officers");
        assertThat(result.dueAt()).contains(VERIFIED.plus(hours(2 + 48)));
        assertThat(result.overdue()).isFalse();
    }

    @Test
    void climbsWhileContentStaysAndCountsItAsOverdue() {
        // Due after 24 hours; rungs at 24, 28, 36, 48 hours: removed at 40 while the third lasts.
        Replayed result = replayed(
                live,
                plain(4).given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(40))
                        .told());

        assertThat(result.overdue()).isTrue();
        assertThat(result.rung()).isEqualTo(3);
        assertThat(result.outcome()).contains(Outcome.REMOVED);
        assertThat(result.owners()).containsExactly("caseworkers", "duty-officers", "managers");
    }

    @Test
    void countsRemovalAtTheDueInstantAsLate() {
        Replayed result = replayed(
                live,
                plain(5).given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(24))
                        .told());

        assertThat(result.overdue()).isTrue();
    }

    @Test
    void endsTheLadderOfContentThatNobodyEverRemoved() {
        Replayed result = replayed(
                live, plain(6).given(Channel.API, Duration.ZERO, null, null).told());

        assertThat(result.outcome()).contains(Outcome.NOT_REMOVED);
        assertThat(result.rung()).isEqualTo(5);
        assertThat(result.overdue()).isTrue();
        assertThat(result.timeToRemove()).isEmpty();
    }

    @Test
    void endsWhereAPlatformRefusesLawfulContent() {
        Replayed result = replayed(
                live,
                Told.of(7)
                        .verified(Verdict.BREACHES_TERMS)
                        .refuses(hours(3))
                        .given(Channel.API, Duration.ZERO, Outcome.REFUSED, hours(3))
                        .told());

        assertThat(result.outcome()).contains(Outcome.REFUSED);
        assertThat(result.rung()).isZero();
    }

    @Test
    void escalatesWhereAPlatformRefusesUnlawfulContent() {
        Replayed result = replayed(
                live,
                plain(8).refuses(hours(3))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(5))
                        .told());

        assertThat(result.outcome()).contains(Outcome.REMOVED);
        assertThat(result.rung()).isEqualTo(1);
        assertThat(result.overdue()).isFalse();
    }

    @Test
    void findsContentGoneBeforeItWasAskedFor() {
        Replayed result = replayed(
                live,
                plain(9).neverGiven(Channel.API, Outcome.ALREADY_GONE, Duration.ofMinutes(1))
                        .told());

        assertThat(result.outcome()).contains(Outcome.ALREADY_GONE);
        assertThat(result.dueAt()).isEmpty();
        assertThat(result.timeToGive()).isEmpty();
    }

    @Test
    void answersAPlatformThatAsksBackWhileTheClockRuns() {
        Replayed result = replayed(
                live,
                plain(10)
                        .says(hours(2), What.ASKED_BACK, hours(1))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(23))
                        .told());

        assertThat(result.outcome()).contains(Outcome.REMOVED);
        assertThat(result.dueAt()).contains(VERIFIED.plus(hours(24)));
        assertThat(result.overdue()).isFalse();
    }

    @Test
    void letsAnExtensionOfTheTimeKeepACaseFromTheLadder() {
        Replayed result = replayed(
                live,
                plain(11)
                        .says(hours(20), What.EXTENDED, hours(48))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(47))
                        .told());

        assertThat(result.overdue()).isFalse();
        assertThat(result.rung()).isZero();
    }

    @Test
    void closesWhatIsLawfulWithoutANotice() {
        Replayed result = replayed(live, Told.of(12).verified(Verdict.LAWFUL).told());

        assertThat(result.outcome()).contains(Outcome.NOT_REFERRED);
        assertThat(result.instrument()).isEmpty();
    }

    @Test
    void asksForASecondOpinionOnce() {
        Replayed result = replayed(
                live,
                Told.of(13)
                        .verified(Verdict.CANNOT_TELL)
                        .verified(Verdict.UNLAWFUL, hours(1))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(1))
                        .told());

        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER.plus(hours(1)));
    }

    @Test
    void waitsForForcesAndTheirHolds() {
        Replayed result = replayed(
                live,
                plain(14)
                        .asked("alpha", hours(3), false)
                        .held("beta", hours(1), hours(10), Optional.of(hours(6)))
                        .silent("gamma", hours(1))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(1))
                        .told());

        // The silent force: 24 hours to answer, one more until the duty officer decided.
        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER.plus(hours(25)));
        assertThat(result.owners()).contains("force-alpha", "force-beta", "force-gamma", "duty-officers");
    }

    @Test
    void ofAHoldThatExpiresRemovalGoesOn() {
        Replayed result = replayed(
                live,
                plain(15)
                        .held("beta", hours(1), hours(30), Optional.empty())
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(1))
                        .told());

        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER.plus(hours(31)));
    }

    @Test
    void refersNothingThatAForceTakesOver() {
        Replayed result =
                replayed(live, plain(16).asked("alpha", hours(1), true).told());

        assertThat(result.outcome()).contains(Outcome.NOT_REFERRED);
    }

    @Test
    void handsInByHandWhereNothingElseIsThere() {
        Replayed result = replayed(
                live,
                plain(17)
                        .on("forum.example", Channel.PORTAL)
                        .given(Channel.PORTAL, hours(5), Outcome.REMOVED, hours(2))
                        .told());

        assertThat(result.channel()).contains("PORTAL");
        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER.plus(hours(5)));
        assertThat(result.dueAt()).contains(VERIFIED.plus(hours(5 + 24)));
    }

    @Test
    void goesOnAsAStatutoryNoticeThatAnOfficerApproved() {
        Replayed result = replayed(
                live,
                Told.of(18)
                        .about(Category.WEAPONS_GLORIFICATION)
                        .verifiedFor("CJA_1988_S141")
                        .givenAndSuperseded(Channel.API, Duration.ZERO)
                        .given(Channel.API, Duration.ofMinutes(1), Outcome.REMOVED, hours(10))
                        .told());

        assertThat(result.outcome()).contains(Outcome.REMOVED);
        assertThat(result.instrument()).contains("VOLUNTARY_REFERRAL");
        assertThat(result.rung()).isEqualTo(3);
        assertThat(result.owners()).contains("authorised-officers");
    }

    @Test
    void changesExactlyTheCasesThatAShorterPeriodConcerns() {
        PastCase urgent = plain(20)
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                .told();
        PastCase voluntaryWeapons = Told.of(21)
                .about(Category.WEAPONS_SALE)
                .verified(Verdict.BREACHES_TERMS)
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                .told();

        assertThat(replayed(draft, voluntaryWeapons)).isEqualTo(replayed(live, voluntaryWeapons));
        assertThat(replayed(live, urgent).overdue()).isFalse();
        Replayed sooner = replayed(draft, urgent);
        assertThat(sooner.dueAt()).contains(VERIFIED.plus(hours(12)));
        assertThat(sooner.overdue()).isTrue();
        assertThat(sooner.rung()).isEqualTo(2);
        assertThat(sooner.outcome()).contains(Outcome.REMOVED);
    }

    @Test
    void takesTheOfficerOutWhereADraftDropsTheApproval() {
        Replayed result = replayed(
                draft,
                Told.of(22)
                        .about(Category.WEAPONS_SALE)
                        .verified(Verdict.UNLAWFUL)
                        .approved(hours(2))
                        .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                        .told());

        assertThat(result.owners()).containsExactly("caseworkers");
        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER);
    }

    @Test
    void takesTheUsualTimeForAnApprovalThatNobodyHadToGive() {
        PastCase stranger = plain(23)
                .toStranger()
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                .told();
        PastCase approved = Told.of(24).approved(hours(3)).told();

        Replayed result = live.replay(stranger, Habits.of(List.of(stranger, approved)));
        assertThat(result.timeToGive()).contains(Told.VERIFIED_AFTER.plus(hours(3)));
        assertThat(result.assumed()).isTrue();
        assertThatThrownBy(() -> replayed(live, stranger))
                .isInstanceOf(NotReplayable.class)
                .hasMessageContaining("no approval is on record");
    }

    @Test
    void saysWhenADraftWantsWhatNobodyEverDid() {
        PastCase askedBack = plain(25)
                .says(hours(2), What.ASKED_BACK, hours(1))
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(11))
                .told();

        assertThatThrownBy(() -> replayed(draft, askedBack))
                .isInstanceOf(NotReplayable.class)
                .hasMessage("The task Answer clarification is new, and nothing is on record to say how long people"
                        + " take for it");
    }

    @Test
    void stopsADraftThatGoesInACircle() {
        PastCase unsure = Told.of(26).verified(Verdict.CANNOT_TELL).told();

        assertThatThrownBy(() -> replayed(draft, unsure))
                .isInstanceOf(NotReplayable.class)
                .hasMessageContaining("circle");
    }

    @Test
    void writesNothingAndForgetsEveryCase() {
        replayed(live, plain(27).given(Channel.API, Duration.ZERO, null, null).told());

        assertThat(live.left()).isZero();
    }

    @Test
    void countsWhatTheDraftChangesAndWhatItCannotTell() throws Exception {
        PastCase sooner = plain(30)
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(20))
                .told();
        PastCase same = Told.of(31).verified(Verdict.LAWFUL).told();
        PastCase askedBack = plain(32)
                .says(hours(2), What.ASKED_BACK, hours(1))
                .given(Channel.API, Duration.ZERO, Outcome.REMOVED, hours(11))
                .told();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            Trial trial = new Trial(live, draft, List.of(sooner, same, askedBack));
            assertThat(trial.run(workers, 2, done -> true)).isTrue();

            Summary summary = trial.comparison().summary();
            assertThat(summary.cases()).isEqualTo(3);
            assertThat(summary.replayed()).isEqualTo(2);
            assertThat(summary.reasons()).singleElement().satisfies(reason -> assertThat(reason.why())
                    .startsWith("With the draft: The task Answer"));
            assertThat(summary.changed()).isOne();
            assertThat(summary.aspects())
                    .isEqualTo(Map.of(Aspect.DEADLINE, 1, Aspect.OVERDUE, 1, Aspect.RUNG, 1, Aspect.OWNER, 1));
            assertThat(summary.before().overdue()).isZero();
            assertThat(summary.after().overdue()).isOne();
            assertThat(summary.after().onTimePercent()).isZero();
            assertThat(summary.after().small()).isTrue();
            assertThat(summary.before().timeToRemove().seconds())
                    .isEqualTo(hours(20).toSeconds());
            assertThat(trial.comparison().listed())
                    .contains(
                            new Difference(sooner.reference(), Aspect.RUNG, "0", "2"),
                            new Difference(sooner.reference(), Aspect.OVERDUE, "no", "yes"));
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void stopsWithinASecondWhenItIsCalledOff() throws Exception {
        PastCase one = Told.of(33).verified(Verdict.LAWFUL).told();
        assertThat(replayed(live, one)).isEqualTo(replayed(draft, one));
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            Trial trial = new Trial(live, draft, Collections.nCopies(1_000_000, one));
            assertThat(trial.run(workers, 2, done -> false)).isFalse();
        } finally {
            workers.shutdown();
        }
        assertThat(workers.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesADraftThatWouldRunCode() {
        int engines = ProcessEngines.getProcessEngines().size();
        ModelSet hostile = Told.changed(
                shipped, "takedown.bpmn", "${contentReferable}", "${''.getClass().forName('java.lang.Runtime')}");

        assertThatThrownBy(() -> Told.ready(hostile)).isInstanceOf(ProcessEngineException.class);
        assertThat(ProcessEngines.getProcessEngines()).hasSize(engines);
    }

    @Test
    void leavesNoEngineBehindThatCouldBeFound() {
        assertThat(ProcessEngines.getProcessEngines().keySet())
                .noneMatch(name -> name != null && name.startsWith("scratch-"));
    }

    @Test
    void hasADelegateForEveryOneThatTheShippedModelsName() {
        Pattern named = Pattern.compile("delegateExpression=\"\\$\\{(\\w+)}\"");
        Set<String> wanted = shipped.all(ModelFile.Kind.PROCESS)
                .flatMap(file -> named.matcher(file.text()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(ReplayDelegates.all(() -> {
                            throw new IllegalStateException("Nothing is played");
                        })
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(wanted);
    }
}
