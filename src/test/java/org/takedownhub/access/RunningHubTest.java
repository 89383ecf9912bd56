package org.takedownhub.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestExecutionListeners;

/** The whole hub behind a real port, as the training profile starts it, but on a database in memory and with no jobs. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:access-test;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "takedown.workers.enabled=false",
            "takedown.training.port=0",
            "takedown.training.data-directory=target/access-test",
            "takedown.training.password=" + Visitor.PASSWORD,
            "takedown.access.attempts-per-user=6",
            "takedown.access.attempt-window=PT5S"
        })
@ActiveProfiles("training")
@Import(Visitor.class)
@TestExecutionListeners(
        listeners = EngineInFront.class,
        mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
@interface RunningHubTest {}
