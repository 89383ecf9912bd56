package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Send decision notice: what was decided, and why, goes out to whoever asked. */
@Component
class SendDecisionNotice implements JavaDelegate {

    private final ReviewDecisions decisions;

    SendDecisionNotice(ReviewDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TakedownProcess.REVIEW_DECISION.set(
                execution,
                decisions.send(TakedownProcess.REVIEW_ID.of(execution)).name());
    }
}
