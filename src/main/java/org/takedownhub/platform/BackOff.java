package org.takedownhub.platform;

import java.time.Duration;
import java.util.List;

/** How long to leave a party alone that did not say when to come back: 5 s, 30 s, 2 min, then 10 min. */
public final class BackOff {

    private static final List<Duration> STEPS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private BackOff() {}

    /** @param failures in a row so far, at least 1 */
    public static Duration after(int failures) {
        return STEPS.get(Math.min(Math.max(failures, 1), STEPS.size()) - 1);
    }
}
