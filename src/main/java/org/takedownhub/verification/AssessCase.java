package org.takedownhub.verification;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.process.TakedownProcess;

/**
 * Assess case: how urgent it is, until when somebody should have looked, and whether the ground is known already, from
 * an earlier case about the same content.
 */
@Component
class AssessCase implements JavaDelegate {

    private final CasePriorities priorities;
    private final Verifications verifications;

    AssessCase(CasePriorities priorities, Verifications verifications) {
        this.priorities = priorities;
        this.verifications = verifications;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseReference reference = new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution));
        CasePriorities.Priority priority = priorities.assess(
                reference,
                Category.valueOf(TakedownProcess.CATEGORY.of(execution)),
                TakedownProcess.THREAT_TO_LIFE.of(execution));
        TakedownProcess.CASE_PRIORITY.set(execution, priority.value());
        TakedownProcess.CRISIS.set(execution, priority.raised());
        TakedownProcess.CASE_DUE_AT.set(execution, Date.from(priority.verifyBy()));
        Map<String, Object> ground = verifications.carriedOver(reference);
        TakedownProcess.GROUND_CARRIED_OVER.set(execution, !ground.isEmpty());
        execution.setVariables(ground);
    }
}
