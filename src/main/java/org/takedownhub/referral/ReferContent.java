package org.takedownhub.referral;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Refer content: hands the notice to the platform's own workers, who call its API and answer with a message. */
@Component
class ReferContent implements JavaDelegate {

    private final Referrals referrals;

    ReferContent(Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        referrals.refer(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
    }
}
