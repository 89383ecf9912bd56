package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.takedownhub.audit.AuditChains;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.platform.FakePlatformConfiguration;

/**
 * The hub was down for two days, and fifty deadlines have passed. The real job executor of the shipped settings is
 * started on what waits.
 */
@SpringBootTest(
        properties = {
            "camunda.bpm.process-engine-name=downtime",
            "spring.datasource.url=jdbc:h2:mem:downtime-test;DB_CLOSE_DELAY=-1",
            "takedown.workers.enabled=false",
            "takedown.clock.speed=1",
            "takedown.deconfliction.ask-all=false",
            "takedown.training.port=0",
            "takedown.training.data-directory=target/downtime-test",
            "TAKEDOWN_TRAINING_PASSWORD=downtime-test-password-1",
            "takedown.platforms.fake.kind=fake",
            "takedown.platforms.fake.hosts=fake.example",
            "takedown.platforms.fake.workers=1"
        })
@ActiveProfiles("training")
@Import({FakePlatformConfiguration.class, TakedownScenario.class})
@DirtiesContext
class DowntimeTest {

    private static final int CASES = 50;
    private static final int NEW_FLAGS = 200;
    private static final int ALL = 1_000;

    /** What the executor may have taken before the ladder's own jobs came up: its queue, a page and what runs. */
    private static final int TAKEN_AT_MOST = 80;

    private static final Duration DOWN = Duration.ofDays(2);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Flags flags;

    @Autowired
    FlagRules rules;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @BeforeEach
    void nothingRuns() {
        engine.getJobExecutor().shutdown();
        scenario.begin();
    }

    @AfterEach
    void stopAgain() {
        engine.getJobExecutor().shutdown();
        scenario.end();
    }

    @Test
    void actsOnEveryMissedDeadlineOnceTheOldestFirstAndBeforeNewFlags() {
        List<CaseReference> byLateness = referredWithDifferentDeadlines();
        List<CaseReference> flagged = flaggedWhileNothingRuns();
        // From here on the clock ticks, two days later.
        ClockUtil.offset(Duration.between(Instant.now(), monday().plus(DOWN)).toMillis());

        assertThat(waiting()).startsWith("timer").endsWith("message");
        assertThat(deadlinesAsAcquired()).containsExactlyElementsOf(byLateness);

        engine.getJobExecutor().start();
        await().atMost(PATIENCE).until(() -> rows("rung") >= CASES);
        engine.getJobExecutor().shutdown();

        assertThat(jdbc.sql("select case_reference from rung where rung = 1")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(values(byLateness));
        assertThat(rows("rung")).isEqualTo(CASES);
        assertThat(jdbc.sql("select case_reference from clock_entry where event = 'MISSED'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(values(byLateness));
        assertThat(jdbc.sql("select case_reference from submission where purpose = 'RUNG'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(values(byLateness));
        assertThat(reachedCaseworkersBefore(lastRung(), flagged))
                .as("new flags that overtook the last missed deadline")
                .isLessThanOrEqualTo(TAKEN_AT_MOST);
        assertThat(AuditChains.broken(database)).isEmpty();
    }

    private List<CaseReference> referredWithDifferentDeadlines() {
        List<Integer> minutes = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            minutes.add(i * 7);
        }
        Collections.shuffle(minutes, new Random(4));
        CaseReference[] byLateness = new CaseReference[CASES];
        for (int minute : minutes) {
            scenario.begin();
            ClockUtil.setCurrentTime(Date.from(monday().plus(Duration.ofMinutes(minute))));
            scenario.referred(Category.THREAT);
            byLateness[minute / 7] = scenario.reference();
        }
        return List.of(byLateness);
    }

    private List<CaseReference> flaggedWhileNothingRuns() {
        List<CaseReference> flagged = new ArrayList<>();
        for (int i = 0; i < NEW_FLAGS; i++) {
            flagged.add(flags.flag(
                            rules.check(Map.of(
                                    "url",
                                    "https://fake.example/posts/" + UUID.randomUUID(),
                                    "reason",
                                    "Flagged while the hub was stopping")),
                            "caseworker1")
                    .caseReference());
        }
        return flagged;
    }

    private static Instant monday() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    /** What the executor would take, in its order. */
    private List<AcquirableJobEntity> acquirable() {
        return engine.getCommandExecutorTxRequired()
                .execute(context -> context.getJobManager().findNextJobsToExecute(new Page(0, ALL)));
    }

    private List<String> waiting() {
        // Between 2 and 5 in the morning the engine cleans its history, too.
        return acquirable().stream()
                .map(job -> type(job.getId()))
                .filter(type -> !type.equals("ever-living"))
                .toList();
    }

    private List<CaseReference> deadlinesAsAcquired() {
        return acquirable().stream()
                .flatMap(job -> jdbc
                        .sql("select e.business_key_ from act_ru_job j join act_ru_execution e on e.id_ ="
                                + " j.process_instance_id_ join act_ru_jobdef d on d.id_ = j.job_def_id_ where j.id_ = ?"
                                + " and d.act_id_ = 'Event_RemovalDeadlinePassed'")
                        .params(job.getId())
                        .query(String.class)
                        .list()
                        .stream())
                .map(CaseReference::new)
                .toList();
    }

    private String type(String jobId) {
        return jdbc.sql("select type_ from act_ru_job where id_ = ?")
                .params(jobId)
                .query(String.class)
                .single();
    }

    private int rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    private OffsetDateTime lastRung() {
        return jdbc.sql("select max(climbed_at) from rung")
                .query(OffsetDateTime.class)
                .single();
    }

    private int reachedCaseworkersBefore(OffsetDateTime instant, List<CaseReference> flagged) {
        return jdbc.sql("select count(*) from case_step where state = 'VERIFYING' and entered_at < :instant and"
                        + " case_reference in (:flagged)")
                .param("instant", instant)
                .param("flagged", values(flagged))
                .query(Integer.class)
                .single();
    }

    private static List<String> values(List<CaseReference> references) {
        return references.stream().map(CaseReference::value).toList();
    }
}
