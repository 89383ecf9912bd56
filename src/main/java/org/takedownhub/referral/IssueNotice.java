package org.takedownhub.referral;

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

    IssueNotice(Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        int recipients = referrals.issue(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                Instrument.valueOf(TakedownProcess.INSTRUMENT.of(execution)),
                Channel.valueOf(TakedownProcess.CHANNEL.of(execution)));
        TakedownProcess.RECIPIENT_COUNT.set(execution, recipients);
    }
}
