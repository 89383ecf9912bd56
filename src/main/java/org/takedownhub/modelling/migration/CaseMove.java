package org.takedownhub.modelling.migration;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.modelling.migration.CaseFacts.Facts;
import org.takedownhub.modelling.migration.MigratedCase.Replanned;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.modelling.migration.MigrationStore.Turn;
import org.takedownhub.modelling.migration.OpenCases.OpenCase;
import org.takedownhub.modelling.migration.OpenCases.Standing;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Transactions;
import org.takedownhub.removal.ReplanningRefused;
import org.takedownhub.removal.Replannings;
import org.takedownhub.removal.Replannings.Clocked;

/**
 * Moves one case: all its processes, its row and its timeline in one transaction. Afterwards everything that people and
 * clocks go by is compared with what it was, still in that transaction; a case of which anything would be different does
 * not move.
 */
@Component
class CaseMove {

    private final MigrationStore store;
    private final OpenCases open;
    private final CaseFacts facts;
    private final RuntimeService runtime;
    private final Cases cases;
    private final Replannings replannings;
    private final Transactions transactions;
    private final AsSystem system;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CaseMove(
            MigrationStore store,
            OpenCases open,
            CaseFacts facts,
            RuntimeService runtime,
            Cases cases,
            Replannings replannings,
            Transactions transactions,
            AsSystem system,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.open = open;
        this.facts = facts;
        this.runtime = runtime;
        this.cases = cases;
        this.replannings = replannings;
        this.transactions = transactions;
        this.system = system;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A case stays, and why. */
    private static final class Stays extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stays(String why) {
            super(why);
        }
    }

    /**
     * Gives a case its turn. Whatever happens in the middle, it has either moved as a whole or not at all.
     *
     * @param routes    to the set that the migration leads to
     * @param deadlines the table of deadlines of that set
     * @throws OptimisticLockingException the case moves on its own at this moment, again and again
     */
    void take(
            Migration migration,
            CaseReference reference,
            Function<Standing, Optional<Route>> routes,
            DeadlinePolicies deadlines) {
        // A way that the engine first has to try out fails in the engine on the way: not in the case's transaction.
        open.find(reference).ifPresent(known -> known.standings().stream()
                .filter(standing -> !standing.deploymentId().equals(migration.deploymentId()))
                .forEach(routes::apply));
        try {
            transactions.run(() -> system.call(() -> {
                store.lock(migration.id(), reference)
                        .ifPresent(turn -> move(migration, reference, turn, routes, deadlines));
                return true;
            }));
        } catch (OptimisticLockingException moving) {
            throw moving;
        } catch (Stays | ReplanningRefused stays) {
            fail(migration, reference, stays.getMessage());
        } catch (MigratingProcessInstanceValidationException refused) {
            fail(migration, reference, inWords(refused.getValidationReport()));
        } catch (ProcessEngineException refused) {
            fail(migration, reference, "the engine refused it: " + refused.getMessage());
        }
    }

    void fail(Migration migration, CaseReference reference, String why) {
        transactions.run(() -> {
            if (store.lock(migration.id(), reference).isPresent()) {
                store.settle(
                        migration.id(),
                        reference,
                        CaseState.FAILED,
                        "It stays where it was: " + why + (why.endsWith(".") ? "" : "."),
                        "",
                        "",
                        clock.instant());
                audit.record(reference, "case.not-migrated", "migration " + migration.id() + ": " + why);
            }
            return true;
        });
    }

