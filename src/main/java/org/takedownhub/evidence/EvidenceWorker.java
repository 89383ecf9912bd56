package org.takedownhub.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.evidence.Evidence.Request;
import org.takedownhub.platform.BackOff;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.WorkerSettings;

/** Fetches what has been asked for, one item at a time per platform, so that captures never crowd out referrals. */
@Component
public class EvidenceWorker {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceWorker.class);

    /** Longer than any capture; after that another worker may try. Fetching twice harms nobody. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Evidence evidence;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final ContentSource contents;
    private final PlatformHealth health;
    private final EvidenceSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final TransactionTemplate transaction;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    EvidenceWorker(
            Evidence evidence,
            Platforms platforms,
            Bulkheads bulkheads,
            ContentSource contents,
            PlatformHealth health,
            EvidenceSettings settings,
            WorkerSettings workers,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.evidence = evidence;
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.contents = contents;
        this.health = health;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
        this.speed = speed;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    @TransactionalEventListener
    void requested(EvidenceRequested requested) {
        if (workers.enabled()) {
            offer(requested.platform());
        }
    }

    /** One round: hands what is due to the platforms' threads. Does not wait for them. */
    public void run() {
        evidence.platformsDue(clock.instant()).forEach(this::offer);
    }

    private void offer(String platform) {
        if (busy.add(platform) && !bulkheads.offer(platform, () -> captureNext(platform))) {
            busy.remove(platform);
        }
    }

    private void captureNext(String platform) {
        boolean found = false;
        try {
            Instant now = clock.instant();
            Optional<Request> next = transaction.execute(status -> evidence.leaseNext(platform, now, now.plus(LEASE)));
            found = next != null && next.isPresent();
            if (found) {
                capture(next.get());
            }
        } finally {
            busy.remove(platform);
        }
        if (found) {
            offer(platform);
        }
    }

    private void capture(Request request) {
        if (request.tries() >= settings.tries()) {
            fail(request, "Every try ended without an answer");
            return;
        }
        try {
            Capture capture = platforms.require(request.platform()).capture(content(request));
            if (capture.body().length > settings.largest().toBytes()) {
                fail(request, "Larger than " + settings.largest());
            } else {
                transaction.executeWithoutResult(status -> evidence.captured(request, capture));
                health.answered(request.platform());
            }
        } catch (PlatformUnavailable e) {
            tryAgain(request, e.retryAt(), Optional.ofNullable(e.getMessage()).orElse("unavailable"));
        } catch (RuntimeException e) {
            LOG.error("Capture {} of {} broke off", request.evidenceId(), request.reference(), e);
            tryAgain(
                    request,
                    Optional.empty(),
                    "The connector broke off (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Content content(Request request) {
        Content content = contents.find(request.reference(), request.platform())
                .orElseThrow(() -> new IllegalStateException("There is no case " + request.reference()));
        return new Content(content.reference(), content.key(), request.url(), content.identities());
    }

    private void tryAgain(Request request, Optional<Instant> retryAt, String why) {
        int tries = request.tries() + 1;
        if (tries >= settings.tries()) {
            fail(request, why);
        } else {
            Instant again = retryAt.orElseGet(() -> clock.instant().plus(speed.scaled(BackOff.after(tries))));
            transaction.executeWithoutResult(status -> evidence.tryAgain(request, again, why));
        }
    }

    private void fail(Request request, String why) {
        LOG.warn("No evidence for {}: {}", request.reference(), why);
        transaction.executeWithoutResult(status -> evidence.failed(request, why));
    }
}
