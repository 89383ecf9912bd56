package org.takedownhub.referral;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Issue formal notice: the voluntary referral becomes a statutory notice to a recipient of its own. */
@Component
class IssueFormalNotice implements JavaDelegate {

    private final Referrals referrals;

    IssueFormalNotice(Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        int number = referrals.formalise(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
        TakedownProcess.RECIPIENT_NUMBER.set(execution, number);
    }
}
