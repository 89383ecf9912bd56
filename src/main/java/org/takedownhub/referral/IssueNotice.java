package org.takedownhub.referral;

import java.util.Date;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.process.TakedownProcess;

/** Issue notice: made out to every recipient, who are then followed up one by one. */
@Component
class IssueNotice implements JavaDelegate {

    private final Referrals referrals;
    private final HandIns handIns;

    IssueNotice(Referrals referrals, HandIns handIns) {
        this.referrals = referrals;
        this.handIns = handIns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        int recipients = referrals
                .issue(
                        reference,
                        Instrument.valueOf(TakedownProcess.INSTRUMENT.of(execution)),
                        Channel.valueOf(TakedownProcess.CHANNEL.of(execution)))
                .orElseThrow(() -> new BpmnError(TakedownProcess.ERROR_NOTICE_INCOMPLETE));
        TakedownProcess.RECIPIENT_COUNT.set(execution, recipients);
        TakedownProcess.HAND_IN_DUE_AT.set(execution, Date.from(handIns.dueAt(reference)));
    }
}
