package org.takedownhub.verification;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.process.TakedownProcess;

/** Assess case: how urgent it is, and until when somebody should have looked. */
@Component
class AssessCase implements JavaDelegate {

    private final CasePriorities priorities;

    AssessCase(CasePriorities priorities) {
        this.priorities = priorities;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CasePriorities.Priority priority = priorities.assess(
                Category.valueOf(TakedownProcess.CATEGORY.of(execution)), TakedownProcess.THREAT_TO_LIFE.of(execution));
        TakedownProcess.CASE_PRIORITY.set(execution, priority.value());
        TakedownProcess.CASE_DUE_AT.set(execution, Date.from(priority.verifyBy()));
    }
}
