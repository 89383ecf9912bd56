package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Verdict;

/** A notice that lacks something, and a due date that moves. */
abstract class NoticePaths {

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Takedowns takedowns;

    @Autowired
    private Transactions transactions;

    @Autowired
    private Clock clock;

    @Test
    void asksForWhatANoticeLacksAndTakesAVoluntaryReferralInItsPlace() {
        scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                .isWaitingAt("Task_ApproveReferral");
        runtime.setVariable(
                scenario.task("Task_ApproveReferral").getProcessInstanceId(),
                TakedownProcess.INSTRUMENT.name(),
                Instrument.TCO_ORDER.name());
        scenario.approved(true).isWaitingAt("Task_CompleteNotice");

        scenario.completes("caseworker1", TakedownProcess.TASK_COMPLETE_NOTICE, Map.of("voluntaryInstead", true))
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        assertThat(scenario.recipient().instrument()).isEqualTo(Instrument.VOLUNTARY_REFERRAL);
    }

    @Test
    void waitsAgainWhereADueDateMovedDuringTheClimb() {
        scenario.referred(Category.THREAT).removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");

        moveDue(clock.instant().plus(Duration.ofHours(3)));
        scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Task_ReviewEscalation");
    }

    @Test
    void escalatesAtTheDueDateThatHoldsNow() {
        scenario.referred(Category.THREAT);
        Instant before = scenario.recipient().dueAt().orElseThrow();

        moveDue(before.plus(Duration.ofHours(5)));
        scenario.itIs(before).isWaitingAt("Task_AwaitRemoval");
        scenario.itIs(before.plus(Duration.ofHours(5))).isWaitingAt("Task_ReviewEscalation");
    }

    private void moveDue(Instant dueAt) {
        assertThat(transactions.run(() -> takedowns.dueMoved(
                        scenario.reference(), scenario.recipient().number(), dueAt, dueAt)))
                .isTrue();
    }
}
