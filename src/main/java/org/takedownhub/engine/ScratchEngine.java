package org.takedownhub.engine;

import static org.camunda.bpm.engine.ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE;
import static org.camunda.bpm.engine.ProcessEngineConfiguration.HISTORY_NONE;

import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManagerFactory;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.h2.jdbcx.JdbcConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real engine of its own for trying out a set of models: in memory, with the same locks as the live one, with no
 * delegates but those it is given, without job executor, history or a name by which anybody could reach it. Stories are
 * played in it one transaction each, in which time is moved by hand and which never writes anything, so that any number
 * of threads can play at once. What it was lives no longer than it does.
 */
public final class ScratchEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchEngine.class);

    /** A table asked something new more often than this is asked with values that do not repeat. */
    private static final int MOST_KEPT_RULINGS = 20_000;

    private final JdbcConnectionPool database;
    private final StandaloneInMemProcessEngineConfiguration configuration;
    private final ProcessEngine engine;
    private final Map<String, String> processes = new HashMap<>();
    private final Map<String, String> decisions = new HashMap<>();
    private final Map<Question, Optional<Map<String, Object>>> rulings = new ConcurrentHashMap<>();

    private record Question(String table, Map<String, Object> inputs) {}

    /**
     * Builds an engine and deploys the files to it.
     *
     * @param guard     looks at the files first, as at every deployment
     * @param delegates the beans that the models can name; there are no others
     * @param files     processes, decisions and forms by file name
     * @throws org.camunda.bpm.engine.ProcessEngineException the guard or the engine refuses a file; nothing of it runs
     */
    public static ScratchEngine of(ModelGuard guard, Map<String, JavaDelegate> delegates, Map<String, byte[]> files) {
        // Before anything is built for it. The guard stands at the engine's own door as well.
        files.forEach(guard::mustPass);
        ScratchEngine scratch = new ScratchEngine(guard, delegates);
        boolean deployed = false;
        try {
            scratch.deploy(files);
            deployed = true;
            return scratch;
        } finally {
            if (!deployed) {
                scratch.close();
            }
        }
    }

    private ScratchEngine(ModelGuard guard, Map<String, JavaDelegate> delegates) {
        String name = "scratch-" + UUID.randomUUID();
        this.database = JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
        this.configuration = new Unwritten();
        configuration.setProcessEngineName(name);
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate(DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(HISTORY_NONE);
        configuration.setJobExecutorActivate(false);
        configuration.setAuthorizationEnabled(false);
        configuration.setTenantCheckEnabled(false);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setDbMetricsReporterActivate(false);
        configuration.setProducePrioritizedJobs(false);
        // A story that fails says so to whoever plays it; thousands of them are no news for the log.
        configuration.setEnableCmdExceptionLogging(false);
        configuration.setBusinessCalendarManager(StageCalendars.all());
        configuration.setCustomPreDeployers(new ArrayList<>());
        configuration.setCustomPreBPMNParseListeners(List.of(new StageMarks()));
        DefaultDmnEngineConfiguration tables =
                (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        tables.setFeelEngineFactory(() -> new RememberedFeel(new ScalaFeelEngineFactory().createInstance()));
        configuration.setDmnEngineConfiguration(tables);
        AtomicLong ids = new AtomicLong();
        configuration.setIdGenerator(() -> Long.toString(ids.incrementAndGet()));
        configuration.getProcessEnginePlugins().add(new EngineLocks(Map.copyOf(delegates), guard));
        this.engine = configuration.buildProcessEngine();
        // Nobody finds it by name: not Cockpit, not the REST API.
        ProcessEngines.unregister(engine);
    }

    private void deploy(Map<String, byte[]> files) {
        DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        deployment.deploy();
        for (ProcessDefinition definition :
                engine.getRepositoryService().createProcessDefinitionQuery().list()) {
            processes.put(definition.getKey(), definition.getId());
        }
        engine.getRepositoryService()
                .createDecisionDefinitionQuery()
                .list()
                .forEach(definition -> decisions.put(definition.getKey(), definition.getId()));
    }

    /** Whether the set has a process of this id. */
    public boolean has(String process) {
        return processes.containsKey(process);
    }

    /**
     * Plays one story, from nothing and to nothing: when it is over, the engine is as before.
     *
     * @param story what happens; it must not keep the stage
     */
    public void play(Consumer<Stage> story) {
        try {
            configuration.getCommandExecutorTxRequired().execute(context -> {
                PlayedStage stage = new PlayedStage(context, processes);
                stage.open();
                story.accept(stage);
                return null;
            });
        } finally {
            PlayedStage.close();
        }
    }

    /**
     * Asks a decision table of the set.
     *
     * @return empty when no rule applies
     * @throws IllegalStateException there is no such table
     * @throws org.camunda.bpm.engine.ProcessEngineException more than one rule applies
     */
    public Optional<Map<String, Object>> decide(String table, Map<String, Object> inputs) {
        Question question = new Question(table, inputs);
        Optional<Map<String, Object>> known = rulings.get(question);
        if (known != null) {
            return known;
        }
        Optional<Map<String, Object>> ruling = asked(table, inputs);
        if (rulings.size() < MOST_KEPT_RULINGS) {
            rulings.put(question, ruling);
        }
        return ruling;
    }

    private Optional<Map<String, Object>> asked(String table, Map<String, Object> inputs) {
        String id = decisions.get(table);
        if (id == null) {
            throw new IllegalStateException("The set has no decision table " + table);
        }
        DmnDecisionTableResult result = engine.getDecisionService()
                .evaluateDecisionTableById(id)
                .variables(inputs)
                .evaluate();
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(result.getSingleResult().getEntryMap());
    }

    @Override
    public void close() {
        engine.close();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException gone) {
            LOG.warn("The database of a scratch engine did not shut down", gone);
        } finally {
            database.dispose();
        }
    }

    /** How many cases, jobs and tasks its database holds: none, however many stories were played. */
    public long left() {
        return engine.getRuntimeService().createProcessInstanceQuery().count()
                + engine.getManagementService().createJobQuery().count()
                + engine.getTaskService().createTaskQuery().count();
    }

    /** Writes nothing while a story is played. */
    private static final class Unwritten extends StandaloneInMemProcessEngineConfiguration {

        @Override
        protected void initSessionFactories() {
            super.initSessionFactories();
            addSessionFactory(new DbEntityManagerFactory(Objects.requireNonNull(idGenerator)) {
                @Override
                public DbEntityManager openSession() {
                    PersistenceSession session = Context.getCommandContext().getSession(PersistenceSession.class);
                    return new DbEntityManager(idGenerator, session) {
                        @Override
                        public void flush() {
                            if (!PlayedStage.isOpen()) {
                                super.flush();
                            }
                        }
                    };
                }
            });
        }
    }
}
