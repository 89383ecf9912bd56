package org.takedownhub.removal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When looks that cannot tell become a person's task.
 *
 * @param unknownAfter how long nobody has been able to tell; divided by the clock's speed
 */
@ConfigurationProperties("takedown.removal")
record UnclearSettings(@DefaultValue("6h") Duration unknownAfter) {

    UnclearSettings {
        if (unknownAfter.isNegative() || unknownAfter.isZero()) {
            throw new IllegalArgumentException("takedown.removal.unknown-after must be longer than zero");
        }
    }
}
