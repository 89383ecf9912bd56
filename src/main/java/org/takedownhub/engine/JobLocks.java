package org.takedownhub.engine;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Node;

/**
 * Lets go of the jobs that an earlier run of this node held when it died. A node takes jobs by the hundred and holds
 * each until it is done or {@code lock-time-in-millis} is over, so after a kill a deadline would wait for minutes.
 */
@Component
final class JobLocks extends AbstractProcessEnginePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(JobLocks.class);

    private final JdbcClient database;
    private final Node node;

    JobLocks(JdbcClient database, Node node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        engine.getJobExecutor().setLockOwner(node.worker());
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        List<String> owners = database.sql("select distinct lock_owner_ from act_ru_job where lock_owner_ is not null")
                .query(String.class)
                .list();
        owners.stream().filter(node::isGone).forEach(this::release);
    }

    private void release(String owner) {
        int released = database.sql(
                        "update act_ru_job set lock_owner_ = null, lock_exp_time_ = null where lock_owner_ = ?")
                .params(owner)
                .update();
        LOG.info("Took up {} jobs that {} had not finished", released, owner);
    }
}
