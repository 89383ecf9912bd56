package org.takedownhub.modelling.replay;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.process.TakedownProcess;

/**
 * The beans that models name, for replays: each sets the variables that its namesake in the live hub sets, from what is
 * on record of the case and from the tables of the set that is tried. None of them is a bean of the hub, so that no
 * live model can name one, and none has anything in hand that reaches beyond the case.
 */
final class ReplayDelegates {

    private final Supplier<CaseRun> running;
    private final Map<String, JavaDelegate> byName = new LinkedHashMap<>();

    private ReplayDelegates(Supplier<CaseRun> running) {
        this.running = running;
        verification();
        deconfliction();
        referral();
        removal();
        escalation();
        beside();
    }

    /** @param running the case that the asking thread plays */
    static Map<String, JavaDelegate> all(Supplier<CaseRun> running) {
        return Map.copyOf(new ReplayDelegates(running).byName);
    }

    /** One step of one case. */
    private interface Step {
        void take(CaseRun run, DelegateExecution execution);
    }

    private void on(String name, Step step) {
        byName.put(name, execution -> step.take(running.get(), execution));
    }

    /** What only tells somebody, or keeps something, changes nothing about the way. */
    private void tells(String name) {
        byName.put(name, execution -> {});
    }

    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private static RecipientRun recipient(CaseRun run, DelegateExecution execution) {
        return run.recipient(TakedownProcess.RECIPIENT_NUMBER.of(execution));
    }

    private static int question(DelegateExecution execution) {
        return TakedownProcess.QUESTION_NUMBER.of(execution);
    }

    private void verification() {
        tells("preserveEvidence");
        on("assessCase", (run, execution) -> {
            CaseRun.Assessed assessed = run.assess();
            TakedownProcess.CASE_PRIORITY.set(execution, assessed.priority());
            TakedownProcess.CRISIS.set(execution, false);
            TakedownProcess.CASE_DUE_AT.set(execution, date(assessed.verifyBy()));
            TakedownProcess.GROUND_CARRIED_OVER.set(execution, assessed.ground().isPresent());
            assessed.ground().ifPresent(execution::setVariables);
        });
        tells("considerSafeguarding");
    }

    private void deconfliction() {
        on("findInterestedForces", (run, execution) -> {
            int count = run.questions();
            TakedownProcess.QUESTION_COUNT.set(execution, count);
            TakedownProcess.FORCES_INTERESTED.set(execution, count > 0);
            TakedownProcess.TAKEN_OVER.set(execution, false);
        });
        on("askForce", (run, execution) -> {
            TakedownProcess.FORCE_GROUP.setLocal(execution, run.forceGroup(question(execution)));
            TakedownProcess.ANSWER_DUE_AT.setLocal(execution, date(run.ask(question(execution))));
        });
        on(
                "reportSilence",
                (run, execution) -> TakedownProcess.DUTY_DECISION_DUE_AT.setLocal(
                        execution, date(run.silent(question(execution)))));
        tells("reportOverdueDecision");
        tells("remindOfHold");
        on("weighAnswer", (run, execution) -> {
            CaseRun.Weighed weighed = run.weigh(question(execution));
            TakedownProcess.FORCE_ASKS_FOR.setLocal(execution, weighed.asksFor());
            TakedownProcess.HOLDER_GROUP.setLocal(execution, weighed.holder());
            TakedownProcess.HOLD_OVERRIDDEN.setLocal(execution, false);
            TakedownProcess.PRESERVATION_OVERDUE.setLocal(execution, weighed.preservationOverdue());
            TakedownProcess.PRESERVATION_CHECK_DUE_AT.setLocal(execution, date(weighed.checkAt()));
            TakedownProcess.PROOF_DUE_AT.setLocal(execution, date(weighed.proofDueAt()));
            weighed.hold().ifPresent(hold -> {
                TakedownProcess.HOLD_ENDS_AT.setLocal(execution, date(hold.endsAt()));
                TakedownProcess.HOLD_RENEWAL_DUE_AT.setLocal(execution, date(hold.renewalDueAt()));
                TakedownProcess.HOLD_REVIEW_AT.setLocal(execution, date(hold.reviewAt()));
                TakedownProcess.OVERRIDE_DUE_AT.setLocal(execution, date(hold.reviewBy()));
            });
            if (weighed.takenOver()) {
                TakedownProcess.TAKEN_OVER.set(execution, true);
            }
        });
        on("combineAnswers", (run, execution) -> TakedownProcess.CLEARED_FOR_REMOVAL.set(execution, run.cleared()));
    }

