package org.takedownhub.deconfliction;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Find interested forces: with none to ask, the content is clear to be removed. */
@Component
class FindInterestedForces implements JavaDelegate {

    private final Audit audit;

    FindInterestedForces(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void execute(DelegateExecution execution) {
        audit.record(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                "deconfliction.cleared",
                "no force to ask");
        TakedownProcess.CLEARED_FOR_REMOVAL.set(execution, true);
    }
}
