package org.takedownhub.modelling.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.migration.Impact.Affected;
import org.takedownhub.modelling.migration.Impact.Place;
import org.takedownhub.modelling.migration.Impact.Timer;
import org.takedownhub.modelling.migration.Impact.Wait;
import org.takedownhub.modelling.migration.OpenCases.OpenCase;
import org.takedownhub.modelling.migration.OpenCases.Standing;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Transactions;
import org.takedownhub.removal.Replannings;
import org.takedownhub.removal.Replannings.Clocked;

/** Says what a set of models would mean for open cases. Changes nothing. */
@Component
public class Impacts {

    /** The first page counts overdue cases among this many; what lies beyond is not counted, and said not to be. */
    private static final int COUNTED = 2000;

    private final OpenCases open;
    private final LaidOutDrafts drafts;
    private final Lineage lineage;
    private final PublishedModels published;
    private final DeadlinePolicies policies;
    private final Replannings replannings;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Transactions transactions;
    private final AsSystem system;

    Impacts(
            OpenCases open,
            LaidOutDrafts drafts,
            Lineage lineage,
            PublishedModels published,
            DeadlinePolicies policies,
            Replannings replannings,
            RuntimeService runtime,
            RepositoryService repository,
            Transactions transactions,
            AsSystem system) {
        this.open = open;
        this.drafts = drafts;
        this.lineage = lineage;
        this.published = published;
        this.policies = policies;
        this.replannings = replannings;
        this.runtime = runtime;
        this.repository = repository;
        this.transactions = transactions;
        this.system = system;
    }

    /**
     * The cases that are open on other sets, for whoever acts on this thread.
     *
     * @param timers what is to become of running timers that the newer set has no place for
     * @param after  the reference after which the page begins; empty for the first page
     */
    public Impact of(Target target, Map<String, TimerChoice> timers, Optional<String> after, int limit) {
        List<OpenCase> cases = open.elsewhere(
                target instanceof Target.Published known ? Optional.of(known.deploymentId()) : Optional.empty());
        return towards(target, way -> new Reading(cases, way, timers).page(after, limit));
    }

    /** What the newer table would make of one case's clocks. */
    List<Clocked> clocks(Target target, CaseReference reference) {
        return towards(target, way -> transactions.run(() -> replannings.preview(reference, way.deadlines())));
    }

    /** All open cases on other sets and whether they could move, for whoever acts on this thread. */
    Map<CaseReference, Judgement> judged(Target target, Map<String, TimerChoice> timers) {
        List<OpenCase> cases = open.elsewhere(
                target instanceof Target.Published known ? Optional.of(known.deploymentId()) : Optional.empty());
        return towards(target, way -> {
            Map<CaseReference, Judgement> judged = new TreeMap<>(Comparator.comparing(CaseReference::value));
            cases.forEach(one -> judged.put(one.reference(), Judgement.of(one, way.routes(), timers)));
            return judged;
        });
    }

    /** The way of any process of a published set to another published set. */
    Function<Standing, Optional<Route>> routes(String deploymentId, Set<String> timers) {
        Routes routes = new Routes(runtime, repository);
        Map<String, Optional<Route>> known = new HashMap<>();
        return standing -> known.computeIfAbsent(
                standing.definitionId(),
                definition -> system.call(() -> Optional.ofNullable(repository
                                .createProcessDefinitionQuery()
                                .deploymentId(deploymentId)
                                .processDefinitionKey(standing.process())
                                .singleResult())
                        .map(ProcessDefinition::getId)
                        .map(later -> routes.route(
                                definition, later, lineage.between(standing.deploymentId(), deploymentId), timers))));
    }

    /** The table of deadlines of a published set. */
    DeadlinePolicies deadlines(String deploymentId) {
        DecisionDefinition table = system.call(() -> repository
                .createDecisionDefinitionQuery()
                .deploymentId(deploymentId)
                .decisionDefinitionKey(TakedownProcess.DECISION_REMOVAL_DEADLINE)
                .singleResult());
        return (question, none) -> policies.policyFor(question, OptionalInt.of(table.getVersion()));
    }

