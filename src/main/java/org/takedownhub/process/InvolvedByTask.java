package org.takedownhub.process;

import org.springframework.stereotype.Component;
import org.takedownhub.cases.Involvement;

/** Whoever completes a task of a case has had a part in it, whatever the task and whichever way it was completed. */
@Component
class InvolvedByTask implements TaskDone {

    private final Involvement involvement;

    InvolvedByTask(Involvement involvement) {
        this.involvement = involvement;
    }

    @Override
    public void done(TaskInHand task) {
        // Who decided which review is written with the review itself.
        if (!task.taskDefinitionKey().equals(TakedownProcess.TASK_DECIDE_REVIEW)) {
            involvement.had(task.caseReference(), task.person().id(), "completed " + task.taskDefinitionKey());
        }
    }
}
