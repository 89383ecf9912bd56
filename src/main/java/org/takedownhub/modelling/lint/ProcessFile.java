package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.engine.ModelXml.Element;

/** One process model with its nodes and flows joined. References that lead nowhere are left out of the joining. */
final class ProcessFile {

    private static final Set<String> TASKS =
            Set.of("userTask", "serviceTask", "sendTask", "businessRuleTask", "receiveTask", "manualTask", "task");
    private static final Set<String> EVENTS =
            Set.of("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent");
    private static final Set<String> GATEWAYS =
            Set.of("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway");

    /** By which attribute an event refers to a word, and by which attribute the word is known. */
    private static final Map<String, String> WORDS = Map.of(
            "messageRef", "name",
            "signalRef", "name",
            "errorRef", "errorCode",
            "escalationRef", "escalationCode");

    /** A flow node. Compared by identity. */
    static final class Node {

        final Element element;
        /** The subprocess it stands in; none at the top. */
        final @Nullable Node scope;

        final List<Flow> incoming = new ArrayList<>();
        final List<Flow> outgoing = new ArrayList<>();
        final List<Node> boundary = new ArrayList<>();
        final List<Node> children = new ArrayList<>();

        @Nullable
        Node host;

        private Node(Element element, @Nullable Node scope) {
            this.element = element;
            this.scope = scope;
        }

        String id() {
            return element.attribute("id");
        }

        String kind() {
            return element.name();
        }

        String name() {
            return Words.nameOf(element);
        }

        String title() {
            return Words.title(element);
        }

        boolean is(String kind) {
            return kind().equals(kind);
        }

        boolean isTask() {
            return TASKS.contains(kind());
        }

        boolean isEvent() {
            return EVENTS.contains(kind());
        }

        boolean isGateway() {
            return GATEWAYS.contains(kind());
        }

        boolean isEventSubProcess() {
            return is("subProcess") && element.attribute("triggeredByEvent").equals("true");
        }

        /** What makes an event one: {@code timer}, {@code message} …; empty for a plain one. */
        String trigger() {
            return definition()
                    .map(Element::name)
                    .map(name -> name.substring(0, name.length() - "EventDefinition".length()))
                    .orElse("");
        }

        Optional<Element> definition() {
            return element.children().stream()
                    .filter(child -> child.name().endsWith("EventDefinition"))
                    .findFirst();
        }

        boolean interrupts() {
            return !element.attribute("cancelActivity").equals("false")
                    && !element.attribute("isInterrupting").equals("false");
        }

        String camunda(String attribute) {
            return element.attribute(Words.CAMUNDA + attribute).strip();
        }

        boolean within(Node other) {
            for (Node around = scope; around != null; around = around.scope) {
                if (around == other) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A sequence flow between two nodes that exist. */
    record Flow(Element element, Node source, Node target, @Nullable Node scope) {

        String id() {
            return element.attribute("id");
        }

        Optional<String> condition() {
            return element.children("conditionExpression").map(Element::text).findFirst();
        }
    }

    private final String file;
    private final Element root;
    private final Map<String, Element> byId = new LinkedHashMap<>();
    private final List<Element> doubles = new ArrayList<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<Node> top = new ArrayList<>();

    ProcessFile(String file, Element root) {
        this.file = file;
        this.root = root;
        root.withDescendants().forEach(element -> {
            String id = element.attribute("id");
            if (!id.isEmpty() && byId.putIfAbsent(id, element) != null) {
                doubles.add(element);
            }
        });
        processes().forEach(process -> collect(process, null));
        join(root);
    }

    String file() {
        return file;
    }

    /** The file's name without its ending, which the process in it must be called. */
    String id() {
        return file.substring(0, file.lastIndexOf('.'));
    }

    Element root() {
        return root;
    }

    Stream<Element> processes() {
        return root.children("process");
    }

    /** Elements whose id another one has already. */
    List<Element> doubles() {
        return doubles;
    }

    Map<String, Element> byId() {
        return byId;
    }

    Map<String, Node> nodesById() {
        return nodes;
    }

    Stream<Node> nodes() {
        return nodes.values().stream();
    }

    Stream<Node> nodes(String kind) {
        return nodes().filter(node -> node.is(kind));
    }

    List<Flow> flows() {
        return flows;
    }

    /** Nodes that stand in no subprocess. */
    List<Node> top() {
        return top;
    }

    Stream<Element> elements() {
        return root.withDescendants();
    }

    /** The name or code of the message, error, escalation or signal that an event or a task refers to. */
    String word(Element definition) {
        for (Map.Entry<String, String> reference : WORDS.entrySet()) {
            Element target = byId.get(definition.attribute(reference.getKey()));
            if (target != null) {
                return target.attribute(reference.getValue());
            }
        }
        return "";
    }

    private void collect(Element container, @Nullable Node scope) {
        for (Element child : container.children()) {
            boolean node = TASKS.contains(child.name())
                    || EVENTS.contains(child.name())
                    || GATEWAYS.contains(child.name())
                    || child.name().equals("subProcess")
                    || child.name().equals("callActivity");
            if (node) {
                Node made = new Node(child, scope);
                nodes.putIfAbsent(made.id(), made);
                (scope == null ? top : scope.children).add(made);
                if (made.is("subProcess")) {
                    collect(child, made);
                }
            }
        }
    }

    private void join(Element everything) {
        everything.withDescendants().forEach(element -> {
            if (element.name().equals("sequenceFlow")) {
                Node source = nodes.get(element.attribute("sourceRef"));
                Node target = nodes.get(element.attribute("targetRef"));
                if (source != null && target != null) {
                    Element around = element.parent();
                    Flow flow = new Flow(
                            element, source, target, around == null ? null : nodes.get(around.attribute("id")));
                    flows.add(flow);
                    source.outgoing.add(flow);
                    target.incoming.add(flow);
                }
            }
        });
        nodes("boundaryEvent").forEach(event -> {
            Node host = nodes.get(event.element.attribute("attachedToRef"));
            event.host = host;
            if (host != null) {
                host.boundary.add(event);
            }
        });
    }
}
