package org.takedownhub.modelling.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** Everything has one id, and whatever a model refers to is there. Nothing else can be told of a model that fails here. */
final class ReferenceRules implements ProcessRule {

    private static final List<String> WITHIN_THE_FILE = List.of(
            "sourceRef",
            "targetRef",
            "attachedToRef",
            "default",
            "messageRef",
            "signalRef",
            "errorRef",
            "escalationRef",
            "processRef",
            "bpmnElement");
    private static final Set<String> BOUND = Set.of("deployment");
    private static final Pattern DAYS = Pattern.compile("P?[0-9]{1,6}D?");
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){2}");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        process.doubles()
                .forEach(element -> report.error(
                        "duplicate-id",
                        element,
                        "The id " + element.attribute("id") + " is used twice",
                        "Give every element an id of its own"));
        oneProcess(process, report);
        process.elements().forEach(element -> {
            WITHIN_THE_FILE.forEach(attribute -> inFile(process, element, attribute, report));
            inSet(set, element, report);
        });
        process.elements()
                .filter(element -> element.name().equals("incoming")
                        || element.name().equals("outgoing")
                        || element.name().equals("flowNodeRef"))
                .filter(element -> !process.byId().containsKey(local(element.text())))
                .forEach(element -> report.error(
                        "unknown-reference",
                        element,
                        Words.title(element) + " names " + element.text() + ", which is not in this file",
                        "Draw the flow again, or remove the step"));
        process.nodes()
                .filter(node -> node.id().isEmpty())
                .forEach(node -> report.error(
                        "id-missing", node.element, "A " + node.kind() + " has no id", "Give it an id in a modeler"));
        process.flows().stream()
                .filter(flow -> flow.source().scope != flow.target().scope || flow.scope() != flow.source().scope)
                .forEach(flow -> report.error(
                        "flow-across-subprocess",
                        flow.element(),
                        "The flow from " + flow.source().title() + " to "
                                + flow.target().title() + " leaves its subprocess",
                        "End the subprocess with an end event, and go on after it"));
    }

    private static void oneProcess(ProcessFile process, Report report) {
        List<Element> processes = process.processes().toList();
        if (processes.size() != 1) {
            report.error(
                    "one-process",
                    process.root(),
                    "The file holds " + processes.size() + " processes",
                    "Keep one process a file, and call others with a call activity");
        }
        for (Element one : processes) {
            if (!one.attribute("id").equals(process.id())) {
                report.error(
                        "file-id",
                        one,
                        "The process is called " + one.attribute("id") + ", its file " + process.file(),
                        "Name the file " + one.attribute("id") + ".bpmn, or the process " + process.id());
            }
            if (!one.attribute("isExecutable").equals("true")) {
                report.error(
                        "not-executable",
                        one,
                        "The process is only a drawing: it is not marked as executable",
                        "Tick “Executable” at the process");
            }
            published(
                    one,
                    one.attribute(Words.CAMUNDA + "historyTimeToLive"),
                    one.attribute(Words.CAMUNDA + "versionTag"),
                    report);
        }
    }

    /** What processes and decisions need alike to be kept, and to be told from their earlier versions. */
    static void published(Element one, String timeToLive, String tag, Report report) {
        if (!DAYS.matcher(timeToLive).matches()) {
            report.error(
                    "history-time-to-live",
                    one,
                    timeToLive.isEmpty()
                            ? "Nothing says how long its history is kept"
                            : "The history time to live " + timeToLive + " is no number of days",
                    "Set the history time to live, such as P3650D for ten years");
        }
        if (!VERSION.matcher(tag).matches()) {
            report.error(
                    "version-tag",
                    one,
                    tag.isEmpty() ? "It has no version tag" : "The version tag " + tag + " is not of three numbers",
                    "Set the version tag as MAJOR.MINOR.PATCH, such as 3.1.0");
        }
    }

    private static void inFile(ProcessFile process, Element element, String attribute, Report report) {
        String reference = local(element.attribute(attribute));
        if (reference.isEmpty()) {
            if (needs(element.name(), attribute)
                    && element.attribute(Words.CAMUNDA + "delegateExpression").isEmpty()) {
                report.error(
                        "unknown-reference",
                        element,
                        Words.title(element) + " has no " + attribute,
                        "Draw it again in a modeler");
            }
            return;
        }
        Element target = process.byId().get(reference);
        if (target == null || !fits(attribute, target, process)) {
            report.error(
                    "unknown-reference",
                    element,
                    Words.title(element) + " refers to " + reference
                            + (target == null ? ", which is not in this file" : ", which is something else"),
                    "Connect it again, or remove it");
        }
    }

    private static boolean needs(String element, String attribute) {
        return switch (element) {
            case "sequenceFlow" -> attribute.equals("sourceRef") || attribute.equals("targetRef");
            case "boundaryEvent" -> attribute.equals("attachedToRef");
            case "receiveTask", "messageEventDefinition" -> attribute.equals("messageRef");
            case "signalEventDefinition" -> attribute.equals("signalRef");
            case "escalationEventDefinition" -> attribute.equals("escalationRef");
            case "errorEventDefinition" -> attribute.equals("errorRef");
            default -> false;
        };
    }

    private static boolean fits(String attribute, Element target, ProcessFile process) {
        return switch (attribute) {
            case "default" -> target.name().equals("sequenceFlow");
            case "messageRef" -> target.name().equals("message");
            case "signalRef" -> target.name().equals("signal");
            case "errorRef" -> target.name().equals("error");
            case "escalationRef" -> target.name().equals("escalation");
            case "attachedToRef" -> {
                Node host = process.nodesById().get(target.attribute("id"));
                yield host != null && !host.isEvent() && !host.isGateway();
            }
            default -> true;
        };
    }

    private static void inSet(SetUnderLint set, Element element, Report report) {
        refers(set, element, "calledElement", "calledElementBinding", ".bpmn", "process", report);
        refers(set, element, "decisionRef", "decisionRefBinding", ".dmn", "decision table", report);
        refers(set, element, "formRef", "formRefBinding", ".form", "form", report);
    }

    private static void refers(
            SetUnderLint set,
            Element element,
            String attribute,
            String binding,
            String ending,
            String what,
            Report report) {
        String target = element.attribute(attribute.equals("calledElement") ? attribute : Words.CAMUNDA + attribute);
        if (target.isEmpty()) {
            if (element.name().equals("callActivity") && attribute.equals("calledElement")) {
                report.error(
                        "unknown-reference",
                        element,
                        Words.title(element) + " calls no process",
                        "Name a process of this set");
            }
            return;
        }
        if (!set.has(target + ending)) {
            report.error(
                    "unknown-reference",
                    element,
                    Words.title(element) + " uses the " + what + " " + target + ", which is not in this set",
                    "Add " + target + ending + ", or name a " + what + " of the set");
        } else if (!BOUND.contains(element.attribute(Words.CAMUNDA + binding))) {
            report.error(
                    "binding",
                    element,
                    Words.title(element) + " does not use the " + what + " it is published with",
                    "Set its binding to deployment, so that an open case keeps what it began with");
        }
    }

    private static String local(String reference) {
        return reference.substring(reference.indexOf(':') + 1);
    }
}
