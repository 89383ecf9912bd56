package org.takedownhub.engine;

import java.util.Optional;
import org.camunda.bpm.engine.impl.bpmn.delegate.JavaDelegateInvocation;
import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.takedownhub.process.RunningSet;

/**
 * Remembers, while a delegate runs, the deployment of its process: an open case stays with the tables of its own set
 * just as it stays with its own model, until somebody migrates it.
 */
final class StepsOfSets extends DefaultDelegateInterceptor implements RunningSet {

    private final ThreadLocal<@Nullable String> deployment = new ThreadLocal<>();

    @Override
    public Optional<String> deploymentId() {
        return Optional.ofNullable(deployment.get());
    }

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        if (!(invocation instanceof JavaDelegateInvocation)
                || !(invocation.getContextExecution() instanceof ExecutionEntity step)) {
            super.handleInvocation(invocation);
            return;
        }
        String outer = deployment.get();
        deployment.set(step.getProcessDefinition().getDeploymentId());
        try {
            super.handleInvocation(invocation);
        } finally {
            if (outer == null) {
                deployment.remove();
            } else {
                deployment.set(outer);
            }
        }
    }
}