    private <T> T towards(Target target, Function<Way, T> work) {
        if (target instanceof Target.Published known) {
            return work.apply(new Way(routes(known.deploymentId(), Set.of()), deadlines(known.deploymentId())));
        }
        Target.Draft draft = (Target.Draft) target;
        String live = system.call(published::live).id();
        return drafts.laidOut(draft.set(), laid -> {
            Map<String, Optional<Route>> known = new HashMap<>();
            return work.apply(new Way(
                    standing -> known.computeIfAbsent(
                            standing.definitionId(),
                            definition -> laid.route(
                                    standing.deploymentId(),
                                    standing.process(),
                                    Lineage.then(lineage.between(standing.deploymentId(), live), draft.moved()))),
                    laid.deadlines()));
        });
    }

    private record Way(Function<Standing, Optional<Route>> routes, DeadlinePolicies deadlines) {}

    /** Everything about one list of cases and one way. */
    private final class Reading {

        private final List<OpenCase> cases;
        private final Way way;
        private final Map<String, TimerChoice> timers;

        private Reading(List<OpenCase> cases, Way way, Map<String, TimerChoice> timers) {
            this.cases = cases;
            this.way = way;
            this.timers = timers;
        }

        private Impact page(Optional<String> after, int limit) {
            Map<Fit, Integer> counts = new HashMap<>();
            Map<String, Wait> waits = new TreeMap<>();
            Map<String, Timer> running = new TreeMap<>();
            List<Affected> page = new ArrayList<>();
            boolean more = false;
            for (OpenCase one : cases) {
                Judgement judgement = Judgement.of(one, way.routes(), timers);
                counts.merge(judgement.fit(), 1, Integer::sum);
                one.standings().forEach(standing -> count(standing, waits, running));
                boolean wanted = after.isEmpty() || one.reference().value().compareTo(after.get()) > 0;
                if (wanted && page.size() < limit) {
                    page.add(new Affected(
                            one.reference(), places(one), judgement.fit(), judgement.problems(), clocks(one)));
                } else if (wanted) {
                    more = true;
                }
            }
            return new Impact(
                    counts.getOrDefault(Fit.FITS, 0),
                    counts.getOrDefault(Fit.NEEDS_MAPPING, 0),
                    counts.getOrDefault(Fit.CANNOT, 0),
                    after.isPresent() || cases.size() > COUNTED ? OptionalInt.empty() : OptionalInt.of(overdue()),
                    List.copyOf(waits.values()),
                    List.copyOf(running.values()),
                    page,
                    more);
        }

        private int overdue() {
            return (int) cases.stream()
                    .filter(one -> clocks(one).stream().anyMatch(Clocked::overdueAtOnce))
                    .count();
        }

        private List<Clocked> clocks(OpenCase one) {
            return one.standings().stream()
                            .anyMatch(standing -> standing.process().equals(TakedownProcess.KEY))
                    ? transactions.run(() -> replannings.preview(one.reference(), way.deadlines()))
                    : List.of();
        }

        private List<Place> places(OpenCase one) {
            List<Place> places = new ArrayList<>();
            for (Standing standing : one.standings()) {
                Optional<Route> route = way.routes().apply(standing);
                for (String step : standing.steps()) {
                    places.add(new Place(
                            standing.process(),
                            standing.version(),
                            step,
                            route.map(known -> known.earlier().name(step)).orElse(step),
                            route.flatMap(known -> known.counterpart(step).map(known.later()::name))));
                }
            }
            return places;
        }

        private void count(Standing standing, Map<String, Wait> waits, Map<String, Timer> running) {
            Optional<Route> route = way.routes().apply(standing);
            for (String step : standing.steps()) {
                Wait one = new Wait(
                        standing.process(),
                        standing.version(),
                        step,
                        route.map(known -> known.earlier().name(step)).orElse(step),
                        route.flatMap(known -> known.counterpart(step)),
                        1);
                waits.merge(
                        String.format("%s %09d %s", one.process(), one.version(), step),
                        one,
                        (known, another) -> new Wait(
                                known.process(),
                                known.version(),
                                known.step(),
                                known.name(),
                                known.counterpart(),
                                known.cases() + 1));
            }
            for (String event : standing.timers().keySet()) {
                Timer one = new Timer(
                        standing.process(),
                        event,
                        route.map(known -> known.earlier().name(event)).orElse(event),
                        Judgement.isClock(event),
                        route.map(known -> known.counterpart(event).isEmpty()).orElse(true),
                        1);
                running.merge(
                        one.process() + ' ' + event,
                        one,
                        (known, another) -> new Timer(
                                known.process(),
                                known.event(),
                                known.name(),
                                known.clock(),
                                known.gone() || another.gone(),
                                known.cases() + 1));
            }
        }
    }
}
