package org.takedownhub.modelling.migration;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.modelling.migration.OpenCases.Standing;
import org.takedownhub.modelling.migration.Ordered.Problem;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.process.Transactions;
import org.takedownhub.removal.Replannings.Clocked;

/**
 * Moves open cases to the live set, in the background and case by case, because a manager ordered it. Any node takes the
 * next case; a node that is killed leaves its case as it was, to be taken by another.
 */
@Component
public class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** A case that moves on its own at every one of so many tries is left where it is. */
    private static final int TRIES = 20;

    private final MigrationStore store;
    private final Impacts impacts;
    private final CaseMove move;
    private final CaseVisibility visibility;
    private final Transactions transactions;
    private final Audit audit;
    private final Actor actor;
    private final WorkerSettings workers;
    private final Clock clock;

    Migrations(
            MigrationStore store,
            Impacts impacts,
            CaseMove move,
            CaseVisibility visibility,
            Transactions transactions,
            Audit audit,
            Actor actor,
            WorkerSettings workers,
            Clock clock) {
        this.store = store;
        this.impacts = impacts;
        this.move = move;
        this.visibility = visibility;
        this.transactions = transactions;
        this.audit = audit;
        this.actor = actor;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Starts a migration to the live set. Cases that do not fit are listed as staying, with the reason; covert ones are
     * part of it only when whoever orders it may know of them.
     */
    public Ordered start(Order order) {
        Target target = new Target.Published(order.deploymentId());
        Map<CaseReference, Judgement> open = impacts.judged(target, order.timers());
        List<Problem> problems = problems(order, target, open);
        if (!problems.isEmpty()) {
            return new Ordered.Refused(problems);
        }
        String id = transactions.run(() -> {
            String started = store.insert(order, actor.current(), clock.instant());
            open.forEach((reference, judgement) -> {
                if (order.cases().isEmpty() || order.cases().get().contains(reference)) {
                    add(started, order, reference, judgement);
                }
            });
            tell(
                    started,
                    "migration.started",
                    "migration " + started + " of change request " + order.change() + " to deployment "
                            + order.deploymentId() + ", "
                            + order.cases()
                                    .map(named -> "cases " + overt(named))
                                    .orElse("all cases that fit")
                            + ", timers " + (order.timers().isEmpty() ? "kept" : new TreeMap<>(order.timers()))
                            + ", re-planned " + overt(order.replanned().keySet()) + ": " + order.reason());
            return started;
        });
        return new Ordered.Started(id);
    }

    private void add(String migration, Order order, CaseReference reference, Judgement judgement) {
        boolean fits = judgement.fit() == Fit.FITS;
        store.insert(
                migration,
                reference,
                fits ? CaseState.PENDING : CaseState.FAILED,
                fits ? "" : "It stays where it was. " + String.join(" ", judgement.problems()),
                order.replanned().get(reference));
        if (visibility.isCovert(reference).orElse(false)) {
            audit.record(reference, "case.migration-ordered", "migration " + migration + ": " + order.reason());
        }
    }

    /** A migration of covert cases alone is told in their own logs only. */
    private void tell(String migration, String action, String detail) {
        if (store.isOvert(migration)) {
            audit.record(action, detail);
        }
    }

    /** The log of the hub names no covert case; that of the case itself tells. */
    private String overt(Set<CaseReference> references) {
        String named = references.stream()
                .filter(reference -> visibility.isCovert(reference).equals(Optional.of(false)))
                .map(CaseReference::value)
                .sorted()
                .collect(Collectors.joining(" "));
        return named.isEmpty() ? "none" : named;
    }

    private List<Problem> problems(Order order, Target target, Map<CaseReference, Judgement> open) {
        List<Problem> problems = new ArrayList<>();
        order.cases().ifPresent(named -> named.stream()
                .filter(reference -> !open.containsKey(reference))
                .forEach(reference -> problems.add(
                        new Problem("cases", "There is no open case " + reference + " on an older version"))));
        if (order.cases().isPresent() ? order.cases().get().isEmpty() : open.isEmpty()) {
            problems.add(new Problem("cases", "There is no case to move"));
        }
        order.timers().forEach((event, choice) -> {
            if (choice != TimerChoice.KEEP && Judgement.isClock(event)) {
                problems.add(new Problem(
                        "timers",
                        event + " is the alarm of a recipient's clock and keeps its instant. To change a deadline, name"
                                + " the case to be re-planned and say why"));
            }
        });
        order.replanned().keySet().forEach(reference -> {
            boolean moves = open.containsKey(reference)
                    && order.cases().map(named -> named.contains(reference)).orElse(true);
            if (!moves) {
                problems.add(new Problem("replan", reference + " is not among the cases to be moved"));
            } else if (open.get(reference).fit() != Fit.FITS) {
                problems.add(new Problem("replan", reference + " does not fit and stays where it is"));
            } else {
                hindrance(target, reference)
                        .ifPresent(why ->
                                problems.add(new Problem("replan", reference + " cannot be re-planned: " + why)));
            }
        });
        return problems;
    }

    private Optional<String> hindrance(Target target, CaseReference reference) {
        List<Clocked> clocks = impacts.clocks(target, reference);
        if (clocks.isEmpty()) {
            return Optional.of("no clock runs");
        }
        return clocks.stream().anyMatch(Clocked::isMovable)
                ? Optional.empty()
                : clocks.get(0).hindrance();
    }

    /**
     * Stops a migration: what has moved has moved, the rest stays.
     *
     * @return false when it is over already
     */
    public boolean cancel(String id, String reason) {
        return transactions.run(() -> {
            boolean cancelled = store.cancel(id, clock.instant());
            if (cancelled) {
                tell(id, "migration.cancelled", "migration " + id + ": " + reason);
            }
            return cancelled;
        });
    }

    /** As far as whoever asks may know of it. */
    public Optional<Migration> find(String id) {
        return store.find(id);
    }

    /** Those of a change request, the newest first. */
    public List<Migration> of(long change) {
        return store.of(change);
    }

    /**
     * A page of the cases of a migration, in order of their references.
     *
     * @param after the reference after which it begins; empty for the first page
     */
    public List<MigratedCase> cases(String id, Optional<CaseState> state, String after, int limit) {
        return store.cases(id, state, after, limit);
    }

    @Scheduled(fixedDelayString = "PT3S")
    void scheduled() {
        if (workers.enabled()) {
            run();
        }
    }

    /** Gives every case of every running migration its turn. */
    public void run() {
        for (String id : store.running()) {
            run(id);
        }
    }

    private void run(String id) {
        Migration migration = store.require(id);
        Set<String> setAnew = migration.timers().entrySet().stream()
                .filter(timer -> timer.getValue() == TimerChoice.NEW)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Function<Standing, Optional<Route>> routes = impacts.routes(migration.deploymentId(), setAnew);
        DeadlinePolicies deadlines = impacts.deadlines(migration.deploymentId());
        for (CaseReference reference : store.pending(id)) {
            try {
                move.take(migration, reference, routes, deadlines);
            } catch (RuntimeException e) {
                LOG.warn("Case {} could not be migrated now and is tried again", reference, e);
                tryAgain(migration, reference);
            }
        }
        transactions.run(() -> {
            boolean finished = store.finish(id, clock.instant());
            if (finished) {
                tell(id, "migration.finished", "migration " + id);
            }
            return finished;
        });
    }

    private void tryAgain(Migration migration, CaseReference reference) {
        Optional<Integer> attempts = transactions.run(() -> {
            Optional<Integer> before = store.lock(migration.id(), reference).map(MigrationStore.Turn::attempts);
            before.ifPresent(count -> store.triedInVain(migration.id(), reference));
            return before;
        });
        if (attempts.filter(count -> count + 1 >= TRIES).isPresent()) {
            move.fail(migration, reference, "it was moving on its own each time its turn came");
        }
    }
}
