package org.takedownhub.escalation;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Climb rung: what it sends or files, and until when it has time. */
@Component
class ClimbRung implements JavaDelegate {

    private final Ladder ladder;

    ClimbRung(Ladder ladder) {
        this.ladder = ladder;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Ladder.Climbed climbed = ladder.climb(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
        TakedownProcess.RUNG.set(execution, climbed.number());
        TakedownProcess.RUNG_DUE_AT.set(execution, Date.from(climbed.dueAt()));
        TakedownProcess.FORMAL_NOTICE_PROPOSED.set(execution, climbed.formalNoticeProposed());
        if (climbed.formalNoticeProposed()) {
            TakedownProcess.FORMAL_NOTICE_DUE_AT.set(execution, Date.from(climbed.dueAt()));
        }
        TakedownProcess.CASE_DUE_AT.set(execution, Date.from(climbed.dueAt()));
    }
}
