package org.takedownhub.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole hub behind a real port, as the training profile starts it, but on a database in memory and with no jobs. Each
 * class has a hub of its own: the engine's web applications keep what they serve in places that exist once per JVM, and
 * the hub that started last has them.
 */
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
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
@interface RunningHubTest {}
