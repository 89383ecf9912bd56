package org.takedownhub.crisis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Crisis mode.
 *
 * @param priority what tasks of linked cases are raised to, 1 to 100, where no other is given; the shipped table gives
 *                 90 to a threat to life, and up to 80 to the rest
 * @param longest  how far ahead the end of a crisis may lie
 */
@ConfigurationProperties("takedown.crisis")
record CrisisSettings(@DefaultValue("85") int priority, @DefaultValue("90d") Duration longest) {

    CrisisSettings {
        if (priority < 1 || priority > 100) {
            throw new IllegalArgumentException("takedown.crisis.priority must lie between 1 and 100");
        }
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("takedown.crisis.longest must be longer than zero");
        }
    }
}
