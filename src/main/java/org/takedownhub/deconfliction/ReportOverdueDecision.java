package org.takedownhub.deconfliction;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Report overdue decision: nobody has decided for the silent force. */
@Component
class ReportOverdueDecision implements JavaDelegate {

    private final Deconflictions deconflictions;

    ReportOverdueDecision(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        deconflictions.undecided(reference, TakedownProcess.QUESTION_NUMBER.of(execution));
    }
}
