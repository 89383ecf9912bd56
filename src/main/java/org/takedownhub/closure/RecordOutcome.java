package org.takedownhub.closure;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Record outcome: what came of the case, word to the flaggers, and whether a return is to be watched for. */
@Component
class RecordOutcome implements JavaDelegate {

    private final Closures closures;

    RecordOutcome(Closures closures) {
        this.closures = closures;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<Instant> watchEndsAt =
                closures.record(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
        TakedownProcess.RETURN_WATCHED.set(execution, watchEndsAt.isPresent());
        watchEndsAt.ifPresent(at -> TakedownProcess.RETURN_WATCH_ENDS_AT.set(execution, Date.from(at)));
    }
}
