package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Vary notice: it stands with another content. */
@Component
class VaryNotice implements JavaDelegate {

    private final ReviewDecisions decisions;

    VaryNotice(ReviewDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.vary(TakedownProcess.REVIEW_ID.of(execution));
    }
}
