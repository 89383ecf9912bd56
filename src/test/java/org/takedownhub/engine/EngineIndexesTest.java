package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineIndexesTest {

    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    Stream<DataSource> databases() {
        return Stream.of(
                new DriverManagerDataSource("jdbc:h2:mem:indexes;DB_CLOSE_DELAY=-1", "sa", ""),
                postgres.getPostgresDatabase());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void areMadeOnceTheEngineHasMadeItsTables(DataSource source) throws SQLException {
        JdbcClient database = JdbcClient.create(source);
        EngineIndexes indexes = new EngineIndexes(database);
        ProcessEngine engine = engineOn(source);
        try {
            indexes.postProcessEngineBuild(engine);
            indexes.postProcessEngineBuild(engine);

            assertThat(indexesOf(source)).contains("takedown_idx_job_order", "takedown_idx_task_due");
        } finally {
            engine.close();
        }
    }

    private static ProcessEngine engineOn(DataSource source) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("indexes-" + source.hashCode());
        configuration.setDataSource(source);
        configuration.setJobExecutorActivate(false);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        return configuration.buildProcessEngine();
    }

    /** Asked of the driver, since every database keeps its own catalogue. */
    private static List<String> indexesOf(DataSource source) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            for (String table : List.of("act_ru_job", "act_ru_task", "ACT_RU_JOB", "ACT_RU_TASK")) {
                try (ResultSet found = connection.getMetaData().getIndexInfo(null, null, table, false, true)) {
                    while (found.next()) {
                        names.add(String.valueOf(found.getString("INDEX_NAME")).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return names;
    }
}
