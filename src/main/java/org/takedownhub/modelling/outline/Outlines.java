package org.takedownhub.modelling.outline;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SignalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.StepTemplates;
import org.takedownhub.modelling.outline.Outline.Happening;
import org.takedownhub.modelling.outline.Outline.Step;
import org.takedownhub.modelling.outline.Outline.Way;

/** Tells what a process model says, step by step. Reads only files that the engine's locks have let through. */
@Component
public class Outlines {

    private final StepTemplates templates;

    Outlines(StepTemplates templates) {
        this.templates = templates;
    }

    /** Empty for a file that is no process. */
    public Optional<Outline> of(ModelFile file) {
        if (file.kind() != ModelFile.Kind.PROCESS) {
            return Optional.empty();
        }
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(file.bytes()));
        return model.getModelElementsByType(Process.class).stream()
                .findFirst()
                .map(process -> new Outline(
                        process.getId(),
                        named(process.getName(), process.getId()),
                        documentation(process),
                        steps(process.getFlowElements())));
    }

    private List<Step> steps(Collection<FlowElement> elements) {
        List<FlowNode> nodes = elements.stream()
                .filter(FlowNode.class::isInstance)
                .map(FlowNode.class::cast)
                .toList();
        return inOrder(nodes).stream()
                .filter(node -> !(node instanceof BoundaryEvent))
                .map(node -> step(node, nodes))
                .toList();
    }

    /**
     * As a case comes to them: each after what leads to it, loops aside (the reverse of the order in which a depth-first
     * walk leaves the nodes).
     */
    private static List<FlowNode> inOrder(List<FlowNode> nodes) {
        List<FlowNode> begin = nodes.stream()
                .filter(node -> node.getIncoming().isEmpty() && !(node instanceof BoundaryEvent))
                .toList();
        Set<FlowNode> seen = new HashSet<>();
        Deque<FlowNode> order = new ArrayDeque<>();
        backwards(begin).forEach(node -> leave(node, nodes, seen, order));
        // What nothing leads to comes last.
        Deque<FlowNode> rest = new ArrayDeque<>();
        backwards(nodes).forEach(node -> leave(node, nodes, seen, rest));
        return Stream.concat(order.stream(), rest.stream()).toList();
    }

    private static void leave(FlowNode from, List<FlowNode> nodes, Set<FlowNode> seen, Deque<FlowNode> order) {
        // By hand instead of by recursion: a long process must not be deeper than the stack.
        record Visit(FlowNode node, Deque<FlowNode> next) {}
        if (!seen.add(from)) {
            return;
        }
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(from, backwards(followers(from, nodes))));
        while (!open.isEmpty()) {
            Visit visit = open.peek();
            FlowNode next = visit.next().poll();
            if (next == null) {
                order.push(visit.node());
                open.pop();
            } else if (seen.add(next)) {
                open.push(new Visit(next, backwards(followers(next, nodes))));
            }
        }
    }

    private static Deque<FlowNode> backwards(List<FlowNode> nodes) {
        Deque<FlowNode> reversed = new ArrayDeque<>();
        nodes.forEach(reversed::push);
        return reversed;
    }

    private static List<FlowNode> followers(FlowNode node, List<FlowNode> nodes) {
        List<FlowNode> followers = new ArrayList<>();
        node.getOutgoing().forEach(flow -> followers.add(flow.getTarget()));
        linked(node, nodes).ifPresent(followers::add);
        attached(node, nodes).forEach(followers::add);
        return followers;
    }

    private static Stream<BoundaryEvent> attached(FlowNode node, List<FlowNode> nodes) {
        return nodes.stream()
                .filter(BoundaryEvent.class::isInstance)
                .map(BoundaryEvent.class::cast)
                .filter(event -> node.equals(event.getAttachedTo()));
    }

    private static Optional<FlowNode> linked(FlowNode node, List<FlowNode> nodes) {
        if (!(node instanceof ThrowEvent)) {
            return Optional.empty();
        }
        return link(node).flatMap(name -> nodes.stream()
                .filter(other -> other instanceof CatchEvent && link(other).equals(Optional.of(name)))
                .findFirst());
    }

    private static Optional<String> link(FlowNode node) {
        return definitions(node).stream()
                .filter(LinkEventDefinition.class::isInstance)
                .map(definition -> ((LinkEventDefinition) definition).getName())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Step step(FlowNode node, List<FlowNode> nodes) {
        UserTask task = node instanceof UserTask person ? person : null;
        List<Way> ways = new ArrayList<>(ways(node));
        linked(node, nodes).ifPresent(there -> ways.add(new Way("", there.getId(), name(there))));
        return new Step(
                node.getId(),
                name(node),
                kind(node),
                does(node),
                task == null ? "" : Objects.requireNonNullElse(task.getCamundaCandidateGroups(), ""),
                task == null || task.getCamundaDueDate() == null ? "" : Words.ofInstant(task.getCamundaDueDate()),
                documentation(node),
                ways,
                attached(node, nodes)
                        .map(event -> new Happening(
                                event.getId(),
                                name(event),
                                definitions(event).stream()
                                        .map(Outlines::happens)
                                        .collect(Collectors.joining(", or ")),
                                event.cancelActivity(),
                                ways(event)))
                        .toList(),
                node instanceof SubProcess group ? steps(group.getFlowElements()) : List.of());
    }

    private static List<Way> ways(FlowNode node) {
        return node.getOutgoing().stream()
                .map(flow -> new Way(when(node, flow), flow.getTarget().getId(), name(flow.getTarget())))
                .toList();
    }

    private static String when(FlowNode node, SequenceFlow flow) {
        String label = named(flow.getName(), "");
        String condition = "";
        if (flow.getConditionExpression() != null) {
            condition = "if "
                    + Words.ofCondition(
                            flow.getConditionExpression().getTextContent().strip());
        } else if (flow.equals(defaultOf(node)) && node.getOutgoing().size() > 1) {
            condition = "otherwise";
        }
        return Stream.of(label, condition).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static @Nullable SequenceFlow defaultOf(FlowNode node) {
        if (node instanceof ExclusiveGateway gateway) {
            return gateway.getDefault();
        }
        if (node instanceof InclusiveGateway gateway) {
            return gateway.getDefault();
        }
        return node instanceof Activity activity ? activity.getDefault() : null;
    }

    private static String kind(FlowNode node) {
        if (node instanceof StartEvent) {
            return "Start";
        }
        if (node instanceof EndEvent) {
            return "End";
        }
        if (node instanceof UserTask) {
            return Outline.PERSONS_TASK;
        }
        if (node instanceof BusinessRuleTask rule && rule.getCamundaDecisionRef() != null) {
            return "Table";
        }
        if (node instanceof CallActivity) {
            return "Another process";
        }
        if (node instanceof SubProcess group) {
            return group.triggeredByEvent() ? "Steps that an event starts" : "Group of steps";
        }
        if (node instanceof ReceiveTask || node instanceof CatchEvent) {
            return link(node).isPresent() ? "Goes on here" : "Wait";
        }
        if (node instanceof ThrowEvent) {
            return "Event";
        }
        if (node instanceof ExclusiveGateway || node instanceof InclusiveGateway) {
            return node.getOutgoing().size() > 1 ? "Question" : "Ways meet";
        }
        if (node instanceof Gateway) {
            return "Fork";
        }
        return "Step of the hub";
    }

    private List<String> does(FlowNode node) {
        List<String> does = new ArrayList<>();
        if (node instanceof UserTask task) {
            form(task.getCamundaFormRef()).ifPresent(does::add);
        } else if (node instanceof StartEvent start) {
            form(start.getCamundaFormRef()).ifPresent(does::add);
        } else if (node instanceof BusinessRuleTask rule) {
            if (rule.getCamundaDecisionRef() == null) {
                calls(rule.getCamundaDelegateExpression()).ifPresent(does::add);
            } else {
                does.add("The table " + rule.getCamundaDecisionRef() + " decides"
                        + (rule.getCamundaResultVariable() == null
                                ? "."
                                : " “" + Words.ofName(rule.getCamundaResultVariable()) + "”."));
            }
        } else if (node instanceof ServiceTask task) {
            calls(task.getCamundaDelegateExpression()).ifPresent(does::add);
        } else if (node instanceof CallActivity call) {
            does.add("Runs the process " + call.getCalledElement() + " and goes on when it has ended.");
        } else if (node instanceof ReceiveTask task) {
            does.add("Waits until the message " + message(task.getMessage()) + " comes.");
        } else if (node instanceof EventBasedGateway) {
            does.add("Goes on with whichever comes first.");
        } else if (node instanceof Gateway && !(node instanceof ExclusiveGateway)) {
            does.add(node instanceof InclusiveGateway ? "Takes every way that applies." : "Takes all ways at once.");
        }
        definitions(node).forEach(definition -> told(node, definition).ifPresent(does::add));
        if (node instanceof Activity activity
                && activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop) {
            does.add("Done as many times as “"
                    + Words.ofCondition(
                            loop.getLoopCardinality().getTextContent().strip()) + "” says, "
                    + (loop.isSequential() ? "one after the other." : "all at the same time."));
        }
        return does;
    }

    private static Optional<String> form(@Nullable String formRef) {
        return Optional.ofNullable(formRef).map(form -> "Somebody fills in the form " + form + ".");
    }

    private Optional<String> calls(@Nullable String delegateExpression) {
        return Optional.ofNullable(delegateExpression)
                .flatMap(templates::of)
                .map(StepTemplates.StepTemplate::description);
    }

    private static Optional<String> told(FlowNode node, EventDefinition definition) {
        if (definition instanceof LinkEventDefinition) {
            return Optional.empty();
        }
        if (definition instanceof TerminateEventDefinition) {
            return Optional.of("Ends everything that still goes on in its group.");
        }
        if (node instanceof ThrowEvent) {
            return Optional.of(
                    definition instanceof ErrorEventDefinition
                            ? "Tells the process or group around it: " + thing(definition) + "."
                            : "Tells others: " + thing(definition) + ".");
        }
        return Optional.of("Waits for: " + happens(definition) + ".");
    }

    private static String happens(EventDefinition definition) {
        if (definition instanceof TimerEventDefinition timer) {
            if (timer.getTimeDate() != null) {
                return "the instant “"
                        + Words.ofInstant(timer.getTimeDate().getTextContent().strip()) + "”";
            }
            if (timer.getTimeDuration() != null) {
                return Words.ofDuration(timer.getTimeDuration().getTextContent().strip()) + " have passed";
            }
            return timer.getTimeCycle() == null
                    ? "a time that is not set"
                    : "every turn of " + timer.getTimeCycle().getTextContent().strip();
        }
        if (definition instanceof MessageEventDefinition) {
            return "the message " + thing(definition);
        }
        if (definition instanceof ErrorEventDefinition) {
            return "the problem " + thing(definition);
        }
        return thing(definition);
    }

    private static String thing(EventDefinition definition) {
        if (definition instanceof MessageEventDefinition message) {
            return message(message.getMessage());
        }
        if (definition instanceof ErrorEventDefinition error) {
            return error.getError() == null
                    ? "of any kind"
                    : named(error.getError().getName(), "of any kind");
        }
        if (definition instanceof EscalationEventDefinition escalation) {
            return escalation.getEscalation() == null
                    ? "any word from inside"
                    : named(escalation.getEscalation().getName(), "any word from inside");
        }
        if (definition instanceof SignalEventDefinition signal) {
            return signal.getSignal() == null
                    ? "a signal"
                    : named(signal.getSignal().getName(), "a signal");
        }
        return definition.getElementType().getTypeName();
    }

    private static String message(@Nullable Message message) {
        return message == null ? "that is not named" : named(message.getName(), "that is not named");
    }

    private static Collection<EventDefinition> definitions(FlowNode node) {
        return node instanceof Event ? node.getChildElementsByType(EventDefinition.class) : List.of();
    }

    private static String documentation(BaseElement element) {
        return element.getDocumentations().stream()
                .map(text -> text.getTextContent().strip())
                .collect(Collectors.joining("\n"));
    }

    private static String name(FlowNode node) {
        return named(node.getName(), node.getId());
    }

    private static String named(@Nullable String name, String otherwise) {
        return name == null || name.isBlank() ? otherwise : name.strip().replaceAll("\\s+", " ");
    }
}
