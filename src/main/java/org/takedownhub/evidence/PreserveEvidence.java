package org.takedownhub.evidence;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.TakedownProcess;

/** Preserve evidence: asks for the capture, which neither holds nor stops the case. */
@Component
class PreserveEvidence implements JavaDelegate {

    private final Evidence evidence;
    private final Cases cases;

    PreserveEvidence(Evidence evidence, Cases cases) {
        this.evidence = evidence;
        this.cases = cases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CaseFile file = cases.require(new CaseReference(TakedownProcess.CASE_REFERENCE.of(execution)));
        evidence.request(file.reference(), file.platform(), file.canonicalUrl());
    }
}
