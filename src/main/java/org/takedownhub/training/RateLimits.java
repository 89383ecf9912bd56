package org.takedownhub.training;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mastodon's limits: a fixed number of calls in windows of five minutes, and of reports in windows of a day, both
 * aligned to 1970 (<a href="https://docs.joinmastodon.org/api/rate-limits/">API documentation</a>).
 */
final class RateLimits {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofHours(24);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * Where a caller stands.
     *
     * @param remaining calls left in this window; below zero when there were too many
     * @param reset     when the window ends
     */
    record Reading(int limit, long remaining, Instant reset) {

        boolean exceeded() {
            return remaining < 0;
        }

        /** The headers; with several limits, Mastodon shows the nearest. */
        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-RateLimit-Limit", Integer.toString(limit));
            headers.put("X-RateLimit-Remaining", Long.toString(Math.max(0, remaining)));
            headers.put("X-RateLimit-Reset", TIMESTAMP.format(reset));
            return headers;
        }

        Reading nearest(Reading other) {
            return other.remaining < remaining ? other : this;
        }
    }

    private final int requestsPerFiveMinutes;
    private final int reportsPerDay;
    private final TrainingStore store;
    private final Clock clock;
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private long window;

    RateLimits(TrainingSettings settings, TrainingStore store, Clock clock) {
        this.requestsPerFiveMinutes = settings.requestsPerFiveMinutes();
        this.reportsPerDay = settings.reportsPerDay();
        this.store = store;
        this.clock = clock;
    }

    /** Counts a call by this caller: a token, or an address without one. */
    synchronized Reading call(String caller) {
        long current = clock.instant().getEpochSecond() / FIVE_MINUTES.toSeconds();
        if (current != window) {
            window = current;
            calls.clear();
        }
        int made = calls.merge(caller, 1, Integer::sum);
        return new Reading(requestsPerFiveMinutes, (long) requestsPerFiveMinutes - made, end(current, FIVE_MINUTES));
    }

    /** Where the reporter stands after the reports made so far today; remaining below one means no further report. */
    Reading reports() {
        long today = clock.instant().getEpochSecond() / DAY.toSeconds();
        long made = store.reportsSince(Instant.ofEpochSecond(today * DAY.toSeconds()));
        return new Reading(reportsPerDay, reportsPerDay - made, end(today, DAY));
    }

    /** Nothing left until then. */
    Reading none(Instant reset) {
        return new Reading(requestsPerFiveMinutes, 0, reset);
    }

    private static Instant end(long window, Duration length) {
        return Instant.ofEpochSecond((window + 1) * length.toSeconds());
    }
}
