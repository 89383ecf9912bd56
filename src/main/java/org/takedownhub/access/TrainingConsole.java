package org.takedownhub.access;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells a newcomer where to go and how to sign in. Once, on the console and not through the log, which is kept. */
@Component
@Profile("training")
class TrainingConsole {

    private final TrainingPassword password;
    private final Environment environment;

    TrainingConsole(TrainingPassword password, Environment environment) {
        this.password = password;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        print(System.out);
    }

    void print(PrintStream console) {
        String hub = "http://localhost:" + environment.getProperty("local.server.port", "8080");
        String platform = "http://localhost:" + environment.getProperty("takedown.training.port", "8090");
        console.printf(
                """

                Takedown Hub, training. Nothing here leaves this machine.

                  Tasklist           %1$s/camunda/app/tasklist/default/
                  Cockpit            %1$s/camunda/app/cockpit/default/
                  API                %1$s/swagger-ui.html
                  Training platform  %2$s

                  Accounts           caseworker1 caseworker2 officer force-north force-south manager1 manager2
                                     reviewer duty leadership records auditor operator
                                     covert1 covert2 covert3
                  Password           %3$s

                """,
                hub, platform, password.forConsole());
    }
}
