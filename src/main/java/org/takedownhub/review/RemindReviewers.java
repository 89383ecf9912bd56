package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Remind reviewers: most of the time to decide is over. */
@Component
class RemindReviewers implements JavaDelegate {

    private final ReviewAlarms alarms;

    RemindReviewers(ReviewAlarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        alarms.remind(TakedownProcess.REVIEW_ID.of(execution));
    }
}
