package org.takedownhub.closure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Close case: nothing more happens to it. */
@Component
class CloseCase implements JavaDelegate {

    private final Closures closures;

    CloseCase(Closures closures) {
        this.closures = closures;
    }

    @Override
    public void execute(DelegateExecution execution) {
        closures.close(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
    }
}
