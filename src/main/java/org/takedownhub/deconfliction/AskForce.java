package org.takedownhub.deconfliction;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Ask force: whose task the question is, and until when. */
@Component
class AskForce implements JavaDelegate {

    private final Deconflictions deconflictions;

    AskForce(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        Deconflictions.Asked asked = deconflictions.ask(reference, TakedownProcess.QUESTION_NUMBER.of(execution));
        TakedownProcess.FORCE_GROUP.setLocal(execution, asked.group());
        TakedownProcess.ANSWER_DUE_AT.setLocal(execution, Date.from(asked.dueAt()));
    }
}
