package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Confirm notice: it stands, and the recipient gets the time that the decision notice gives. */
@Component
class ConfirmNotice implements JavaDelegate {

    private final ReviewDecisions decisions;

    ConfirmNotice(ReviewDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.confirm(TakedownProcess.REVIEW_ID.of(execution));
    }
}
