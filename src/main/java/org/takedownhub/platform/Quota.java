package org.takedownhub.platform;

import java.time.Instant;

/**
 * An allowance that a platform gives us for a period.
 *
 * @param unit     what is counted, such as {@code units} or {@code reports}
 * @param limit    how many in the period
 * @param used     how many of them so far
 * @param resetsAt when the next period begins, UTC
 */
public record Quota(String unit, long limit, long used, Instant resetsAt) {}