    private void referral() {
        on("chooseRoute", (run, execution) -> {
            CaseRun.Route route = run.route();
            TakedownProcess.INSTRUMENT.set(execution, route.instrument().name());
            TakedownProcess.RECIPIENT_KNOWN.set(execution, run.facts.recipientKnown());
            TakedownProcess.CHANNEL.set(execution, route.channel().name());
        });
        on("issueNotice", (run, execution) -> {
            if (run.incomplete()) {
                throw new BpmnError(TakedownProcess.ERROR_NOTICE_INCOMPLETE);
            }
            TakedownProcess.RECIPIENT_COUNT.set(
                    execution,
                    run.issue(
                            Instrument.valueOf(TakedownProcess.INSTRUMENT.of(execution)),
                            Channel.valueOf(TakedownProcess.CHANNEL.of(execution))));
            TakedownProcess.HAND_IN_DUE_AT.set(execution, date(run.handInDueAt()));
        });
        on("prepareReferral", (run, execution) -> {
            RecipientRun recipient = recipient(run, execution);
            TakedownProcess.INSTRUMENT.set(execution, recipient.instrument.name());
            TakedownProcess.CHANNEL.set(execution, recipient.channel.name());
            TakedownProcess.HAND_IN_DUE_AT.set(execution, date(run.handInDueAt()));
            TakedownProcess.PRE_NOTICE_REQUIRED.set(execution, run.preNotice(recipient));
        });
        on(
                "sendPreNotice",
                (run, execution) -> TakedownProcess.PRE_NOTICE_ENDS_AT.set(
                        execution,
                        date(run.stage
                                .now()
                                .plus(recipient(run, execution)
                                        .facts
                                        .preNotice()
                                        .orElseThrow()))));
        tells("referContent");
        tells("reportOverdueHandIn");
        on(
                "issueFormalNotice",
                (run, execution) ->
                        TakedownProcess.RECIPIENT_NUMBER.set(execution, run.formalise(recipient(run, execution))));
    }

    private void removal() {
        on("startRemovalClock", (run, execution) -> {
            CaseRun.Alarms alarms = run.startClock(recipient(run, execution));
            TakedownProcess.REMOVAL_DUE_AT.set(execution, date(alarms.removalDueAt()));
            TakedownProcess.REMINDER_DUE_AT.set(execution, date(alarms.reminderDueAt()));
            TakedownProcess.CASE_DUE_AT.set(execution, date(alarms.removalDueAt()));
        });
        tells("sendReminder");
        on("recordMissedDeadline", (run, execution) -> run.missed(recipient(run, execution)));
        on("recordOutcome", (run, execution) -> {
            Optional<Instant> watched = run.conclude();
            TakedownProcess.RETURN_WATCHED.set(execution, watched.isPresent());
            watched.ifPresent(until -> TakedownProcess.RETURN_WATCH_ENDS_AT.set(execution, date(until)));
        });
        tells("openReturnCase");
        tells("closeCase");
    }

    private void escalation() {
        on(
                "chooseRung",
                (run, execution) -> TakedownProcess.RUNG_LEFT.set(execution, run.rungLeft(recipient(run, execution))));
        on("climbRung", (run, execution) -> {
            CaseRun.Climbed climbed = run.climb(recipient(run, execution));
            TakedownProcess.RUNG.set(execution, climbed.number());
            TakedownProcess.RUNG_DUE_AT.set(execution, date(climbed.dueAt()));
            TakedownProcess.FORMAL_NOTICE_PROPOSED.set(execution, climbed.formalNoticeProposed());
            if (climbed.formalNoticeProposed()) {
                TakedownProcess.FORMAL_NOTICE_DUE_AT.set(execution, date(climbed.dueAt()));
            }
            TakedownProcess.CASE_DUE_AT.set(execution, date(climbed.dueAt()));
        });
        tells("reportOverdueApproval");
    }

    /** Steps of processes that run beside a case. No replay starts them; a case that a draft leads there says so. */
    private void beside() {
        tells("alertSafeguarding");
        tells("reportOverdueSafeguarding");
        tells("remindReviewers");
        tells("reportOverdueReview");
        for (String name : new String[] {"sendDecisionNotice", "confirmNotice", "varyNotice", "withdrawNotice"}) {
            on(name, (run, execution) -> {
                throw new NotReplayable("The step " + execution.getCurrentActivityName()
                        + " belongs to a review, which is not replayed");
            });
        }
    }
}
