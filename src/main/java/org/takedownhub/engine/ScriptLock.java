package org.takedownhub.engine;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.impl.scripting.ExecutableScript;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/** Lock 2: there are no scripts. No setting of the engine turns them off, so nothing that makes one is left. */
final class ScriptLock extends ScriptFactory implements ScriptEngineResolver {

    @Override
    public ExecutableScript createScriptFromResource(String language, String resource) {
        throw refusal();
    }

    @Override
    public ExecutableScript createScriptFromResource(String language, Expression resource) {
        throw refusal();
    }

    @Override
    public ExecutableScript createScriptFromSource(String language, String source) {
        throw refusal();
    }

    @Override
    public ExecutableScript createScriptFromSource(String language, Expression source) {
        throw refusal();
    }

    @Override
    public void addScriptEngineFactory(ScriptEngineFactory factory) {
        throw refusal();
    }

    @Override
    public @Nullable ScriptEngineManager getScriptEngineManager() {
        return null;
    }

    @Override
    public @Nullable ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
        return null;
    }

    private static NotValidException refusal() {
        return new NotValidException("Scripts are off: use a delegate or a decision table");
    }
}
