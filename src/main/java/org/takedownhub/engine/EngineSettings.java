package org.takedownhub.engine;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.CompositeProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.util.CamundaSpringBootUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskDone;
import org.takedownhub.process.TaskForm;

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
        return new EngineLocks(delegates.asMap(), guard);
    }

    @Bean
    PeoplesForms peoplesForms(
            ObjectProvider<TaskForm> tasks, ObjectProvider<StartForm> starts, ObjectProvider<TaskDone> listeners) {
        return new PeoplesForms(tasks, starts, listeners);
    }

    @Bean
    ProcessEnginePlugin peoplesDoor(PeoplesForms forms, ObjectProvider<PlatformTransactionManager> transactions) {
        Supplier<TransactionTemplate> transaction =
                SingletonSupplier.of(() -> new TransactionTemplate(transactions.getObject()));
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                engine.getCustomPreCommandInterceptorsTxRequired().add(new Door(engine, forms, transaction));
            }
        };
    }

    /** Taken late, because the cases come after the engine. */
    @Bean
    ProcessEnginePlugin covertTenant(ObjectProvider<CaseVisibility> cases) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                engine.setTenantIdProvider(new CovertTenant(cases::getObject));
            }
        };
    }

    @Bean
    StepsOfSets stepsOfSets() {
        return new StepsOfSets();
    }

    @Bean
    ProcessEnginePlugin tablesOfTheCasesOwnSet(StepsOfSets steps) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                engine.setDelegateInterceptor(steps);
            }
        };
    }

    @Bean
    FilterRegistrationBean<UploadLimit> uploadLimit() {
        FilterRegistrationBean<UploadLimit> registration = new FilterRegistrationBean<>(new UploadLimit());
        registration.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
        return registration;
    }

    @Bean
    EngineIndexes engineIndexes(JdbcClient database) {
        return new EngineIndexes(database);
    }

    /**
     * The same file is the same resource, started from a folder or from a jar: no new version without a change. What
     * managers have published is never replaced by a newer program's models; those become a draft.
     */
    private static final class NamedByFile extends SpringProcessEngineConfiguration {

        @Override
        protected void autoDeployResources(ProcessEngine engine) {
            if (!PublishedByManagers.isLive(engine.getRepositoryService())) {
                super.autoDeployResources(engine);
            }
        }

        @Override
        protected @Nullable String getFileResourceName(Resource resource) {
            return resource.getFilename();
        }
    }
}
