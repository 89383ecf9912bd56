package org.takedownhub.modelling.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationInstructionBuilder;
import org.camunda.bpm.engine.migration.MigrationInstructionValidationReport;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Finds the way between versions of a process that lie in one engine, and has the engine check it. */
final class Routes {

    /** What the engine calls the frame around a node that is repeated. */
    private static final String REPETITION = "#multiInstanceBody";

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Map<String, Steps> known = new HashMap<>();

    Routes(RuntimeService runtime, RepositoryService repository) {
        this.runtime = runtime;
        this.repository = repository;
    }

    /**
     * The way from one definition to another.
     *
     * @param moved  earlier ids to later ids where they differ
     * @param timers events of the earlier version whose timer is set anew
     */
    Route route(String earlierId, String laterId, Map<String, String> moved, Set<String> timers) {
        Steps earlier = steps(earlierId);
        Steps later = steps(laterId);
        Map<String, String> named = new TreeMap<>();
        moved.forEach((from, to) -> earlier.find(from).ifPresent(step -> {
            if (later.find(to).isEmpty() && later.find(from).isPresent()) {
                // It was renamed on the way and has its own id again.
                return;
            }
            named.put(from, to);
            if (step.repeated()) {
                named.put(from + REPETITION, to + REPETITION);
            }
        }));
        Map<String, String> wanted = equal(earlierId, laterId);
        if (!named.isEmpty()) {
            // What hangs on a node with another id keeps its own id, and the engine does not look for it there.
            for (Steps.Step step : earlier.nodes().values()) {
                if (later.find(step.id()).isPresent()) {
                    wanted.putIfAbsent(step.id(), step.id());
                    if (step.repeated()) {
                        wanted.putIfAbsent(step.id() + REPETITION, step.id() + REPETITION);
                    }
                }
            }
        }
        wanted.values().removeAll(named.values());
        wanted.putAll(named);
        Map<String, List<String>> refused = new TreeMap<>();
        MigrationPlan plan = checked(earlierId, laterId, wanted, named, timers, refused);
        return new Route(plan, Map.copyOf(wanted), Map.copyOf(refused), earlier, later);
    }

    Steps steps(String definitionId) {
        return known.computeIfAbsent(definitionId, id -> {
            BpmnModelInstance model = repository.getBpmnModelInstance(id);
            return Steps.of(model);
        });
    }

    private Map<String, String> equal(String earlierId, String laterId) {
        Map<String, String> equal = new TreeMap<>();
        for (MigrationInstruction same : runtime.createMigrationPlan(earlierId, laterId)
                .mapEqualActivities()
                .build()
                .getInstructions()) {
            equal.put(same.getSourceActivityId(), same.getTargetActivityId());
        }
        return equal;
    }

    /** Leaves out what the engine refuses, one reason leading to the next, until nothing is left to refuse. */
    private MigrationPlan checked(
            String earlierId,
            String laterId,
            Map<String, String> wanted,
            Map<String, String> named,
            Set<String> timers,
            Map<String, List<String>> refused) {
        while (true) {
            try {
                return plan(earlierId, laterId, wanted, timers);
            } catch (MigrationPlanValidationException wrong) {
                boolean fewer = false;
                for (MigrationInstructionValidationReport report :
                        wrong.getValidationReport().getInstructionReports()) {
                    String from = report.getMigrationInstruction().getSourceActivityId();
                    if (wanted.remove(from) != null) {
                        fewer = true;
                        if (named.containsKey(from)) {
                            refused.put(from, List.copyOf(new ArrayList<>(report.getFailures())));
                        }
                    }
                }
                if (!fewer) {
                    throw wrong;
                }
            }
        }
    }

    private MigrationPlan plan(String earlierId, String laterId, Map<String, String> wanted, Set<String> timers) {
        MigrationPlanBuilder plan = runtime.createMigrationPlan(earlierId, laterId);
        wanted.forEach((from, to) -> {
            MigrationInstructionBuilder instruction = plan.mapActivities(from, to);
            if (timers.contains(from)) {
                instruction.updateEventTrigger();
            }
        });
        return plan.build();
    }
}
