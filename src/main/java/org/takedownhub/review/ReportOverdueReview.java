package org.takedownhub.review;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.process.TakedownProcess;

/** Report overdue review: the duty officers are told that nobody has decided in time. */
@Component
class ReportOverdueReview implements JavaDelegate {

    private final ReviewAlarms alarms;

    ReportOverdueReview(ReviewAlarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        alarms.overdue(TakedownProcess.REVIEW_ID.of(execution));
    }
}
