package org.takedownhub.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When "not found" counts as gone.
 *
 * @param confirmationGap shortest time between two looks that confirm each other; divided by the clock's speed
 * @param confirmations   how many misses it takes
 * @param outOf           among how many of the last looks
 * @param vantage         where we look from, such as {@code GB}; stored with every observation
 */
@ConfigurationProperties("takedown.removal")
public record ConfirmationSettings(
        @DefaultValue("5m") Duration confirmationGap,
        @DefaultValue("2") int confirmations,
        @DefaultValue("3") int outOf,
        @DefaultValue("GB") String vantage) {

    public ConfirmationSettings {
        if (confirmations < 1 || outOf < confirmations) {
            throw new IllegalArgumentException(
                    "takedown.removal.confirmations must be at least 1 and at most takedown.removal.out-of");
        }
    }
}
