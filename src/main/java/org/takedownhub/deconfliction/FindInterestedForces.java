package org.takedownhub.deconfliction;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Find interested forces: by their lists, or all of them. */
@Component
class FindInterestedForces implements JavaDelegate {

    private final Deconflictions deconflictions;

    FindInterestedForces(Deconflictions deconflictions) {
        this.deconflictions = deconflictions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        int count = deconflictions.begin(reference);
        TakedownProcess.QUESTION_COUNT.set(execution, count);
        TakedownProcess.FORCES_INTERESTED.set(execution, count > 0);
        TakedownProcess.TAKEN_OVER.set(execution, false);
    }
}
