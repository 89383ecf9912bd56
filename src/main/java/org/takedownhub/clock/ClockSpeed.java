package org.takedownhub.clock;

import java.time.Duration;

/** How many times faster than the wall the hub's periods pass. */
public final class ClockSpeed {

    /** A second lasts a second. */
    public static final ClockSpeed REAL = new ClockSpeed(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final double factor;

    /** @param factor at least 1 */
    public ClockSpeed(double factor) {
        if (!(factor >= 1 && factor <= 1_000_000)) {
            throw new IllegalArgumentException("takedown.clock.speed must lie between 1 and 1000000");
        }
        this.factor = factor;
    }

    /**
     * A configured period as it passes here, to the millisecond, never shorter than a second.
     *
     * @throws IllegalArgumentException when the period is zero or negative, which is a mistake at any speed
     */
    public Duration scaled(Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("A period must be longer than zero, but is %s".formatted(period));
        }
        Duration scaled = isReal() ? period : Duration.ofMillis(Math.round(period.toMillis() / factor));
        return scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
    }

    /** Whether periods last as long as they say. */
    public boolean isReal() {
        return factor == 1;
    }

    public double factor() {
        return factor;
    }
}
