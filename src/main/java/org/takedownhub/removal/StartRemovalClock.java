package org.takedownhub.removal;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Start removal clock: the due date of this recipient, as an absolute instant that the timers take. */
@Component
class StartRemovalClock implements JavaDelegate {

    private final RemovalClock removalClock;

    StartRemovalClock(RemovalClock removalClock) {
        this.removalClock = removalClock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RemovalClock.Alarms alarms = removalClock.start(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
        TakedownProcess.REMOVAL_DUE_AT.set(execution, Date.from(alarms.removalDueAt()));
        TakedownProcess.REMINDER_DUE_AT.set(execution, Date.from(alarms.reminderDueAt()));
        TakedownProcess.CASE_DUE_AT.set(execution, Date.from(alarms.removalDueAt()));
    }
}
