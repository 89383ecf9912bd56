package org.takedownhub.deconfliction;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Combine answers: the strictest wins. */
@Component
class CombineAnswers implements JavaDelegate {

    private final Deconflictions deconflictions;

    CombineAnswers(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        TakedownProcess.CLEARED_FOR_REMOVAL.set(execution, deconflictions.combine(reference));
    }
}
