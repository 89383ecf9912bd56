package org.takedownhub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.takedownhub.platform.FakePlatformConfiguration;
import org.takedownhub.process.TakedownScenario;

/**
 * The whole hub on a database in memory, in which nothing happens by itself: jobs and workers run when a test says so,
 * and time stands still until a test moves it. All tests share one such hub, so each works on cases of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:hub-test;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "takedown.workers.enabled=false",
            "takedown.clock.speed=1",
            "takedown.training.port=0",
            "takedown.training.data-directory=target/hub-test",
            "TAKEDOWN_TRAINING_PASSWORD=hub-test-password-1",
            "takedown.deconfliction.ask-all=false",
            "takedown.deconfliction.hub-url=https://hub.example",
            "takedown.contacts.forces.north=desk@north.example",
            "takedown.platforms.fake.kind=fake",
            "takedown.platforms.fake.hosts=fake.example",
            "takedown.platforms.fake.workers=1"
        })
@ActiveProfiles("training")
@Import({FakePlatformConfiguration.class, TakedownScenario.class})
public @interface HubTest {}
