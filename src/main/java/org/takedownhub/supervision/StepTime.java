package org.takedownhub.supervision;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a step took over a period.
 *
 * @param n       how often the step was left in the period
 * @param median  half of them took no longer
 * @param ninety  nine of ten took no longer
 * @param due     how many of them had a due instant
 * @param overDue how many of these were left at or after it
 * @param level   0 for never, 1 to 5 by the median on a logarithmic scale from a second to the longest median
 */
public record StepTime(
        Step step, boolean inLiveModel, int n, Duration median, Duration ninety, int due, int overDue, int level) {

    /** Below this number a median says little. */
    public static final int SMALL = 10;

    public boolean small() {
        return n < SMALL;
    }

    /** The part that was over due, from 0 to 1; empty where nothing had a due instant. */
    public Optional<Double> shareOverDue() {
        return due == 0 ? Optional.empty() : Optional.of((double) overDue / due);
    }
}
