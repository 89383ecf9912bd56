package org.takedownhub;

import java.io.PrintWriter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.takedownhub.commandline.TakedownCommand;

/**
 * Starts the hub: the web front, the engine and the workers, in one process. With {@code models} as its first argument
 * the same program is a client of a running hub.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TakedownHub {

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(TakedownCommand.MODELS)) {
            System.exit(TakedownCommand.run(
                    arguments, System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
        }
        SpringApplication.run(TakedownHub.class, arguments);
    }
}
