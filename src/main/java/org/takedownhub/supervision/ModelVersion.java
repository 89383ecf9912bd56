package org.takedownhub.supervision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a process model.
 *
 * @param tag          as its maker wrote it; empty where there is none
 * @param deploymentId the set of models that it was published with
 * @param file         its file in that set
 * @param live         whether new cases start on it
 * @param running      processes that run on it and that whoever asks may know of
 * @param steps        its flow nodes, in the order in which a case passes them
 */
public record ModelVersion(
        String definitionId,
        String process,
        String name,
        int version,
        String tag,
        String deploymentId,
        String file,
        boolean live,
        int running,
        List<Step> steps) {

    public ModelVersion {
        steps = List.copyOf(steps);
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The steps of several versions, each as the first version that has it knows it. */
    static Map<String, Step> stepsOf(List<ModelVersion> versions) {
        Map<String, Step> steps = new LinkedHashMap<>();
        versions.forEach(version -> version.steps().forEach(step -> steps.putIfAbsent(step.id(), step)));
        return steps;
    }
}
