package org.takedownhub.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;

/**
 * Turns the four locks: whoever manages to deploy a model, a form or a filter still cannot run code with it. They are
 * set here and not in a settings file, so that no deployment of ours can leave them open.
 */
final class EngineLocks extends AbstractProcessEnginePlugin {

    private final Map<Object, Object> delegates;
    private final ModelGuard guard;

    EngineLocks(Map<Object, Object> delegates, ModelGuard guard) {
        this.delegates = delegates;
        this.guard = guard;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setExpressionManager(new ExpressionLock(delegates));

        ScriptLock scripts = new ScriptLock();
        engine.setScriptFactory((ScriptFactory) scripts);
        engine.setScriptEngineResolver((ScriptEngineResolver) scripts);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setEnableScriptEngineLoadExternalResources(false);

        engine.getCustomPreDeployers().add(guard);

        engine.setCmmnEnabled(false);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setDeserializationTypeValidationEnabled(true);
        engine.setEnableExpressionsInAdhocQueries(false);
        // Task filters need now() and currentUser(); the expression lock admits these and nothing else.
        engine.setEnableExpressionsInStoredQueries(true);
        engine.setAuthorizationEnabledForCustomCode(false);
        engine.setEnablePasswordPolicy(true);
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
    }
}
