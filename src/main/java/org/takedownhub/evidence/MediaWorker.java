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
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.BackOff;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.WorkerSettings;

/**
 * Fetches, hashes and compares the media of captured items, one file at a time per platform. They come from hosts of
 * their own, so they have threads of their own: files that hang delay other files, and no report and no look.
 */
@Component
public class MediaWorker {

    private static final Logger LOG = LoggerFactory.getLogger(MediaWorker.class);

    /** On top of the time for fetching and decoding; after that another worker may try. Fetching twice harms nobody. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final Media media;
    private final MediaFiles files;
    private final MediaMatches matches;
    private final Bulkheads bulkheads;
    private final MediaSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final TransactionTemplate transaction;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    MediaWorker(
            Media media,
            MediaFiles files,
            MediaMatches matches,
            Bulkheads bulkheads,
            MediaSettings settings,
            WorkerSettings workers,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.media = media;
        this.files = files;
        this.matches = matches;
        this.bulkheads = bulkheads;
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

    /** One round: hands what is due to the threads for media. Does not wait for them. */
    public void run() {
        media.platformsDue(clock.instant()).forEach(this::offer);
    }

    private void offer(String platform) {
        if (busy.add(platform) && !bulkheads.offer(Bulkheads.MEDIA, () -> takeNext(platform))) {
            busy.remove(platform);
        }
    }

    private void takeNext(String platform) {
        boolean found = false;
        try {
            Instant now = clock.instant();
            Instant until =
                    now.plus(settings.fetchTime()).plus(settings.decodeTime()).plus(SPARE);
            Optional<Media.Item> next = transaction.execute(status -> media.leaseNext(platform, now, until));
            found = next != null && next.isPresent();
            if (found) {
                take(next.get());
            }
        } finally {
            busy.remove(platform);
        }
        if (found) {
            offer(platform);
        }
    }

    private void take(Media.Item item) {
        if (item.tries() >= settings.tries()) {
            fail(item, "Every try ended without an answer");
            return;
        }
        try {
            if (item.url().isPresent()) {
                Media.Hashes hashes = files.fetch(item.platform(), item.url().get());
                transaction.executeWithoutResult(status -> media.hashed(item, hashes));
            }
            transaction.executeWithoutResult(status -> matches.compare(item.mediaId()));
        } catch (MediaFiles.NoMedia e) {
            fail(item, String.valueOf(e.getMessage()));
        } catch (PlatformUnavailable e) {
            tryAgain(item, e.retryAt(), Optional.ofNullable(e.getMessage()).orElse("unavailable"));
        } catch (RuntimeException e) {
            LOG.warn("Media file {} of {} broke off", item.mediaId(), item.reference(), e);
            tryAgain(item, Optional.empty(), "broke off (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void tryAgain(Media.Item item, Optional<Instant> retryAt, String why) {
        int tries = item.tries() + 1;
        if (tries >= settings.tries()) {
            fail(item, why);
        } else {
            Instant again = retryAt.orElseGet(() -> clock.instant().plus(speed.scaled(BackOff.after(tries))));
            transaction.executeWithoutResult(status -> media.tryAgain(item, again, why));
        }
    }

    private void fail(Media.Item item, String why) {
        LOG.warn("Media file {} of {} is not compared: {}", item.mediaId(), item.reference(), why);
        transaction.executeWithoutResult(status -> media.failed(item, why));
    }
}
