package org.takedownhub.returning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookListener;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;
import org.takedownhub.returning.WatchedForReturn.Due;

/**
 * Looks whether removed content is back, on a schedule that falls off. Content counts as back when it was seen again
 * twice, some time apart, with nothing that speaks against it in between; a look that cannot tell speaks neither way.
 */
@Component
public class ReturnWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReturnWatch.class);

    /** While a node looks, no other does; if it dies, the turn comes round again soon. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** The looks are noted with the first recipient: after the removal they are the case's, no recipient's own. */
    private static final int RECIPIENT = 0;

    private final WatchedForReturn watched;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final ContentSource contents;
    private final ObjectProvider<LookListener> listeners;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final ReturnSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final TransactionTemplate transaction;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    ReturnWatch(
            WatchedForReturn watched,
            Platforms platforms,
            Bulkheads bulkheads,
            ContentSource contents,
            ObjectProvider<LookListener> listeners,
            Takedowns takedowns,
            Transactions transactions,
            ReturnSettings settings,
            WorkerSettings workers,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager manager) {
        this.watched = watched;
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.contents = contents;
        this.listeners = listeners;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
        this.speed = speed;
        this.transaction = new TransactionTemplate(manager);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** One round: hands what is due to the platforms' threads. Does not wait for them. */
    public void run() {
        try {
            transaction.executeWithoutResult(status -> watched.begin(clock.instant()));
        } catch (DuplicateKeyException e) {
            LOG.debug("Another node has begun the same watch", e);
        }
        watched.platformsDue(clock.instant()).forEach(instance -> {
            if (busy.add(instance) && !bulkheads.offer(instance, () -> lookAt(instance))) {
                busy.remove(instance);
            }
        });
    }

    private void lookAt(String instance) {
        try {
            Instant now = clock.instant();
            Platform platform = platforms.require(instance);
            List<Due> batch =
                    transaction.execute(status -> watched.take(instance, now, now.plus(LEASE), settings.batch()));
            List<Content> items = new ArrayList<>();
            List<Due> dues = new ArrayList<>();
            for (Due due : batch == null ? List.<Due>of() : batch) {
                contents.find(due.reference(), instance).ifPresent(content -> {
                    items.add(content);
                    dues.add(new Due(
                            due.reference(), due.platform(), due.removedAt(), now.plus(LEASE), due.seenSince()));
                });
            }
            List<Look> looks = items.isEmpty() ? List.of() : look(platform, items);
            Instant at = clock.instant();
            for (int i = 0; i < looks.size(); i++) {
                writeDown(platform, dues.get(i), looks.get(i), at);
            }
        } finally {
            busy.remove(instance);
        }
    }

    private static List<Look> look(Platform platform, List<Content> items) {
        try {
            List<Look> looks = platform.look(items);
            if (looks.size() == items.size()) {
                return looks;
            }
        } catch (PlatformUnavailable e) {
            LOG.info("{} cannot be asked for returned content now", platform.instance(), e);
        } catch (RuntimeException e) {
            LOG.error("Looking for the return of {} items on {} broke off", items.size(), platform.instance(), e);
        }
        return items.stream()
                .map(item -> Look.unknown(UnknownReason.NOT_ASKED, "the platform could not be asked"))
                .toList();
    }

    private void writeDown(Platform platform, Due due, Look look, Instant at) {
        Optional<Instant> seenSince =
                switch (look.availability()) {
                    case AVAILABLE -> Optional.of(due.seenSince().orElse(at));
                    case UNKNOWN -> due.seenSince();
                    default -> Optional.empty();
                };
        Duration confirm = speed.scaled(settings.confirm());
        boolean back = look.availability() == Availability.AVAILABLE
                && due.seenSince()
                        .filter(since -> !at.isBefore(since.plus(confirm)))
                        .isPresent();
        Instant wanted = at.plus(seenSince.isPresent() ? confirm : interval(due, at));
        // A platform that named the time to come back is left alone until then.
        Instant next = look.retryAt().filter(wanted::isBefore).orElse(wanted);
        transaction.executeWithoutResult(status -> {
            listeners.forEach(listener -> listener.looked(due.reference(), RECIPIENT, platform, look, at));
            watched.move(due.reference(), due.nextCheckAt(), next, seenSince);
        });
        if (back) {
            transactions.run(() -> takedowns.contentReturned(due.reference()));
        }
    }

    private Duration interval(Due due, Instant at) {
        Duration wanted = Duration.ofMillis(
                Math.round(Duration.between(due.removedAt(), at).toMillis() * settings.share()));
        Duration shortest = speed.scaled(settings.shortest());
        Duration longest = speed.scaled(settings.longest());
        if (wanted.compareTo(shortest) < 0) {
            return shortest;
        }
        return wanted.compareTo(longest) > 0 ? longest : wanted;
    }
}
