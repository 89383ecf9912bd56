package org.takedownhub.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks platforms, without any effect, whether address and credentials work: now and then by itself, so that an operator
 * learns of a lapsed token before a notice does, and when an operator wants to know.
 */
@Component
public class ConnectionChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionChecks.class);

    /** A check may take several calls. */
    private static final int CALLS = 4;

    private static final Duration FOR_THE_QUEUE = Duration.ofSeconds(5);

    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final PlatformHealth health;
    private final ConnectionCheckSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    ConnectionChecks(
            Platforms platforms,
            Bulkheads bulkheads,
            PlatformHealth health,
            ConnectionCheckSettings settings,
            WorkerSettings workers,
            Clock clock) {
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.health = health;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * How a check came out.
     *
     * @param works  whether address and credentials work
     * @param detail what to mend, empty when nothing is; no answer's body, no secret
     * @param at     UTC
     */
    public record Outcome(boolean works, String detail, Instant at) {}

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT15S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /**
     * One round: hands what is due to the platforms' threads, and does not wait for them. Each instance has its turn a
     * period after it was last heard of, by whichever node; a platform that is busy with notices answers those.
     */
    public void run() {
        Instant due = clock.instant().minus(settings.every());
        for (Platform platform : platforms.all()) {
            if (isAsked(platform)
                    && health.of(platform.instance())
                            .map(known -> !known.checkedAt().isAfter(due))
                            .orElse(true)) {
                offer(platform);
            }
        }
    }

    private void offer(Platform platform) {
        String instance = platform.instance();
        if (busy.add(instance)
                && !bulkheads.offer(instance, () -> {
                    try {
                        ask(platform);
                    } finally {
                        busy.remove(instance);
                    }
                })) {
            busy.remove(instance);
        }
    }

    /** Whether there is anything to connect to: not where people serve the platform, or where it is switched off. */
    public boolean isAsked(Platform platform) {
        PlatformSettings own = platforms.settings(platform.instance());
        return own.enabled() && !own.kind().equals(Platforms.PORTAL);
    }

    /**
     * Checks one instance now, on its own threads, and records the outcome as its health.
     *
     * @return empty when its threads have too much to do just now
     */
    public Optional<Outcome> check(Platform platform) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Duration limit = limit(platforms.settings(platform.instance()));
        boolean taken = bulkheads.offer(platform.instance(), () -> outcome.complete(ask(platform)));
        return taken ? Optional.of(outcome(platform, outcome, limit)) : Optional.empty();
    }

    /** All the calls of one check together. */
    static Duration limit(PlatformSettings settings) {
        return settings.timeout().multipliedBy(CALLS).plus(FOR_THE_QUEUE);
    }

    private Outcome outcome(Platform platform, CompletableFuture<Outcome> outcome, Duration limit) {
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failed(platform, "It did not answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A check answers or is never done", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(false, "The hub is stopping", clock.instant());
        }
    }

    private Outcome ask(Platform platform) {
        try {
            platform.checkConnection();
            health.answered(platform.instance());
            return new Outcome(true, "", clock.instant());
        } catch (PlatformUnavailable e) {
            return failed(platform, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The check of {} broke off", platform.instance(), e);
            return failed(platform, "The connector broke off (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Outcome failed(Platform platform, String detail) {
        health.failed(platform.instance(), detail);
        return new Outcome(false, detail, clock.instant());
    }
}
