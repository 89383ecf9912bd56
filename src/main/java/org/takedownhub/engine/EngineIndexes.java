package org.takedownhub.engine;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Indexes on the engine's tables that the engine does not ship. They are made once the engine has made its tables,
 * and again at each start, which changes nothing.
 */
final class EngineIndexes extends AbstractProcessEnginePlugin {

    /** The first serves "by priority, deadlines first, oldest first" (Camunda manual, "The Job Order of Job Acquisition"). */
    private static final List<String> STATEMENTS = List.of(
            "create index if not exists takedown_idx_job_order on act_ru_job (priority_ desc, type_ desc, duedate_)",
            "create index if not exists takedown_idx_task_due on act_ru_task (due_date_)");

    private final JdbcClient database;

    EngineIndexes(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        STATEMENTS.forEach(statement -> database.sql(statement).update());
    }
}
