package org.takedownhub.safeguarding;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Report overdue safeguarding: nobody decided in time. */
@Component
class ReportOverdueSafeguarding implements JavaDelegate {

    private final Safeguarding safeguarding;

    ReportOverdueSafeguarding(Safeguarding safeguarding) {
        this.safeguarding = safeguarding;
    }

    @Override
    public void execute(DelegateExecution execution) {
        safeguarding.overdue(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
    }
}
