package org.takedownhub.process;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/** The engine behind {@link ReviewProcesses}. The business key is the case, so that its task is found with the others. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EngineReviewProcesses implements ReviewProcesses {

    private final RuntimeService runtime;
    private final AsSystem system;

    EngineReviewProcesses(RuntimeService runtime, AsSystem system) {
        this.runtime = runtime;
        this.system = system;
    }

    @Override
    public void start(CaseReference reference, Map<String, Object> variables) {
        system.call(() -> runtime.startProcessInstanceByKey(TakedownProcess.REVIEW_KEY, reference.value(), variables));
    }
}
