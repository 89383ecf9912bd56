package org.takedownhub.deconfliction;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Remind of hold: tells the force that its hold is about to end. */
@Component
class RemindOfHold implements JavaDelegate {

    private final Deconflictions deconflictions;

    RemindOfHold(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        deconflictions.remind(reference, TakedownProcess.QUESTION_NUMBER.of(execution));
    }
}
