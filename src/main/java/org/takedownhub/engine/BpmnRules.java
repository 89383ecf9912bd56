package org.takedownhub.engine;

import static org.takedownhub.engine.AllowList.each;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.takedownhub.engine.AllowList.Check;
import org.takedownhub.engine.ModelXml.Element;

/** What a process model may be made of. Java is reached through {@code camunda:delegateExpression} and nothing else. */
final class BpmnRules {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final Map<String, String> PREFIXES = Map.of(
            BPMN,
            "",
            "http://camunda.org/schema/1.0/bpmn",
            "camunda",
            "http://www.w3.org/2001/XMLSchema-instance",
            "xsi",
            "http://camunda.org/schema/modeler/1.0",
            "modeler");
    private static final Set<String> DRAWING = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI");

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern REFERENCE =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*:)?[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern BINDING = Pattern.compile("deployment|latest|version");
    private static final Pattern EXPRESSION_TYPE = Pattern.compile("([A-Za-z0-9]+:)?tFormalExpression");

    private final Supplier<Set<String>> delegates;
    private final AllowList words;

    BpmnRules(Supplier<Set<String>> delegates) {
        this.delegates = delegates;
        this.words = words();
    }

    List<Refusal> refusals(Element root) {
        if (!root.namespace().equals(BPMN) || !root.name().equals("definitions")) {
            return List.of(root.refusal("This is no process model", "Save it as BPMN 2.0"));
        }
        List<Refusal> refusals = new ArrayList<>(words.refusals(root));
        root.withDescendants()
                .filter(element -> element.namespace().equals(BPMN))
                .forEach(element -> shapeOf(element).ifPresent(refusals::add));
        return refusals;
    }

    private AllowList words() {
        Check literal = BpmnRules::literal;
        Check plain = BpmnRules::plain;
        Check reference = matching(REFERENCE, "is no reference");
        Check yesNo = matching(Pattern.compile("true|false"), "must be true or false");
        Check number = matching(NUMBER, "must be a whole number");
        Check variable = matching(VARIABLE, "must be the name of a variable");
        Check binding = matching(BINDING, "must be deployment, latest or version");

        Map<String, Check> id = each("id", matching(ID, "is no id"));
        Map<String, Check> named = joined(id, each("name", plain));
        Map<String, Check> template = each("camunda:modelerTemplate camunda:modelerTemplateVersion", literal);
        Map<String, Check> node = joined(
                named,
                template,
                each("camunda:asyncBefore camunda:asyncAfter camunda:exclusive", yesNo),
                each("camunda:jobPriority", number));
        Map<String, Check> activity = joined(node, each("default", reference));
        Map<String, Check> delegate = each("camunda:delegateExpression", this::delegate);
        Map<String, Check> form = joined(
                each("camunda:formRef camunda:formRefVersion", literal), each("camunda:formRefBinding", binding));
        Map<String, Check> expression =
                joined(id, each("xsi:type", matching(EXPRESSION_TYPE, "is no expression type")));

        return new AllowList(PREFIXES, DRAWING)
                .elements(
                        "definitions",
                        named,
                        each(
                                "targetNamespace exporter exporterVersion xsi:schemaLocation"
                                        + " modeler:executionPlatform modeler:executionPlatformVersion",
                                literal))
                .elements("collaboration laneSet association textAnnotation group", named, template)
                .elements("extensionElements category categoryValue", id, each("value", literal))
                .elements("participant", named, each("processRef", reference))
                .elements("lane", named)
                .elements("association", named, each("sourceRef targetRef associationDirection", literal))
                .elements("textAnnotation", named, each("textFormat", literal))
                .elements("group", named, each("categoryValueRef", reference))
                .elements(
                        "process",
                        named,
                        template,
                        each("isExecutable isClosed camunda:isStartableInTasklist", yesNo),
                        each(
                                "processType camunda:versionTag camunda:historyTimeToLive camunda:candidateStarterGroups",
                                literal),
                        each("camunda:jobPriority", number))
                .elements("startEvent", node, form, each("isInterrupting", yesNo), each("camunda:initiator", variable))
                .elements("endEvent intermediateCatchEvent intermediateThrowEvent", node)
                .elements("boundaryEvent", node, each("attachedToRef", reference), each("cancelActivity", yesNo))
                .elements(
                        "exclusiveGateway inclusiveGateway parallelGateway",
                        activity,
                        each("gatewayDirection", literal))
                .elements("eventBasedGateway", node, each("gatewayDirection eventGatewayType", literal))
                .elements("sequenceFlow", named, each("sourceRef targetRef", reference))
                .elements("subProcess", activity, each("triggeredByEvent", yesNo))
                .elements(
                        "userTask",
                        activity,
                        form,
                        each("camunda:candidateGroups camunda:assignee camunda:dueDate camunda:followUpDate", plain),
                        each("camunda:priority", plain))
                .elements("serviceTask sendTask", activity, delegate, each("messageRef", reference))
                .elements(
                        "businessRuleTask",
                        activity,
                        delegate,
                        each("camunda:decisionRef", reference),
                        each("camunda:decisionRefBinding", binding),
                        each("camunda:decisionRefVersion", literal),
                        each("camunda:resultVariable", variable),
                        each(
                                "camunda:mapDecisionResult",
                                matching(Pattern.compile("singleEntry"), "must be singleEntry")))
                .elements(
                        "callActivity",
                        activity,
                        each("calledElement", reference),
                        each("camunda:calledElementBinding", binding),
                        each("camunda:calledElementVersion", literal))
                .elements("receiveTask", activity, each("messageRef", reference))
                .elements("manualTask task", activity)
                .elements("message signal", id, each("name", literal))
                .elements("error", id, each("name errorCode", literal))
                .elements("escalation", id, each("name escalationCode", literal))
                .elements("timerEventDefinition terminateEventDefinition", id)
                .elements("linkEventDefinition", id, each("name", literal))
                .elements("messageEventDefinition", id, delegate, each("messageRef", reference))
                .elements("signalEventDefinition", id, each("signalRef", reference))
                .elements(
                        "errorEventDefinition",
                        id,
                        each("errorRef", reference),
                        each("camunda:errorCodeVariable camunda:errorMessageVariable", variable))
                .elements(
                        "escalationEventDefinition",
                        id,
                        each("escalationRef", reference),
                        each("camunda:escalationCodeVariable", variable))
                .elements(
                        "multiInstanceLoopCharacteristics",
                        id,
                        each("isSequential camunda:asyncBefore camunda:asyncAfter camunda:exclusive", yesNo))
                .texts("incoming outgoing flowNodeRef", reference)
                .texts("documentation", plain, id, each("textFormat", literal))
                .texts("text", any -> Optional.empty())
                .texts("conditionExpression loopCardinality completionCondition", plain, expression)
                .texts("timeDate timeDuration timeCycle", plain, expression)
                .elements("camunda:inputOutput camunda:properties")
                .texts("camunda:inputParameter camunda:outputParameter", plain, each("name", variable))
                .elements("camunda:property", id, each("name value", literal))
                .texts("camunda:failedJobRetryTimeCycle", literal)
                .elements(
                        "camunda:in camunda:out",
                        each("source target", variable),
                        each("sourceExpression businessKey", plain),
                        each("variables", matching(Pattern.compile("all"), "must be all")),
                        each("local", yesNo))
                .instead(
                        "scriptTask camunda:script conditionalEventDefinition complexGateway language",
                        "Use a service task with camunda:delegateExpression, or a decision table")
                .instead(
                        "camunda:class camunda:expression camunda:type camunda:topic camunda:connector"
                                + " camunda:executionListener camunda:taskListener camunda:field"
                                + " camunda:delegateExpression camunda:resource camunda:errorEventDefinition"
                                + " camunda:variableMappingClass camunda:variableMappingDelegateExpression",
                        "Use camunda:delegateExpression with one of the beans "
                                + "that are delegates, such as ${referContent}")
                .instead("camunda:formKey camunda:formData camunda:formHandlerClass", "Use camunda:formRef")
                .instead(
                        "camunda:collection camunda:elementVariable standardLoopCharacteristics",
                        "Repeat by loopCardinality, with a variable that holds the number")
                .instead(
                        "conditionExpression timeDate timeDuration timeCycle loopCardinality completionCondition name"
                                + " documentation camunda:inputParameter camunda:outputParameter camunda:assignee"
                                + " camunda:candidateGroups camunda:dueDate camunda:followUpDate camunda:priority"
                                + " sourceExpression businessKey",
                        "Use a literal, or read and compare plain variables, such as ${contentUnlawful}")
                .instead("camunda:mapDecisionResult", "Let the decision have one output and take it as singleEntry");
    }

    /** What must be there, or must fit together, beyond single words. */
    private static Optional<Refusal> shapeOf(Element element) {
        return switch (element.name()) {
            case "serviceTask", "sendTask" -> unless(
                    element.attributes().containsKey("{http://camunda.org/schema/1.0/bpmn}delegateExpression"),
                    element,
                    "The task calls nothing",
                    "Give it a camunda:delegateExpression");
            case "businessRuleTask" -> unless(
                    !element.attributes().containsKey("{http://camunda.org/schema/1.0/bpmn}resultVariable")
                            || element.attributes()
                                    .containsKey("{http://camunda.org/schema/1.0/bpmn}mapDecisionResult"),
                    element,
                    "The result would be kept as a Java object",
                    "Set camunda:mapDecisionResult to singleEntry");
            case "callActivity" -> unless(
                    !element.attribute("calledElement").equals(processIdAbove(element)),
                    element,
                    "The process calls itself",
                    "Call another process");
            case "multiInstanceLoopCharacteristics" -> unless(
                    element.children("loopCardinality").findAny().isPresent(),
                    element,
                    "The loop has no number of turns",
                    "Give it a loopCardinality");
            case "timeDate", "timeDuration", "timeCycle" -> unless(
                    PlainExpression.isLiteral(element.text()) || !startsTheProcess(element),
                    element,
                    "The start timer would be computed while the model is deployed",
                    "Write its time as a literal");
            default -> Optional.empty();
        };
    }

    private static boolean startsTheProcess(Element time) {
        Element event = time.parent() == null ? null : time.parent().parent();
        return event != null
                && event.name().equals("startEvent")
                && event.parent() != null
                && event.parent().name().equals("process");
    }

    private static String processIdAbove(Element element) {
        Element parent = element.parent();
        return parent == null ? "" : parent.name().equals("process") ? parent.attribute("id") : processIdAbove(parent);
    }

    private static Optional<Refusal> unless(boolean fine, Element element, String rule, String fix) {
        return fine ? Optional.empty() : Optional.of(element.refusal(rule, fix));
    }

    private Optional<String> delegate(String value) {
        Optional<String> bean = PlainExpression.variableIn(value);
        if (bean.isEmpty()) {
            return Optional.of("must name one delegate and nothing else");
        }
        return delegates.get().contains(bean.get())
                ? Optional.empty()
                : Optional.of("names " + bean.get() + ", which is no delegate");
    }

    private static Optional<String> literal(String value) {
        return PlainExpression.isLiteral(value) ? Optional.empty() : Optional.of("must hold no expression");
    }

    private static Optional<String> plain(String value) {
        return PlainExpression.refusalOf(value)
                .map(reason -> "holds an expression that is not allowed (" + reason + ")");
    }

    private static Check matching(Pattern pattern, String otherwise) {
        return value -> pattern.matcher(value).matches() ? Optional.empty() : Optional.of(otherwise);
    }

    @SafeVarargs
    private static Map<String, Check> joined(Map<String, Check>... parts) {
        Map<String, Check> all = new java.util.HashMap<>();
        for (Map<String, Check> part : parts) {
            all.putAll(part);
        }
        return all;
    }
}
