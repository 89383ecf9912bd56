package org.takedownhub.modelling.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.engine.ModelXml;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.compare.Change.Kind;
import org.takedownhub.modelling.compare.Comparison.Unreadable;

/** Two versions of a process model, step by step. */
final class ProcessComparison {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}";

    /** What belongs to the element around it rather than being one itself. */
    private static final Set<String> INNER = Set.of(
            "timerEventDefinition",
            "messageEventDefinition",
            "errorEventDefinition",
            "escalationEventDefinition",
            "signalEventDefinition",
            "terminateEventDefinition",
            "linkEventDefinition",
            "multiInstanceLoopCharacteristics",
            "conditionExpression",
            "timeDate",
            "timeDuration",
            "timeCycle",
            "loopCardinality",
            "completionCondition",
            "documentation",
            "extensionElements",
            "incoming",
            "outgoing",
            "flowNodeRef",
            "text");

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("process", "process"),
            Map.entry("startEvent", "start"),
            Map.entry("endEvent", "end"),
            Map.entry("userTask", "task for people"),
            Map.entry("serviceTask", "automatic step"),
            Map.entry("sendTask", "automatic step"),
            Map.entry("businessRuleTask", "decision by a table"),
            Map.entry("callActivity", "called process"),
            Map.entry("receiveTask", "wait"),
            Map.entry("subProcess", "sub-process"),
            Map.entry("exclusiveGateway", "question"),
            Map.entry("parallelGateway", "fork or join"),
            Map.entry("inclusiveGateway", "question with several answers"),
            Map.entry("eventBasedGateway", "wait for whatever comes first"),
            Map.entry("intermediateCatchEvent", "event that is waited for"),
            Map.entry("intermediateThrowEvent", "event"),
            Map.entry("boundaryEvent", "event"),
            Map.entry("sequenceFlow", "way"),
            Map.entry("message", "message"),
            Map.entry("error", "error"),
            Map.entry("escalation", "escalation"),
            Map.entry("signal", "signal"),
            Map.entry("textAnnotation", "note"));

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("name", "name"),
            Map.entry("candidateGroups", "who does it"),
            Map.entry("assignee", "assigned to"),
            Map.entry("dueDate", "due"),
            Map.entry("followUpDate", "follow-up"),
            Map.entry("priority", "priority"),
            Map.entry("formRef", "form"),
            Map.entry("formRefBinding", "which version of the form"),
            Map.entry("delegateExpression", "what it does"),
            Map.entry("decisionRef", "table"),
            Map.entry("decisionRefBinding", "which version of the table"),
            Map.entry("resultVariable", "where the result is kept"),
            Map.entry("calledElement", "process that is called"),
            Map.entry("calledElementBinding", "which version is called"),
            Map.entry("attachedToRef", "stands at"),
            Map.entry("cancelActivity", "ends the step it stands at"),
            Map.entry("isInterrupting", "ends what it starts in"),
            Map.entry("default", "otherwise"),
            Map.entry("sourceRef", "from"),
            Map.entry("targetRef", "to"),
            Map.entry("asyncBefore", "own transaction before it"),
            Map.entry("asyncAfter", "own transaction after it"),
            Map.entry("jobPriority", "priority among automatic work"),
            Map.entry("versionTag", "version"),
            Map.entry("historyTimeToLive", "how long its history is kept"),
            Map.entry("isExecutable", "can be run"),
            Map.entry("isStartableInTasklist", "can be started in Tasklist"),
            Map.entry("timeDate", "timer, at"),
            Map.entry("timeDuration", "timer, after"),
            Map.entry("timeCycle", "timer, every"),
            Map.entry("conditionExpression", "condition"),
            Map.entry("documentation", "documentation"),
            Map.entry("messageRef", "message"),
            Map.entry("errorRef", "error"),
            Map.entry("escalationRef", "escalation"),
            Map.entry("loopCardinality", "how many times"),
            Map.entry("completionCondition", "done when"),
            Map.entry("failedJobRetryTimeCycle", "tried again after"));

    private final String file;
    private final Map<String, Part> before;
    private final Map<String, Part> after;
    private final Map<String, Map<String, String>> drawnBefore;
    private final Map<String, Map<String, String>> drawnAfter;

    ProcessComparison(ModelFile before, ModelFile after) throws Unreadable {
        this.file = after.name();
        Element was = read(before);
        Element is = read(after);
        this.before = parts(was);
        this.after = parts(is);
        this.drawnBefore = drawn(was);
        this.drawnAfter = drawn(is);
    }

    /** @param properties of the element itself and of everything inside it that is no element of its own */
    private record Part(String type, String name, Map<String, String> properties) {}

    List<Change> changes() {
        List<Change> changes = new ArrayList<>(
                new Parts<>(before, after).compare((kind, id, part) -> oneSided(kind, id, part), this::compare));
        List<String> moved = drawnAfter.keySet().stream()
                .filter(id ->
                        drawnBefore.containsKey(id) && !drawnBefore.get(id).equals(drawnAfter.get(id)))
                .toList();
        if (!moved.isEmpty()) {
            changes.add(new Change(
                    Kind.MOVED,
                    file,
                    moved.size() == 1 ? moved.get(0) : "",
                    "",
                    moved.size() == 1
                            ? "Drawn elsewhere: " + named(moved.get(0))
                            : moved.size() + " elements are drawn elsewhere",
                    "",
                    ""));
        }
        return changes;
    }

    private Change oneSided(Kind kind, String id, Part part) {
        String verb = kind == Kind.ADDED ? "Added: " : "Removed: ";
        Map<String, Part> side = kind == Kind.ADDED ? after : before;
        return new Change(kind, file, id, part.name(), verb + described(id, part, side), "", "");
    }

    private List<Change> compare(String id, Part was, Part is) {
        List<Change> changes = new ArrayList<>();
        String name = described(id, is, after);
        if (!was.type().equals(is.type())) {
            changes.add(new Change(
                    Kind.CHANGED,
                    file,
                    id,
                    is.name(),
                    capital(name) + " was a " + kind(was) + " and is a " + kind(is) + " now",
                    was.type(),
                    is.type()));
        }
        changes.addAll(Parts.properties(
                was.properties(),
                is.properties(),
                (key, values) -> new Change(
                        Kind.CHANGED,
                        file,
                        id,
                        is.name(),
                        capital(name) + ": " + property(key) + " " + said(key, values[0], before) + " → "
                                + said(key, values[1], after),
                        values[0],
                        values[1])));
        return changes;
    }

    private static String property(String key) {
        int space = key.indexOf(' ');
        return space < 0
                ? PROPERTIES.getOrDefault(key, key)
                : PROPERTIES.getOrDefault(key.substring(0, space), key.substring(0, space)) + key.substring(space);
    }

    private static String said(String key, String value, Map<String, Part> side) {
        if (value.isEmpty()) {
            return "none";
        }
        Part part = side.get(value);
        if (part != null && !part.name().isEmpty()) {
            return InWords.quoted(part.name());
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true") ? "yes" : "no";
        }
        return InWords.quoted(InWords.value(value));
    }

    private String described(String id, Part part, Map<String, Part> side) {
        if (part.type().equals("sequenceFlow")) {
            String label = part.name().isEmpty() ? "" : " (" + part.name() + ")";
            return "the way from " + name(part.properties().get("sourceRef"), side) + " to "
                    + name(part.properties().get("targetRef"), side) + label;
        }
        String at = part.properties().containsKey("attachedToRef")
                ? " at " + name(part.properties().get("attachedToRef"), side)
                : "";
        return kind(part) + " " + (part.name().isEmpty() ? id : InWords.quoted(part.name())) + at;
    }

    private String named(String id) {
        Part part = after.get(id);
        return part == null ? id : described(id, part, after);
    }

    private static String name(@Nullable String id, Map<String, Part> side) {
        Part part = id == null ? null : side.get(id);
        return part == null || part.name().isEmpty() ? String.valueOf(id) : InWords.quoted(part.name());
    }

    private static String kind(Part part) {
        if (part.type().endsWith("Event") && hasTimer(part)) {
            return part.type().equals("boundaryEvent")
                            && part.properties()
                                    .getOrDefault("cancelActivity", "true")
                                    .equals("false")
                    ? "reminder"
                    : "timer";
        }
        return KINDS.getOrDefault(part.type(), part.type());
    }

    private static boolean hasTimer(Part part) {
        return part.properties().keySet().stream().anyMatch(Set.of("timeDate", "timeDuration", "timeCycle")::contains);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Element read(ModelFile file) throws Unreadable {
        try {
            return ModelXml.read(file.bytes());
        } catch (ModelXml.Unreadable unreadable) {
            throw new Unreadable(unreadable.refusal().rule());
        }
    }

    private static Map<String, Part> parts(Element root) {
        Map<String, Part> parts = new LinkedHashMap<>();
        root.withDescendants()
                .filter(element -> element.namespace().equals(BPMN)
                        && !element.attribute("id").isEmpty()
                        && !element.name().equals("definitions")
                        && !INNER.contains(element.name()))
                .forEach(element -> {
                    Map<String, String> properties = new TreeMap<>();
                    collect(element, properties);
                    parts.put(element.attribute("id"), new Part(element.name(), element.attribute("name"), properties));
                });
        return parts;
    }

    private static void collect(Element element, Map<String, String> properties) {
        element.attributes().forEach((key, value) -> {
            String name = key.startsWith(CAMUNDA) ? key.substring(CAMUNDA.length()) : key;
            if (!name.equals("id") && !name.startsWith("{")) {
                properties.merge(name, value, (one, other) -> one + ", " + other);
            }
        });
        for (Element child : element.children()) {
            if (child.name().equals("incoming") || child.name().equals("outgoing")) {
                continue;
            }
            if (child.namespace().equals(BPMN) && INNER.contains(child.name())) {
                if (!child.text().isEmpty()) {
                    properties.merge(child.name(), child.text(), (one, other) -> one + ", " + other);
                }
                collect(child, properties);
            } else if (!child.namespace().equals(BPMN)) {
                extension(child, properties);
            }
        }
    }

    /** Inputs, outputs, retries, what is handed to called processes. */
    private static void extension(Element element, Map<String, String> properties) {
        Map<String, String> attributes = element.attributes();
        if (!element.text().isEmpty()) {
            String name = attributes.getOrDefault("name", "");
            properties.put((element.name() + " " + name).strip(), element.text());
        } else if (element.children().isEmpty() && !attributes.isEmpty()) {
            properties.put(
                    element.name() + " "
                            + attributes.entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .collect(Collectors.joining(" ")),
                    "yes");
        }
        element.children().forEach(child -> extension(child, properties));
    }

    /** Where each element is drawn, as text. */
    private static Map<String, Map<String, String>> drawn(Element root) {
        Map<String, Map<String, String>> drawn = new LinkedHashMap<>();
        root.withDescendants()
                .filter(element ->
                        element.name().equals("BPMNShape") || element.name().equals("BPMNEdge"))
                .forEach(element -> {
                    Map<String, String> places = new TreeMap<>();
                    int[] count = {0};
                    element.withDescendants()
                            .filter(place -> place.name().equals("Bounds")
                                    || place.name().equals("waypoint"))
                            .forEach(place -> places.put(
                                    place.name() + count[0]++,
                                    place.attribute("x") + "," + place.attribute("y") + "," + place.attribute("width")
                                            + "," + place.attribute("height")));
                    drawn.put(element.attribute("bpmnElement"), places);
                });
        return drawn;
    }
}
