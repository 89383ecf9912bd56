package org.takedownhub.engine;

import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * An engine of its own, in memory, in which models that are not published are laid beside those that are: it plans
 * migrations and asks tables, and nothing is ever started in it. It knows no delegate, runs no job and has no address;
 * it comes to life when it is first asked for.
 */
@Component
public class DraftEngine implements DisposableBean {

    private @Nullable ProcessEngine engine;

    /** The engine; the same one until the program ends. */
    public synchronized ProcessEngine engine() {
        ProcessEngine running = engine;
        if (running == null) {
            running = start();
            engine = running;
        }
        return running;
    }

    private static ProcessEngine start() {
        ProcessEngineConfigurationImpl settings = new StandaloneInMemProcessEngineConfiguration();
        String name = "drafts-" + UUID.randomUUID();
        settings.setProcessEngineName(name);
        settings.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        settings.setHistory(ProcessEngineConfiguration.HISTORY_NONE);
        settings.setJobExecutorActivate(false);
        settings.setMetricsEnabled(false);
        settings.setDbMetricsReporterActivate(false);
        settings.setEnforceHistoryTimeToLive(false);
        settings.setCmmnEnabled(false);
        settings.setEnableXxeProcessing(false);
        settings.setExpressionManager(new ExpressionLock(Map.of()));
        ScriptLock scripts = new ScriptLock();
        settings.setScriptFactory((ScriptFactory) scripts);
        settings.setScriptEngineResolver((ScriptEngineResolver) scripts);
        ProcessEngine started = settings.buildProcessEngine();
        // A registered engine would answer under its name at the engine's REST address.
        ProcessEngines.unregister(started);
        return started;
    }

    @Override
    public synchronized void destroy() {
        ProcessEngine running = engine;
        if (running != null) {
            engine = null;
            running.close();
        }
    }
}
