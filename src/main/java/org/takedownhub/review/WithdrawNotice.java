package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Withdraw notice: it is taken back, the content may be put back, and the figures follow. */
@Component
class WithdrawNotice implements JavaDelegate {

    private final ReviewDecisions decisions;

    WithdrawNotice(ReviewDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.withdraw(TakedownProcess.REVIEW_ID.of(execution));
    }
}
