package org.takedownhub.engine;

import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.CompositeProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.CamundaSpringBootUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the engine together. Numbers that an operator may turn stand in {@code application.yaml}. */
@Configuration(proxyBeanMethods = false)
class EngineSettings {

    /** After everything that reads settings files, so that none of them opens a lock. */
    private static final int LAST = Integer.MAX_VALUE;

    @Bean
    Clock clock() {
        return EngineClock.utc();
    }

    @Bean
    ProcessEngineConfigurationImpl processEngineConfigurationImpl(List<ProcessEnginePlugin> plugins) {
        SpringProcessEngineConfiguration engine = new NamedByFile();
        CamundaSpringBootUtil.initCustomFields(engine);
        engine.getProcessEnginePlugins().add(new CompositeProcessEnginePlugin(plugins));
        return engine;
    }

    @Bean
    DelegateBeans delegateBeans(ListableBeanFactory beans) {
        return new DelegateBeans(beans);
    }

    @Bean
    ModelGuard modelGuard(DelegateBeans delegates) {
        return new ModelGuard(delegates::names);
    }

    @Bean
    @Order(LAST)
    EngineLocks engineLocks(DelegateBeans delegates, ModelGuard guard) {
        return new EngineLocks(delegates, guard);
    }

    @Bean
    EngineIndexes engineIndexes(JdbcClient database) {
        return new EngineIndexes(database);
    }

    /** The same file is the same resource, started from a folder or from a jar: no new version without a change. */
    private static final class NamedByFile extends SpringProcessEngineConfiguration {

        @Override
        protected @Nullable String getFileResourceName(Resource resource) {
            return resource.getFilename();
        }
    }
}
