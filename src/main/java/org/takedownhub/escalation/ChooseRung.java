package org.takedownhub.escalation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Choose rung: whether the ladder goes on. */
@Component
class ChooseRung implements JavaDelegate {

    private final Ladder ladder;

    ChooseRung(Ladder ladder) {
        this.ladder = ladder;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean left = ladder.goesOn(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
        TakedownProcess.RUNG_LEFT.set(execution, left);
    }
}
