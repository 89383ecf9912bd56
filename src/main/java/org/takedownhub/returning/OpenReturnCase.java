package org.takedownhub.returning;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.TakedownProcess;

/** Open return case: the content is back, and what was found about it before goes on in a case of its own. */
@Component
class OpenReturnCase implements JavaDelegate {

    private final Returns returns;

    OpenReturnCase(Returns returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        returns.open(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
    }
}
