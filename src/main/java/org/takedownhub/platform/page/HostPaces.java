package org.takedownhub.platform.page;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.platform.PlatformUnavailable;

/**
 * How often this node asks one host, whoever wants to know and from wherever: several instances can lie on one host, and
 * many ask the same oEmbed service. Kept in memory; strangers' hosts are forgotten, the longest unused first.
 */
final class HostPaces {

    private static final int MOST_HOSTS = 5_000;

    private final int requestsPerMinute;
    private final Clock clock;
    private final Map<String, Pace> paces = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pace> eldest) {
            return size() > MOST_HOSTS;
        }
    };

    private record Pace(Bucket budget, Instant pausedUntil) {}

    HostPaces(int requestsPerMinute, Clock clock) {
        this.requestsPerMinute = requestsPerMinute;
        this.clock = clock;
    }

    /** @throws PlatformUnavailable it is not this host's turn; it says when to come back */
    synchronized void take(String host) {
        Instant now = clock.instant();
        Pace pace = pace(host);
        if (now.isBefore(pace.pausedUntil())) {
            throw new PlatformUnavailable(host + " asked us to wait", Optional.of(pace.pausedUntil()));
        }
        ConsumptionProbe probe = pace.budget().tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new PlatformUnavailable(
                    "We ask " + host + " no more often for now",
                    Optional.of(now.plusNanos(probe.getNanosToWaitForRefill())));
        }
    }

    synchronized void pause(String host, Instant until) {
        Pace pace = pace(host);
        if (until.isAfter(pace.pausedUntil())) {
            paces.put(host, new Pace(pace.budget(), until));
        }
    }

    private Pace pace(String host) {
        return paces.computeIfAbsent(
                host,
                name -> new Pace(
                        Bucket.builder()
                                .addLimit(limit -> limit.capacity(requestsPerMinute)
                                        .refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                                .build(),
                        Instant.MIN));
    }
}
