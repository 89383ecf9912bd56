package org.takedownhub.modelling.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.migration.MigrationPlan;

/**
 * The way from one version of a process to another.
 *
 * @param plan     as the engine found it in order
 * @param steps    ids of the earlier version to ids of the later one, for all that have a counterpart
 * @param refused  ids of the earlier version for which somebody named a counterpart that the engine refuses, and why
 * @param earlier  the nodes of the earlier version
 * @param later    the nodes of the later version
 */
record Route(
        MigrationPlan plan, Map<String, String> steps, Map<String, List<String>> refused, Steps earlier, Steps later) {

    Optional<String> counterpart(String id) {
        return Optional.ofNullable(steps.get(id));
    }

    /** Whether anything of the same kind is left over that could take the place of a node. */
    boolean hasCandidates(String id) {
        Optional<Steps.Step> gone = earlier.find(id);
        return later.nodes().values().stream()
                .filter(step -> gone.isEmpty() || step.kind().equals(gone.get().kind()))
                .anyMatch(step -> !steps.containsValue(step.id()));
    }
}
