package org.takedownhub.removal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import org.springframework.dao.DuplicateKeyException;
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
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.Vantages;
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
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Enough looks to find the few that are a gap apart. */
    private static final int LOOKS_CONSIDERED = 60;

    /** How often those are thought of whose platform is left alone for long. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    /** The topic of the alarm about answers to looks. */
    private static final String LOOKS = "looks";

    private static final int MOST_SWEPT = 200;

    /** There was no answer at all. */
    private static final Set<UnknownReason> SILENT =
            Set.of(UnknownReason.UNREACHABLE, UnknownReason.TIME_OUT, UnknownReason.SERVER_ERROR);

    private final Watched watched;
    private final Observations observations;
    private final Platforms platforms;
    private final Bulkheads bulkheads;
    private final ContentSource contents;
    private final PlatformHealth health;
    private final PlatformAlarms alarms;
    private final ObjectProvider<RemovalSeen> listeners;
    private final UnclearLooks unclear;
    private final Vantages vantages;
    private final WatchSettings settings;
    private final WorkerSettings workers;
    private final Clock clock;
    private final ClockSpeed speed;
    private final RemovalRule alone;
    private final RemovalRule withOthers;
    private final WatchSchedule schedule;
    private final TransactionTemplate transaction;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    /** Instances whose alarm this node knows to be cleared. */
    private final Set<String> withoutAlarm = ConcurrentHashMap.newKeySet();

    private volatile Instant nextSweep = Instant.MIN;

    RemovalWatch(
            Watched watched,
            Observations observations,
            Platforms platforms,
            Bulkheads bulkheads,
            ContentSource contents,
            PlatformHealth health,
            PlatformAlarms alarms,
            ObjectProvider<RemovalSeen> listeners,
            UnclearLooks unclear,
            Vantages vantages,
            WatchSettings settings,
            CheckTimes times,
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
        this.alarms = alarms;
        this.listeners = listeners;
        this.unclear = unclear;
        this.vantages = vantages;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
        this.speed = speed;
        this.alone = rule(confirmation, false);
        this.withOthers = rule(confirmation, !vantages.others().isEmpty());
        this.schedule = new WatchSchedule(times, confirmation.confirmationGap(), speed);
        this.transaction = new TransactionTemplate(transactions);
    }

    private RemovalRule rule(ConfirmationSettings confirmation, boolean elsewhere) {
        return new RemovalRule(
                speed.scaled(confirmation.confirmationGap()),
                confirmation.confirmations(),
                confirmation.outOf(),
                vantages.home().name(),
                elsewhere);
    }

    @Scheduled(fixedDelayString = "PT1S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** One round: hands what is due to the platforms' threads, one batch for each. Does not wait for them. */
    public void run() {
        Instant now = clock.instant();
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(speed.scaled(BETWEEN_SWEEPS));
            watched.waiting(now, MOST_SWEPT).forEach(due -> unclear.check(due.reference(), due.recipientNumber()));
        }
        watched.platformsDue(now).forEach(platform -> {
            if (busy.add(platform) && !bulkheads.offer(platform, () -> lookAt(platform))) {
                busy.remove(platform);
            }
        });
    }

    private void lookAt(String instance) {
        try {
            Platform platform = platforms.require(instance);
            lookAt(platform, claim(instance, batchSize(platform.itemsPerLook())));
        } finally {
            busy.remove(instance);
        }
    }

    /** As many whole requests as go into a batch; at least one. */
    private int batchSize(int itemsPerLook) {
        int items = Math.max(1, itemsPerLook);
        return Math.max(1, settings.batch() / items) * items;
    }

    private List<Due> claim(String instance, int most) {
        Instant now = clock.instant();
        Instant until = now.plus(LEASE);
        List<Due> claimed = transaction.execute(status -> watched.due(instance, now, most).stream()
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
        Map<CaseReference, Look> looks = look(platform, new ArrayList<>(items.values()), vantages.home());
        Map<Vantage, Map<CaseReference, Look>> elsewhere = elsewhere(platform, items, looks);
        Instant at = clock.instant();
        pause(platform.instance(), looks.values());
        batch.stream().filter(due -> looks.containsKey(due.reference())).forEach(due -> {
            Map<Vantage, Look> others = new LinkedHashMap<>();
            elsewhere.forEach((vantage, seen) ->
                    Optional.ofNullable(seen.get(due.reference())).ifPresent(look -> others.put(vantage, look)));
            writeDown(platform, due, looks.get(due.reference()), others, at);
        });
        report(platform.instance(), looks.values());
    }

    /** What is missed or blocked here may be up in another country. */
    private Map<Vantage, Map<CaseReference, Look>> elsewhere(
            Platform platform, Map<CaseReference, Content> items, Map<CaseReference, Look> looks) {
        Map<Vantage, Map<CaseReference, Look>> elsewhere = new LinkedHashMap<>();
        List<Content> missed = items.values().stream()
                .filter(item -> wantsAnotherPlace(looks.get(item.reference())))
                .toList();
        if (platform.differsByCountry() && !missed.isEmpty()) {
            vantages.others().forEach(vantage -> elsewhere.put(vantage, look(platform, missed, vantage)));
        }
        return elsewhere;
    }

    private static boolean wantsAnotherPlace(Look look) {
        return look.availability() == Availability.GEO_BLOCKED
                || look.availability().isMiss() && look.controlAlive();
    }

    /** Who says when to come back is left alone until then. */
    private void pause(String instance, Collection<Look> looks) {
        looks.stream()
                .flatMap(look -> look.retryAt().stream())
                .max(Instant::compareTo)
                .filter(until -> until.isAfter(clock.instant()))
                .ifPresent(until -> {
                    try {
                        transaction.executeWithoutResult(status -> watched.pause(instance, until));
                    } catch (DuplicateKeyException e) {
                        // Another node heard the same at the same moment.
                        LOG.debug("{} is left alone already", instance, e);
                    }
                });
    }

    /** An answer that is not what the documents promise is an alarm, even beside good ones. */
    private void report(String instance, Collection<Look> looks) {
        Optional<Look> changed = looks.stream()
                .filter(look -> look.unknownReason()
                        .filter(UnknownReason.CONTRACT_CHANGED::equals)
                        .isPresent())
                .findFirst();
        boolean silent = looks.stream()
                .allMatch(look -> look.unknownReason().filter(SILENT::contains).isPresent());
        if (changed.isPresent()) {
            String what = "The platform's answers are not what its documents promise: "
                    + changed.get().detail();
            health.failed(instance, what);
            alarms.raise(instance, LOOKS, what);
            withoutAlarm.remove(instance);
        } else if (silent) {
            health.failed(instance, looks.iterator().next().detail());
        } else if (looks.stream().anyMatch(look -> look.availability() != Availability.UNKNOWN)) {
            health.answered(instance);
            if (withoutAlarm.add(instance)) {
                alarms.clear(instance, LOOKS);
            }
        }
    }

    private Map<CaseReference, Look> look(Platform platform, List<Content> items, Vantage vantage) {
        List<Look> looks;
        Look failure = Look.unknown(UnknownReason.NOT_ASKED, "the platform could not be asked");
        try {
            looks = platform.look(items, vantage);
        } catch (PlatformUnavailable e) {
            looks = List.of();
            failure = Look.unanswered(e);
        } catch (RuntimeException e) {
            looks = List.of();
            LOG.error("Looking at {} items on {} broke off", items.size(), platform.instance(), e);
        }
        Map<CaseReference, Look> found = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            found.put(items.get(i).reference(), looks.size() == items.size() ? looks.get(i) : failure);
        }
        return found;
    }

    /** The look itself is kept whatever comes of it: a listener that fails is told again after the next one. */
    private void writeDown(Platform platform, Due due, Look look, Map<Vantage, Look> others, Instant at) {
        List<Observation> latest = transaction.execute(status -> {
            observations.looked(
                    due.reference(),
                    due.recipientNumber(),
                    platform,
                    look,
                    vantages.home().name(),
                    at);
            others.forEach((vantage, other) ->
                    observations.looked(due.reference(), due.recipientNumber(), platform, other, vantage.name(), at));
            return observations.latest(due.reference(), due.recipientNumber(), LOOKS_CONSIDERED);
        });
        List<Seen> seen = (latest == null ? List.<Observation>of() : latest)
                .stream()
                        .map(observation -> new Seen(
                                observation.availability(),
                                observation.controlAlive(),
                                observation.observedAt(),
                                observation.vantage()))
                        .toList();
        RemovalRule rule = platform.differsByCountry() ? withOthers : alone;
        Optional<Finding> finding = rule.decide(seen)
                .or(() -> told(latest == null ? List.of() : latest))
                .or(() -> modified(latest == null ? List.of() : latest));
        finding.ifPresent(found -> tell(due, found, look));
        boolean confirming = finding.isEmpty() && rule.wantsConfirmation(seen);
        Instant next = schedule.next(
                due.platform(), at, due.sentAt(), due.dueAt(), confirming, unknownStreak(seen), random.nextDouble());
        move(
                due,
                look.retryAt()
                        .map(until -> comingBack(due.platform(), until, at))
                        .orElse(next));
        if (look.leavesOpen()) {
            unclear.check(due.reference(), due.recipientNumber());
        }
    }

    private Instant comingBack(String platform, Instant until, Instant at) {
        Instant earliest = schedule.soonest(platform, at);
        return until.isBefore(earliest) ? earliest : until;
    }

    /** What a person saw stands as long as no later look could tell better. */
    private static Optional<Finding> told(List<Observation> latest) {
        return latest.stream()
                .filter(look -> look.availability() != Availability.UNKNOWN)
                .findFirst()
                .filter(look -> look.vantage().equals(Vantages.PERSON))
                .flatMap(look -> switch (look.availability()) {
                    case GONE_UNATTRIBUTED -> Optional.of(
                            new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, look.observedAt()));
                    case GEO_BLOCKED -> Optional.of(new Finding(
                            Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, look.observedAt()));
                    default -> Optional.empty();
                });
    }

    /** No look can tell changed content from unchanged: what a person last said of it stands until one says otherwise. */
    private static Optional<Finding> modified(List<Observation> latest) {
        return latest.stream()
                .filter(look -> look.vantage().equals(Vantages.PERSON))
                .filter(look -> look.availability() != Availability.UNKNOWN)
                .findFirst()
                .filter(look -> look.availability() == Availability.MODIFIED)
                .map(look -> new Finding(Outcome.MODIFIED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, look.observedAt()));
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
