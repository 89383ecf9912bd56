package org.takedownhub.safeguarding;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Consider safeguarding: whether somebody seen in the content is at risk. */
@Component
class ConsiderSafeguarding implements JavaDelegate {

    private final Safeguarding safeguarding;

    ConsiderSafeguarding(Safeguarding safeguarding) {
        this.safeguarding = safeguarding;
    }

    @Override
    public void execute(DelegateExecution execution) {
        safeguarding.consider(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
    }
}
