package org.takedownhub.deconfliction;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Report silence: the duty officer is asked, and a senior at once when a life is in danger. */
@Component
class ReportSilence implements JavaDelegate {

    private final Deconflictions deconflictions;

    ReportSilence(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        TakedownProcess.DUTY_DECISION_DUE_AT.setLocal(
                execution, Date.from(deconflictions.silent(reference, TakedownProcess.QUESTION_NUMBER.of(execution))));
    }
}
