package org.takedownhub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** A test against {@link HubSlice} behind a real server. All such tests share one context: each uses posts of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = HubSlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=optional:classpath:/none.yaml",
            "spring.servlet.multipart.enabled=false",
            "spring.datasource.url=jdbc:h2:mem:hub-slice;DB_CLOSE_DELAY=-1",
            "takedown.platforms.training.kind=portal",
            "takedown.platforms.training.hosts=localhost:8090"
        })
public @interface HubWebTest {}
