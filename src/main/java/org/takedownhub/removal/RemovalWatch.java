package org.takedownhub.removal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.removal.RemovalRule.Finding;
import org.takedownhub.removal.RemovalRule.Seen;
import org.takedownhub.removal.Watched.Due;

/**
 * Looks whether referred content is still up, platform by platform and many items at once, writes down every look and
 * says when the content is gone.
 */
@Component
public class RemovalWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RemovalWatch.class);

    /** While a node looks, no other does; if it dies, the turn comes round again soon. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Enough looks to find the few that are a gap apart. */
    private static final int LOOKS_CONSIDERED = 30;

    private final Watched watched;
    private final Observations observations;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final ContentSource contents;
    private final PlatformHealth health;
    private final ObjectProvider<RemovalSeen> listeners;
    private final WatchSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final RemovalRule rule;
    private final WatchSchedule schedule;
    private final TransactionTemplate transaction;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    RemovalWatch(
            Watched watched,
            Observations observations,
            Platforms platforms,
            Bulkheads bulkheads,
            ContentSource contents,
            PlatformHealth health,
            ObjectProvider<RemovalSeen> listeners,
            WatchSettings settings,
            ConfirmationSettings confirmation,
            WorkerSettings workers,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.watched = watched;
        this.observations = observations;
        this.platforms = platforms;
        this.bulkheads = bulkheads;
        this.contents = contents;
        this.health = health;
        this.listeners = listeners;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
        this.speed = speed;
        this.rule = new RemovalRule(
                speed.scaled(confirmation.confirmationGap()), confirmation.confirmations(), confirmation.outOf());
        this.schedule = new WatchSchedule(settings, confirmation.confirmationGap(), speed);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** One round: hands what is due to the platforms' threads, one batch for each. Does not wait for them. */
    public void run() {
        watched.platformsDue(clock.instant()).forEach(platform -> {
            if (busy.add(platform) && !bulkheads.offer(platform, () -> lookAt(platform))) {
                busy.remove(platform);
            }
        });
    }

    private void lookAt(String instance) {
        try {
            List<Due> batch = claim(instance);
            lookAt(platforms.require(instance), batch);
        } finally {
            busy.remove(instance);
        }
    }

    private List<Due> claim(String instance) {
        Instant now = clock.instant();
        Instant until = now.plus(LEASE);
        List<Due> claimed = transaction.execute(status -> watched.due(instance, now, settings.batch()).stream()
                .filter(due -> watched.move(due.reference(), due.recipientNumber(), due.nextCheckAt(), until))
                .map(due -> new Due(
                        due.reference(), due.recipientNumber(), due.platform(), due.sentAt(), due.dueAt(), until))
                .toList());
        return claimed == null ? List.of() : claimed;
    }

    private void lookAt(Platform platform, List<Due> batch) {
        // Several recipients of one case are one item to look at.
        Map<CaseReference, Content> items = new LinkedHashMap<>();
        batch.forEach(due -> contents.find(due.reference(), platform.instance())
                .ifPresent(content -> items.put(due.reference(), content)));
        if (items.isEmpty()) {
            return;
        }
        Map<CaseReference, Look> looks = look(platform, new ArrayList<>(items.values()));
        Instant at = clock.instant();
        batch.stream()
                .filter(due -> looks.containsKey(due.reference()))
                .forEach(due -> writeDown(platform, due, looks.get(due.reference()), at));
        boolean anyAnswer = looks.values().stream().anyMatch(look -> look.availability() != Availability.UNKNOWN);
        if (anyAnswer) {
            health.answered(platform.instance());
        }
    }

    private Map<CaseReference, Look> look(Platform platform, List<Content> items) {
        List<Look> looks;
        try {
            looks = platform.look(items);
        } catch (PlatformUnavailable e) {
            looks = List.of();
            health.failed(
                    platform.instance(), Optional.ofNullable(e.getMessage()).orElse("unavailable"));
        } catch (RuntimeException e) {
            looks = List.of();
            LOG.error("Looking at {} items on {} broke off", items.size(), platform.instance(), e);
        }
        Map<CaseReference, Look> found = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Look look = looks.size() == items.size()
                    ? looks.get(i)
                    : Look.unknown(UnknownReason.NOT_ASKED, "the platform could not be asked");
            found.put(items.get(i).reference(), look);
        }
        return found;
    }

    /** The look itself is kept whatever comes of it: a listener that fails is told again after the next one. */
    private void writeDown(Platform platform, Due due, Look look, Instant at) {
        List<Observation> latest = transaction.execute(status -> {
            observations.looked(due.reference(), due.recipientNumber(), platform, look, at);
            return observations.latest(due.reference(), due.recipientNumber(), LOOKS_CONSIDERED);
        });
        List<Seen> seen = (latest == null ? List.<Observation>of() : latest)
                .stream()
                        .map(observation -> new Seen(
                                observation.availability(), observation.controlAlive(), observation.observedAt()))
                        .toList();
        Optional<Finding> finding = rule.decide(seen).or(() -> told(latest == null ? List.of() : latest));
        finding.ifPresent(found -> tell(due, found, look));
        boolean confirming = finding.isEmpty() && rule.wantsConfirmation(seen.get(0));
        move(due, schedule.next(at, due.sentAt(), due.dueAt(), confirming, unknownStreak(seen), random.nextDouble()));
    }

    /** What a person saw stands as long as no later look could tell better. */
    private static Optional<Finding> told(List<Observation> latest) {
        return latest.stream()
                .filter(look -> look.availability() != Availability.UNKNOWN)
                .findFirst()
                .filter(look -> look.vantage().equals(Observations.PERSON))
                .flatMap(look -> switch (look.availability()) {
                    case GONE_UNATTRIBUTED -> Optional.of(
                            new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, look.observedAt()));
                    case GEO_BLOCKED -> Optional.of(new Finding(
                            Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, look.observedAt()));
                    default -> Optional.empty();
                });
    }

    private static int unknownStreak(List<Seen> seen) {
        return (int) seen.stream()
                .takeWhile(look -> look.availability() == Availability.UNKNOWN)
                .count();
    }

    private void tell(Due due, Finding found, Look look) {
        try {
            listeners
                    .orderedStream()
                    .forEach(listener -> listener.seen(
                            due.reference(),
                            due.recipientNumber(),
                            found.outcome(),
                            found.scope(),
                            found.by(),
                            found.at(),
                            look.availability() + ": " + look.detail()));
        } catch (RuntimeException e) {
            LOG.warn("Could not tell that the content of {} is gone; the next look tells it again", due.reference(), e);
        }
    }

    /** Only if nobody asked for an earlier look meanwhile. */
    private void move(Due due, Instant next) {
        transaction.executeWithoutResult(
                status -> watched.move(due.reference(), due.recipientNumber(), due.nextCheckAt(), next));
    }
}
