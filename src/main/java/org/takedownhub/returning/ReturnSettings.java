package org.takedownhub.returning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often removed content is looked at for its return: soon after the removal often, then less and less. All periods
 * are divided by the clock's speed.
 *
 * @param shortest the shortest time between two looks
 * @param longest  the longest
 * @param share    in between, this share of the time that has passed since the removal
 * @param confirm  how long content must have been seen again before it counts as back
 * @param batch    how many items of one platform in one round
 */
@ConfigurationProperties("takedown.returns")
record ReturnSettings(
        @DefaultValue("1h") Duration shortest,
        @DefaultValue("7d") Duration longest,
        @DefaultValue("0.25") double share,
        @DefaultValue("5m") Duration confirm,
        @DefaultValue("100") int batch) {

    ReturnSettings {
        if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "takedown.returns.shortest must be longer than nothing and no longer than takedown.returns.longest");
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("takedown.returns.share must be more than 0 and at most 1");
        }
        if (confirm.isNegative() || batch < 1) {
            throw new IllegalArgumentException(
                    "takedown.returns.confirm must not be negative and takedown.returns.batch at least 1");
        }
    }
}
