package org.takedownhub.deconfliction;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Weigh answer: what the question still waits for. */
@Component
class WeighAnswer implements JavaDelegate {

    private final Deconflictions deconflictions;

    WeighAnswer(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        Deconflictions.Weighed weighed = deconflictions.weigh(reference, TakedownProcess.QUESTION_NUMBER.of(execution));
        TakedownProcess.FORCE_ASKS_FOR.setLocal(execution, weighed.asksFor().name());
        TakedownProcess.HOLDER_GROUP.setLocal(execution, weighed.holder());
        TakedownProcess.HOLD_OVERRIDDEN.setLocal(execution, false);
        TakedownProcess.PRESERVATION_OVERDUE.setLocal(execution, weighed.preservationOverdue());
        TakedownProcess.PRESERVATION_CHECK_DUE_AT.setLocal(execution, Date.from(weighed.checkAt()));
        TakedownProcess.PROOF_DUE_AT.setLocal(execution, Date.from(weighed.proofDueAt()));
        weighed.hold().ifPresent(hold -> {
            TakedownProcess.HOLD_ENDS_AT.setLocal(execution, Date.from(hold.endsAt()));
            TakedownProcess.HOLD_RENEWAL_DUE_AT.setLocal(execution, Date.from(hold.renewalDueAt()));
            TakedownProcess.HOLD_REVIEW_AT.setLocal(execution, Date.from(hold.reviewAt()));
            TakedownProcess.OVERRIDE_DUE_AT.setLocal(execution, Date.from(hold.reviewBy()));
        });
        if (weighed.takenOver()) {
            TakedownProcess.TAKEN_OVER.set(execution, true);
        }
    }
}
