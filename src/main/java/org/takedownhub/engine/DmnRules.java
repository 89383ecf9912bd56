package org.takedownhub.engine;

import static org.takedownhub.engine.AllowList.each;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;
import org.takedownhub.engine.AllowList.Check;
import org.takedownhub.engine.ModelXml.Element;

/** What a decision model may be made of: tables and literal expressions in FEEL. */
final class DmnRules {

    private static final Set<String> DMN = Set.of(
            "https://www.omg.org/spec/DMN/20191111/MODEL/",
            "http://www.omg.org/spec/DMN/20180521/MODEL/",
            "http://www.omg.org/spec/DMN/20151101/dmn.xsd");
    private static final Map<String, String> PREFIXES = Map.of(
            "https://www.omg.org/spec/DMN/20191111/MODEL/", "",
            "http://www.omg.org/spec/DMN/20180521/MODEL/", "",
            "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "",
            "http://camunda.org/schema/1.0/dmn", "camunda",
            "http://bpmn.io/schema/dmn/biodi/2.0", "biodi",
            "http://bpmn.io/schema/dmn/biodi/1.0", "biodi",
            "http://www.w3.org/2001/XMLSchema-instance", "xsi",
            "http://camunda.org/schema/modeler/1.0", "modeler");
    private static final Set<String> DRAWING = Set.of(
            "https://www.omg.org/spec/DMN/20191111/DMNDI/",
            "http://www.omg.org/spec/DMN/20180521/DMNDI/",
            "http://www.omg.org/spec/DMN/20180521/DI/",
            "http://www.omg.org/spec/DMN/20180521/DC/");
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern FEEL =
            Pattern.compile("feel|https?://www\\.omg\\.org/spec/(FEEL/20140401|DMN/[0-9]{8}/FEEL/)");

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final AllowList words = words();

    List<Refusal> refusals(Element root, byte[] content) {
        if (!DMN.contains(root.namespace()) || !root.name().equals("definitions")) {
            return List.of(root.refusal("This is no decision model", "Save it as DMN 1.3"));
        }
        List<Refusal> refusals = new ArrayList<>(words.refusals(root));
        root.withDescendants()
                .filter(element -> element.name().equals("text") && !isAnnotation(element.parent()))
                .forEach(element -> FeelText.refusalOf(element.text())
                        .ifPresent(reason -> refusals.add(element.refusal(
                                "The expression " + reason, "Compare values, or name the value that comes out"))));
        return refusals.isEmpty() ? unreadable(content) : refusals;
    }

    private static boolean isAnnotation(@Nullable Element holder) {
        return holder != null
                && (holder.name().equals("annotationEntry") || holder.name().equals("textAnnotation"));
    }

    /** Only after the words are known to be harmless does the decision engine itself read the file. */
    private List<Refusal> unreadable(byte[] content) {
        try {
            engine.parseDecisions(new ByteArrayInputStream(content));
            return List.of();
        } catch (DmnEngineException | ModelException broken) {
            return List.of(Refusal.ofFile(
                    Refusal.Kind.UNREADABLE,
                    "The decision engine cannot read it: " + broken.getMessage(),
                    "Correct it in a modeler"));
        }
    }

    private static AllowList words() {
        Check literal =
                value -> PlainExpression.isLiteral(value) ? Optional.empty() : Optional.of("must hold no expression");
        Check feel = value -> FEEL.matcher(value).matches() ? Optional.empty() : Optional.of("must be feel");
        Check identifier = value -> ID.matcher(value).matches() ? Optional.empty() : Optional.of("is no id");
        Map<String, Check> id = each("id", identifier);
        Map<String, Check> named = each("id name label", literal);
        Map<String, Check> type = each("typeRef", literal);
        Map<String, Check> language = each("expressionLanguage", feel);
        return new AllowList(PREFIXES, DRAWING)
                .elements(
                        "definitions",
                        named,
                        each("expressionLanguage typeLanguage", feel),
                        each(
                                "namespace exporter exporterVersion xsi:schemaLocation"
                                        + " modeler:executionPlatform modeler:executionPlatformVersion",
                                literal))
                .elements("decision", named, each("camunda:historyTimeToLive camunda:versionTag", literal))
                .elements(
                        "decisionTable", named, each("hitPolicy aggregation preferredOrientation outputLabel", literal))
                .elements("input", named, each("camunda:inputVariable biodi:width", literal))
                .elements("output", named, type, each("biodi:width", literal))
                .elements("inputExpression", id, type, language)
                .elements("inputValues outputValues defaultOutputEntry", id, type, language)
                .elements("inputEntry outputEntry", id, type, language)
                .elements("literalExpression", id, type, language)
                .elements("rule annotation annotationEntry extensionElements", each("id name", literal))
                .elements("inputData knowledgeSource", named, each("locationURI", literal))
                .elements("variable", named, type)
                .elements("informationRequirement authorityRequirement", id)
                .elements("requiredDecision requiredInput requiredAuthority", each("href", literal))
                .elements("textAnnotation association", named, each("textFormat associationDirection", literal))
                .elements("sourceRef targetRef", each("href", literal))
                .texts("text description type", literal)
                .elements("biodi:bounds biodi:edge biodi:waypoints", each("x y width height source", literal))
                .instead("expressionLanguage typeLanguage", "Write the expression in FEEL")
                .instead("businessKnowledgeModel invocation context", "Use a decision table");
    }
}
