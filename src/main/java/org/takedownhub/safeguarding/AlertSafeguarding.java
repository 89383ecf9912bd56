package org.takedownhub.safeguarding;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Alert safeguarding: its contact learns at once that a referral follows. */
@Component
class AlertSafeguarding implements JavaDelegate {

    private final Safeguarding safeguarding;

    AlertSafeguarding(Safeguarding safeguarding) {
        this.safeguarding = safeguarding;
    }

    @Override
    public void execute(DelegateExecution execution) {
        safeguarding.alert(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
    }
}
