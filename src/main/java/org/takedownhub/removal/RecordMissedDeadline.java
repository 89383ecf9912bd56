package org.takedownhub.removal;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Record missed deadline: the ledger says so before anybody is told. */
@Component
class RecordMissedDeadline implements JavaDelegate {

    private final RemovalClock removalClock;

    RecordMissedDeadline(RemovalClock removalClock) {
        this.removalClock = removalClock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        removalClock.missed(
                new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)),
                TakedownProcess.RECIPIENT_NUMBER.of(execution));
    }
}