    private void move(
            Migration migration,
            CaseReference reference,
            Turn turn,
            Function<Standing, Optional<Route>> routes,
            DeadlinePolicies deadlines) {
        Optional<OpenCase> found = open.find(reference);
        if (found.isEmpty()) {
            settle(migration, reference, CaseState.SKIPPED, "It has ended meanwhile.");
            return;
        }
        List<Standing> old = found.get().standings().stream()
                .filter(standing -> !standing.deploymentId().equals(migration.deploymentId()))
                .toList();
        if (old.isEmpty() && turn.replanReason().isEmpty()) {
            settle(migration, reference, CaseState.UNCHANGED, "It was on this version already.");
            return;
        }
        Judgement judgement = Judgement.of(new OpenCase(reference, old), routes, migration.timers());
        if (judgement.fit() != Fit.FITS) {
            throw new Stays(String.join(" ", judgement.problems()));
        }
        Set<String> instances = found.get().standings().stream()
                .map(Standing::instanceId)
                .collect(Collectors.toCollection(TreeSet::new));
        Facts before = facts.read(instances);
        Set<String> mapped = new HashSet<>();
        for (Standing standing : old) {
            Route route = routes.apply(standing).orElseThrow();
            runtime.newMigration(route.plan())
                    .processInstanceIds(standing.instanceId())
                    .execute();
            route.earlier().nodes().keySet().stream()
                    .flatMap(id -> route.counterpart(id).stream())
                    .forEach(mapped::add);
        }
        List<String> differences = CaseFacts.differences(before, facts.read(instances), migration.timers(), mapped);
        if (!differences.isEmpty()) {
            throw new Stays(String.join("; ", differences));
        }
        List<Standing> now = open.find(reference).orElseThrow().standings();
        String from = versions(old);
        String to = versions(now.stream()
                .filter(standing ->
                        old.stream().anyMatch(one -> one.instanceId().equals(standing.instanceId())))
                .toList());
        if (!old.isEmpty()) {
            now.stream()
                    .filter(standing -> standing.process().equals(TakedownProcess.KEY))
                    .findFirst()
                    .ifPresent(standing -> cases.runsOn(reference, TakedownProcess.KEY + ":" + standing.version()));
            audit.record(
                    reference,
                    "case.migrated",
                    "from " + from + " to " + to + ", migration " + migration.id() + " ordered by "
                            + migration.createdBy() + ": " + migration.reason());
        }
        String message = turn.replanReason()
                .map(why -> replan(migration, reference, deadlines, why))
                .orElse("");
        store.settle(
                migration.id(),
                reference,
                old.isEmpty() ? CaseState.UNCHANGED : CaseState.MIGRATED,
                message,
                from,
                to,
                clock.instant());
        events.publishEvent(new CaseMigrated(migration.id(), reference));
    }

    private String replan(Migration migration, CaseReference reference, DeadlinePolicies deadlines, String why) {
        List<String> left = new ArrayList<>();
        for (Clocked one :
                replannings.replan(reference, deadlines, why + " (ordered by " + migration.createdBy() + ")")) {
            if (one.isMovable()) {
                store.replanned(
                        migration.id(),
                        reference,
                        new Replanned(
                                one.recipientNumber(),
                                one.recipient(),
                                one.dueAt(),
                                one.newDueAt().orElseThrow()));
            } else {
                left.add(one.hindrance().orElseThrow());
            }
        }
        return left.isEmpty() ? "" : "Not re-planned: " + String.join("; ", left) + ".";
    }

    private void settle(Migration migration, CaseReference reference, CaseState state, String message) {
        store.settle(migration.id(), reference, state, message, "", "", clock.instant());
    }

    private static String versions(List<Standing> standings) {
        return standings.stream()
                .map(standing -> standing.process() + " " + standing.version())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String inWords(MigratingProcessInstanceValidationReport report) {
        String reasons = Stream.of(
                        report.getFailures().stream(),
                        report.getActivityInstanceReports().stream().flatMap(one -> one.getFailures().stream()
                                .map(failure -> one.getSourceScopeId() + ": " + failure)),
                        report.getTransitionInstanceReports().stream().flatMap(one -> one.getFailures().stream()
                                .map(failure -> one.getSourceScopeId() + ": " + failure)))
                .flatMap(one -> one)
                .collect(Collectors.joining("; "));
        return "the engine refused it: " + reasons;
    }
}
