package org.takedownhub.modelling.migration;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

/**
 * The nodes of one version of a process.
 *
 * @param nodes by id
 */
record Steps(SortedMap<String, Step> nodes) {

    Steps {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /**
     * One node.
     *
     * @param kind  such as {@code userTask} or {@code boundaryEvent timer}
     * @param timer whether it waits for an instant
     */
    record Step(String id, String name, String kind, boolean timer, boolean repeated) {}

    static Steps of(BpmnModelInstance model) {
        SortedMap<String, Step> nodes = new TreeMap<>();
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            boolean timer = node instanceof CatchEvent event
                    && event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
            String detail = node instanceof CatchEvent event
                    ? event.getEventDefinitions().stream()
                            .map(definition -> " "
                                    + definition.getElementType().getTypeName().replace("EventDefinition", ""))
                            .findFirst()
                            .orElse("")
                    : "";
            nodes.put(
                    node.getId(),
                    new Step(
                            node.getId(),
                            node.getName() == null || node.getName().isBlank() ? node.getId() : node.getName(),
                            node.getElementType().getTypeName() + detail,
                            timer,
                            node instanceof Activity activity && activity.getLoopCharacteristics() != null));
        }
        return new Steps(nodes);
    }

    Optional<Step> find(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** What people call it; the id of what has no name, or is not there. */
    String name(String id) {
        return find(id).map(Step::name).orElse(id);
    }
}
