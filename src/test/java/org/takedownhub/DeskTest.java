package org.takedownhub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.takedownhub.modelling.Desk;
import org.takedownhub.platform.FakePlatformConfiguration;
import org.takedownhub.process.TakedownScenario;

/**
 * A hub as for {@link HubTest}, in which tests may publish other models. All tests share it; each ends with
 * {@link Desk#close()}, which brings the program's own models back.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:desk-test;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "takedown.workers.enabled=false",
            "takedown.clock.speed=1",
            "takedown.training.port=0",
            "takedown.training.data-directory=target/desk-test",
            "TAKEDOWN_TRAINING_PASSWORD=desk-test-password-1",
            "takedown.deconfliction.ask-all=false",
            "takedown.deconfliction.hub-url=https://hub.example",
            "takedown.contacts.forces.north=desk@north.example",
            "takedown.platforms.fake.kind=fake",
            "takedown.platforms.fake.hosts=fake.example",
            "takedown.platforms.fake.workers=1"
        })
@ActiveProfiles("training")
@Import({FakePlatformConfiguration.class, TakedownScenario.class, Desk.class})
public @interface DeskTest {}
