package org.takedownhub.referral;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Report overdue hand-in: somebody has to notice when a packet lies about. */
@Component
class ReportOverdueHandIn implements JavaDelegate {

    private final HandIns handIns;

    ReportOverdueHandIn(HandIns handIns) {
        this.handIns = handIns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        handIns.overdue(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
    }
}
