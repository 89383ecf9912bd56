package org.takedownhub.removal;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Send reminder: the recipient is told that its time is running out. */
@Component
class SendReminder implements JavaDelegate {

    private final Reminders reminders;

    SendReminder(Reminders reminders) {
        this.reminders = reminders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reminders.remind(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
    }
}
