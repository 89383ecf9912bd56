package org.takedownhub.supervision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.process.AsSystem;
import org.takedownhub.process.TakedownProcess;

/** The versions of a process that somebody may want to watch: the live one, and older ones that still have cases. */
@Component
public class ModelVersions {

    private static final String DEADLINE = "${" + TakedownProcess.REMOVAL_DUE_AT.name() + "}";

    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final Sight sight;
    private final AsSystem system;
    /** A definition never changes once it is deployed. */
    private final Map<String, List<Step>> steps = new ConcurrentHashMap<>();

    ModelVersions(RepositoryService repository, JdbcClient jdbc, Sight sight, AsSystem system) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.sight = sight;
        this.system = system;
    }

    /** The keys of all processes and the names of their live models. */
    public List<ModelVersion> processes() {
        return system.call(() -> {
            Map<String, Integer> running = running();
            return repository
                    .createProcessDefinitionQuery()
                    .latestVersion()
                    .orderByProcessDefinitionKey()
                    .asc()
                    .list()
                    .stream()
                    .map(definition -> version(definition, true, running))
                    .toList();
        });
    }

    /**
     * The live model first, then older ones on which anything runs, the newest first.
     *
     * @return empty where there is no such process
     */
    public List<ModelVersion> running(String process) {
        return system.call(() -> {
            Map<String, Integer> running = running();
            List<ModelVersion> versions = new ArrayList<>();
            for (ProcessDefinition definition : repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(process)
                    .orderByProcessDefinitionVersion()
                    .desc()
                    .list()) {
                boolean live = versions.isEmpty();
                if (live || running.containsKey(definition.getId())) {
                    versions.add(version(definition, live, running));
                }
            }
            return versions;
        });
    }

    /** All versions of a process, the newest first. */
    public List<ModelVersion> all(String process) {
        return system.call(() -> {
            Map<String, Integer> running = running();
            List<ModelVersion> versions = new ArrayList<>();
            for (ProcessDefinition definition : repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(process)
                    .orderByProcessDefinitionVersion()
                    .desc()
                    .list()) {
                versions.add(version(definition, versions.isEmpty(), running));
            }
            return versions;
        });
    }

    /** Those of some versions that were asked for: one, or all. */
    public static List<ModelVersion> chosen(List<ModelVersion> versions, OptionalInt version) {
        return version.isEmpty()
                ? versions
                : versions.stream()
                        .filter(one -> one.version() == version.getAsInt())
                        .toList();
    }

    /** A step of a definition by its id. */
    Optional<Step> step(String definitionId, String stepId) {
        return system.call(() -> steps(definitionId)).stream()
                .filter(step -> step.id().equals(stepId))
                .findFirst();
    }

    /** Whether a version has both nodes in the same part of its model, and the second is a task for people. */
    boolean standTogether(String definitionId, String stepId, String taskId) {
        return system.call(() -> {
            BpmnModelInstance model = repository.getBpmnModelInstance(definitionId);
            ModelElementInstance step = model.getModelElementById(stepId);
            ModelElementInstance task = model.getModelElementById(taskId);
            return step != null
                    && task instanceof UserTask
                    && step.getParentElement().equals(task.getParentElement());
        });
    }

    private Map<String, Integer> running() {
        Map<String, Integer> running = new HashMap<>();
        jdbc.sql("select p.proc_def_id_, count(*) from act_ru_execution p where p.parent_id_ is null and "
                        + sight.of("p") + " group by p.proc_def_id_")
                .query(row -> {
                    running.put(row.getString(1), row.getInt(2));
                });
        return running;
    }

    private ModelVersion version(ProcessDefinition definition, boolean live, Map<String, Integer> running) {
        return new ModelVersion(
                definition.getId(),
                definition.getKey(),
                definition.getName() == null ? definition.getKey() : definition.getName(),
                definition.getVersion(),
                definition.getVersionTag() == null ? "" : definition.getVersionTag(),
                definition.getDeploymentId(),
                definition.getResourceName(),
                live,
                running.getOrDefault(definition.getId(), 0),
                steps(definition.getId()));
    }

    private List<Step> steps(String definitionId) {
        return steps.computeIfAbsent(definitionId, id -> read(repository.getBpmnModelInstance(id)));
    }

    private static List<Step> read(BpmnModelInstance model) {
        Map<String, String> deadlines = new HashMap<>();
        for (BoundaryEvent event : model.getModelElementsByType(BoundaryEvent.class)) {
            if (event.cancelActivity()
                    && event.getEventDefinitions().stream()
                            .filter(TimerEventDefinition.class::isInstance)
                            .map(definition -> ((TimerEventDefinition) definition).getTimeDate())
                            .anyMatch(date -> date != null
                                    && date.getTextContent().strip().equals(DEADLINE))) {
                deadlines.put(event.getAttachedTo().getId(), event.getId());
            }
        }
        Set<FlowNode> ordered = new LinkedHashSet<>();
        model.getModelElementsByType(Process.class)
                .forEach(process -> follow(process.getChildElementsByType(FlowNode.class), ordered));
        return ordered.stream()
                .map(node -> new Step(
                        node.getId(),
                        node.getName() == null || node.getName().isBlank() ? node.getId() : node.getName(),
                        kind(node),
                        node.isCamundaAsyncBefore(),
                        Optional.ofNullable(deadlines.get(node.getId()))))
                .toList();
    }

    /**
     * In the order in which a case passes them: nothing before what leads to it, ways back aside, and a part before what
     * is in it. Parts that an event begins, and where a link comes out, stand at the end.
     */
    private static void follow(Collection<? extends FlowNode> part, Set<FlowNode> ordered) {
        Deque<FlowNode> finished = new ArrayDeque<>();
        Set<FlowNode> seen = new HashSet<>();
        for (FlowNode node : part) {
            if (node.getIncoming().isEmpty() && !(node instanceof StartEvent) && !(node instanceof BoundaryEvent)) {
                visit(node, part, seen, finished);
            }
        }
        // Visited last, so that it stands first.
        for (FlowNode node : part) {
            if (node instanceof StartEvent) {
                visit(node, part, seen, finished);
            }
        }
        finished.addAll(part);
        for (FlowNode node : finished) {
            if (ordered.add(node) && node instanceof SubProcess inner) {
                follow(inner.getChildElementsByType(FlowNode.class), ordered);
            }
        }
    }

    /** Puts a node before all that it leads to, the first flow first and what hangs on its border last. */
    private static void visit(
            FlowNode node, Collection<? extends FlowNode> part, Set<FlowNode> seen, Deque<FlowNode> finished) {
        if (!seen.add(node)) {
            return;
        }
        Deque<FlowNode> leadsTo = new ArrayDeque<>();
        node.getOutgoing().forEach(flow -> leadsTo.addFirst(flow.getTarget()));
        for (FlowNode event : part) {
            if (event instanceof BoundaryEvent boundary
                    && boundary.getAttachedTo().equals(node)) {
                leadsTo.addFirst(event);
            }
        }
        leadsTo.forEach(next -> visit(next, part, seen, finished));
        finished.addFirst(node);
    }

    private static Step.Kind kind(FlowNode node) {
        if (node instanceof SubProcess || node instanceof CallActivity) {
            return Step.Kind.PART;
        }
        if (node instanceof UserTask) {
            return Step.Kind.PERSON;
        }
        if (node instanceof ReceiveTask || node instanceof IntermediateCatchEvent) {
            return Step.Kind.WAIT;
        }
        return node instanceof Activity ? Step.Kind.HUB : Step.Kind.PASSING;
    }
}
