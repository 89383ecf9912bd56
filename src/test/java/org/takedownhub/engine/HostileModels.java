package org.takedownhub.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Models, tables and forms that try to run code, to read files, or to keep the engine busy. */
public final class HostileModels {

    /** One file and the rule it breaks. */
    public record Model(String title, String fileName, byte[] content) {

        Model(String title, String fileName, String content) {
            this(title, fileName, content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final String touch;

    /** @param marker the file that appears when one of them gets its way */
    public HostileModels(Path marker) {
        this.touch = "''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('touch "
                + marker + "')";
    }

    public List<Model> all() {
        return List.of(
                // what was seen to run on an engine without locks
                process(
                        "expression of a service task",
                        "<serviceTask id=\"t\" camunda:expression=\"${" + touch + "}\"/>"),
                bpmn(
                        "timer start event",
                        """
                        <startEvent id="s"><timerEventDefinition id="td"><timeDate>${%s}</timeDate></timerEventDefinition></startEvent>
                        """
                                .formatted(touch)),
                process("assignee", "<userTask id=\"t\" camunda:assignee=\"${" + touch + "}\"/>"),
                process(
                        "input parameter",
                        task("<camunda:inputOutput><camunda:inputParameter name=\"x\">${" + touch
                                + "}</camunda:inputParameter></camunda:inputOutput>")),
                process(
                        "execution listener expression",
                        task("<camunda:executionListener event=\"start\" expression=\"${" + touch + "}\"/>")),
                process(
                        "script task",
                        "<scriptTask id=\"t\" scriptFormat=\"juel\"><script>${" + touch + "}</script></scriptTask>"),
                process(
                        "script as input",
                        task("<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script"
                                + " scriptFormat=\"juel\">${" + touch
                                + "}</camunda:script></camunda:inputParameter></camunda:inputOutput>")),
                process("Java class", "<serviceTask id=\"t\" camunda:class=\"" + Constructed.class.getName() + "\"/>"),
                process(
                        "JavaScript",
                        "<scriptTask id=\"t\" scriptFormat=\"javascript\"><script>1</script></scriptTask>"),
                process("Groovy", "<scriptTask id=\"t\" scriptFormat=\"groovy\"><script>1</script></scriptTask>"),
                process(
                        "engine services",
                        "<serviceTask id=\"t\" camunda:expression=\"${execution.processEngineServices.repositoryService}\"/>"),
                process("any bean", "<serviceTask id=\"t\" camunda:expression=\"${dataSource.connection}\"/>"),
                bpmn(
                        "condition",
                        """
                        <startEvent id="s"/><exclusiveGateway id="g" default="f2"/><endEvent id="e1"/><endEvent id="e2"/>
                        <sequenceFlow id="f0" sourceRef="s" targetRef="g"/>
                        <sequenceFlow id="f1" sourceRef="g" targetRef="e1"><conditionExpression xsi:type="tFormalExpression">${%s}</conditionExpression></sequenceFlow>
                        <sequenceFlow id="f2" sourceRef="g" targetRef="e2"/>
                        """
                                .formatted(touch)),
                new Model(
                        "external entity",
                        "hostile.bpmn",
                        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + definitions("<startEvent id=\"s\" name=\"&x;\"/>")),
                // further ways in
                process(
                        "delegate expression that calls",
                        "<serviceTask id=\"t\" camunda:delegateExpression=\"${" + touch + "}\"/>"),
                process(
                        "delegate expression of another bean",
                        "<serviceTask id=\"t\" camunda:delegateExpression=\"${jdbcTemplate}\"/>"),
                process(
                        "delegate expression with a property",
                        "<serviceTask id=\"t\" camunda:delegateExpression=\"${countCalls.calls}\"/>"),
                process(
                        "injected field",
                        "<serviceTask id=\"t\" camunda:delegateExpression=\"${countCalls}\"><extensionElements>"
                                + "<camunda:field name=\"calls\"><camunda:expression>${" + touch
                                + "}</camunda:expression></camunda:field></extensionElements></serviceTask>"),
                process(
                        "connector",
                        "<serviceTask id=\"t\"><extensionElements><camunda:connector><camunda:connectorId>http-connector"
                                + "</camunda:connectorId></camunda:connector></extensionElements></serviceTask>"),
                process(
                        "script from a resource",
                        "<scriptTask id=\"t\" scriptFormat=\"juel\" camunda:resource=\"classpath://x.juel\"/>"),
                process(
                        "task listener with an expression",
                        "<userTask id=\"t\"><extensionElements><camunda:taskListener event=\"create\" expression=\"${"
                                + touch + "}\"/></extensionElements></userTask>"),
                process(
                        "task listener with a class",
                        "<userTask id=\"t\"><extensionElements><camunda:taskListener event=\"create\" class=\""
                                + Constructed.class.getName() + "\"/></extensionElements></userTask>"),
                process(
                        "listener of a known bean",
                        task("<camunda:executionListener event=\"start\" delegateExpression=\"${countCalls}\"/>")),
                process(
                        "external task that throws by expression",
                        "<serviceTask id=\"t\" camunda:type=\"external\" camunda:topic=\"x\"><extensionElements>"
                                + "<camunda:errorEventDefinition id=\"ee\" errorRef=\"er\" expression=\"${" + touch
                                + "}\"/></extensionElements></serviceTask>"),
                process(
                        "external task with a script mapping",
                        "<serviceTask id=\"t\" camunda:type=\"external\" camunda:topic=\"x\"><extensionElements>"
                                + "<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"juel\">${"
                                + touch
                                + "}</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>"),
                process("deferred expression", "<userTask id=\"t\" camunda:assignee=\"#{" + touch + "}\"/>"),
                process("expression in a name", "<userTask id=\"t\" name=\"Verify ${" + touch + "} now\"/>"),
                process("nested expression in a name", "<userTask id=\"t\" name=\"${'${" + "x" + "}'.concat('y')}\"/>"),
                process(
                        "expression in a documentation",
                        "<userTask id=\"t\"><documentation>${" + touch + "}</documentation></userTask>"),
                process("method by brackets", "<userTask id=\"t\" camunda:assignee=\"${''['getClass']()}\"/>"),
                process("property by brackets", "<userTask id=\"t\" camunda:assignee=\"${x['class']}\"/>"),
                process("choice", "<userTask id=\"t\" camunda:assignee=\"${true ? " + touch + " : 1}\"/>"),
                process("filter function in a model", "<userTask id=\"t\" camunda:assignee=\"${currentUser()}\"/>"),
                process("date function in a model", "<userTask id=\"t\" camunda:dueDate=\"${now()}\"/>"),
                process("engine object", "<userTask id=\"t\" camunda:assignee=\"${execution}\"/>"),
                process("due date", "<userTask id=\"t\" camunda:dueDate=\"${" + touch + "}\"/>"),
                process("candidate groups", "<userTask id=\"t\" camunda:candidateGroups=\"${" + touch + "}\"/>"),
                process(
                        "conditional event",
                        """
                        <intermediateCatchEvent id="t"><conditionalEventDefinition id="c"><condition xsi:type="tFormalExpression" language="juel">${%s}</condition></conditionalEventDefinition></intermediateCatchEvent>
                        """
                                .formatted(touch)),
                process(
                        "collection of a loop",
                        "<userTask id=\"t\"><multiInstanceLoopCharacteristics camunda:collection=\"${" + touch
                                + "}\" camunda:elementVariable=\"x\"/></userTask>"),
                process(
                        "number of turns",
                        "<userTask id=\"t\"><multiInstanceLoopCharacteristics><loopCardinality>${" + touch
                                + "}</loopCardinality></multiInstanceLoopCharacteristics></userTask>"),
                process("called process by expression", "<callActivity id=\"t\" calledElement=\"${" + touch + "}\"/>"),
                process("process that calls itself", "<callActivity id=\"t\" calledElement=\"hostile\"/>"),
                process(
                        "variable mapping class",
                        "<callActivity id=\"t\" calledElement=\"other\" camunda:variableMappingClass=\""
                                + Constructed.class.getName() + "\"/>"),
                process(
                        "script in a called process's input",
                        "<callActivity id=\"t\" calledElement=\"other\"><extensionElements><camunda:in sourceExpression=\"${"
                                + touch + "}\" target=\"x\"/></extensionElements></callActivity>"),
                process("embedded form", "<userTask id=\"t\" camunda:formKey=\"embedded:deployment:hostile.html\"/>"),
                process(
                        "generated form with a script",
                        "<userTask id=\"t\"><extensionElements><camunda:formData><camunda:formField id=\"x\" type=\"string\" defaultValue=\"${"
                                + touch + "}\"/></camunda:formData></extensionElements></userTask>"),
                process(
                        "decision kept as an object",
                        "<businessRuleTask id=\"t\" camunda:decisionRef=\"d\" camunda:resultVariable=\"x\"/>"),
                process(
                        "retry cycle by expression",
                        task("<camunda:failedJobRetryTimeCycle>${" + touch + "}</camunda:failedJobRetryTimeCycle>")),
                process("mail task", "<serviceTask id=\"t\" camunda:type=\"mail\"/>"),
                process("shell task", "<serviceTask id=\"t\" camunda:type=\"shell\"/>"),
                process("foreign extension", task("<evil:run xmlns:evil=\"http://evil.example\">x</evil:run>")),
                process(
                        "10,000 elements",
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> "<manualTask id=\"m" + i + "\"/>")
                                .collect(Collectors.joining())),
                process("nested 200 deep", "<subProcess id=\"x\">".repeat(200) + "</subProcess>".repeat(200)),
                process("file of two megabytes", "<manualTask id=\"m\" name=\"" + "x".repeat(2 * 1024 * 1024) + "\"/>"),
                new Model(
                        "billion laughs",
                        "hostile.bpmn",
                        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                                + definitions("<startEvent id=\"s\" name=\"&b;\"/>")),
                new Model("file that is not XML", "hostile.bpmn", "PK\u0003\u0004 not a model"),
                new Model(
                        "case model",
                        "hostile.cmmn",
                        "<definitions xmlns=\"http://www.omg.org/spec/CMMN/20151109/MODEL\"/>"),
                new Model("HTML page", "hostile.html", "<script>alert(1)</script>"),
                new Model("script file", "hostile.js", "java.lang.Runtime"),
                new Model("path in a name", "../hostile.bpmn", definitions("<startEvent id=\"s\"/>")),
                new Model("model under another ending", "hostile.bpmn20.xml", definitions("<startEvent id=\"s\"/>")),
                // decisions
                decision(
                        "JUEL in a table",
                        "<inputEntry id=\"ie\" expressionLanguage=\"juel\"><text>${" + touch + "}</text></inputEntry>",
                        ""),
                decision(
                        "JavaScript in a table",
                        "<inputEntry id=\"ie\" expressionLanguage=\"javascript\"><text>1</text></inputEntry>",
                        ""),
                decision(
                        "Groovy as the table's language",
                        "<inputEntry id=\"ie\"><text>1</text></inputEntry>",
                        " expressionLanguage=\"groovy\""),
                decision(
                        "FEEL that calls Java",
                        "<inputEntry id=\"ie\"><text>function(x) external { java: { class: \"java.lang.Runtime\", method"
                                + " signature: \"getRuntime()\" } }</text></inputEntry>",
                        ""),
                decision(
                        "FEEL that never ends",
                        "<inputEntry id=\"ie\"><text>count(for i in 1..1000000000 return i) &gt; 1</text></inputEntry>",
                        ""),
                decision(
                        "broken table",
                        "<inputEntry id=\"ie\"><text>1</text></inputEntry><inputEntry id=\"ie\"><text>1</text></inputEntry>",
                        ""),
                new Model(
                        "literal expression in JUEL",
                        "hostile.dmn",
                        """
                        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="h" name="h" namespace="n">
                        <decision id="d" name="d"><variable id="v" name="v"/><literalExpression id="l" expressionLanguage="juel"><text>${%s}</text></literalExpression></decision></definitions>
                        """
                                .formatted(touch)),
                new Model(
                        "document type in a decision",
                        "hostile.dmn",
                        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><definitions/>"),
                // forms
                form("frame", "{\"type\":\"iframe\",\"id\":\"c\",\"url\":\"https://evil.example\"}"),
                form("dynamic list", "{\"type\":\"dynamiclist\",\"id\":\"c\",\"path\":\"x\",\"components\":[]}"),
                form("file picker", "{\"type\":\"filepicker\",\"id\":\"c\",\"key\":\"x\"}"),
                form("button", "{\"type\":\"button\",\"id\":\"c\",\"action\":\"submit\"}"),
                form("script in HTML", "{\"type\":\"html\",\"id\":\"c\",\"content\":\"<script>alert(1)</script>\"}"),
                form(
                        "handler in HTML",
                        "{\"type\":\"html\",\"id\":\"c\",\"content\":\"<a onclick=\\\"x()\\\">x</a>\"}"),
                form(
                        "script link in HTML",
                        "{\"type\":\"html\",\"id\":\"c\",\"content\":\"<a href=\\\"javascript:x()\\\">x</a>\"}"),
                form("loop in HTML", "{\"type\":\"html\",\"id\":\"c\",\"content\":\"{{#loop xs}}x{{/loop}}\"}"),
                form("half a tag in HTML", "{\"type\":\"html\",\"id\":\"c\",\"content\":\"<p <script>\"}"),
                form("variable in Markdown", "{\"type\":\"text\",\"id\":\"c\",\"text\":\"[x]({{flaggedUrl}})\"}"),
                form("expression as Markdown", "{\"type\":\"text\",\"id\":\"c\",\"text\":\"=flaggedUrl\"}"),
                form(
                        "FEEL loop in a condition",
                        "{\"type\":\"textfield\",\"id\":\"c\",\"key\":\"x\",\"conditional\":{\"hide\":\"=some i in 1..9999999 satisfies i=0\"}}"),
                form(
                        "picture from elsewhere",
                        "{\"type\":\"image\",\"id\":\"c\",\"source\":\"https://evil.example/x.png\"}"),
                form("key that reaches deeper", "{\"type\":\"textfield\",\"id\":\"c\",\"key\":\"__proto__.x\"}"),
                new Model(
                        "form of the future",
                        "hostile.form",
                        "{\"id\":\"hostile\",\"type\":\"default\",\"schemaVersion\":17,\"components\":[]}"),
                new Model("form that is not JSON", "hostile.form", "{\"id\": hostile"),
                new Model(
                        "form nested 1,000 deep",
                        "hostile.form",
                        "{\"components\":".repeat(1000) + "1" + "}".repeat(1000)));
    }

    /** Lets the world know that it was made. */
    public static final class Constructed {

        static volatile boolean happened;

        public Constructed() {
            happened = true;
        }
    }

    private static Model process(String title, String activity) {
        return bpmn(title, "<startEvent id=\"s\"/>" + activity);
    }

    private static String task(String extension) {
        return "<manualTask id=\"t\"><extensionElements>" + extension + "</extensionElements></manualTask>";
    }

    private static Model bpmn(String title, String content) {
        return new Model(title, "hostile.bpmn", definitions(content));
    }

    static String definitions(String content) {
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="hostile" id="definitions">
                <process id="hostile" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process></definitions>
                """
                .formatted(content);
    }

    private static Model decision(String title, String entries, String language) {
        return new Model(
                title,
                "hostile.dmn",
                """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="h" name="h" namespace="n"%s>
                <decision id="hostile" name="d" camunda:historyTimeToLive="P1D"><decisionTable id="dt"><input id="i"><inputExpression id="x" typeRef="string"><text>x</text></inputExpression></input>
                <output id="o" name="y" typeRef="string"/><rule id="r">%s<outputEntry id="oe"><text>"a"</text></outputEntry></rule></decisionTable></decision></definitions>
                """
                        .formatted(language, entries));
    }

    private static Model form(String title, String component) {
        return new Model(
                title,
                "hostile.form",
                "{\"id\":\"hostile\",\"type\":\"default\",\"schemaVersion\":16,\"components\":[" + component + "]}");
    }
}
