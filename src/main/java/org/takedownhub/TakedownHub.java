package org.takedownhub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the hub: the web front, the engine and the workers, in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TakedownHub {

    public static void main(String[] arguments) {
        SpringApplication.run(TakedownHub.class, arguments);
    }
}
