package org.takedownhub.modelling.lint;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.takedownhub.modelling.lint.ProcessFile.Flow;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** Whoever reads the drawing understands it: steps say what is done, events what is, gateways ask. */
final class NameRules implements ProcessRule {

    private static final int LONGEST = 60;
    private static final Pattern ID_WORDS = Pattern.compile("[A-Z][A-Za-z0-9]{2,80}");
    private static final Pattern FLOW_ID = Pattern.compile("Flow_[A-Z][A-Za-z0-9]{1,100}");
    /** What begins many names of things, and no name of a deed. */
    private static final Pattern THING = Pattern.compile("(?:the|a|an|new|[a-z]+(?:tion|ment|ness|ance|ing))");

    private static final Set<String> VERBS =
            Set.of("bring", "mention", "question", "implement", "complement", "advance");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        process.nodes().forEach(node -> {
            name(node, report);
            id(node, report);
        });
        process.flows().forEach(flow -> flow(flow, report));
    }

    private static void name(Node node, Report report) {
        String name = node.name().strip();
        if (name.isEmpty()) {
            boolean joins = node.isGateway() && node.outgoing.size() < 2;
            if (!joins && !node.is("parallelGateway")) {
                report.error("name-missing", node.element, "The step " + node.id() + " has no name", examples(node));
            }
            return;
        }
        if (name.length() > LONGEST) {
            report.error(
                    "name-too-long",
                    node.element,
                    "The name of " + node.id() + " has " + name.length()
                            + " characters, and nobody reads them in a box",
                    "Say it in " + LONGEST + " at most; put the rest into its documentation");
        }
        boolean asks = (node.is("exclusiveGateway") || node.is("inclusiveGateway")) && node.outgoing.size() > 1;
        if (asks && !name.endsWith("?")) {
            report.error(
                    "gateway-not-question",
                    node.element,
                    "The gateway " + node.title() + " asks nothing",
                    "Name it by a question that its flows answer, such as “Content unlawful?”");
        }
        if (!Character.isUpperCase(name.codePointAt(0))) {
            report.error(
                    "name-style", node.element, node.title() + " does not begin with a capital letter", examples(node));
        } else if (shouts(name)) {
            report.advice(
                    "name-style",
                    node.element,
                    node.title() + " has capital letters in the middle",
                    "Write it like a sentence: “Refer content”, not “Refer Content”");
        }
        if (node.isTask()) {
            deed(node, name, report);
        }
    }

    private static void deed(Node task, String name, Report report) {
        String[] words = name.split(" ");
        String first = words[0].toLowerCase(Locale.UK);
        if (words.length < 2) {
            report.error(
                    "task-name",
                    task.element,
                    task.title() + " does not say what is done with what",
                    "Name it by a verb and an object, such as “Refer content”");
        } else if (THING.matcher(first).matches() && !VERBS.contains(first)) {
            report.advice(
                    "task-name",
                    task.element,
                    task.title() + " may not begin with a verb",
                    "Name it by a verb and an object, such as “Refer content”");
        }
    }

    /** Several words that begin with a capital; abbreviations are let be. */
    private static boolean shouts(String name) {
        String[] words = name.split(" ");
        int capitals = 0;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            if (word.length() > 1
                    && Character.isUpperCase(word.charAt(0))
                    && word.substring(1).equals(word.substring(1).toLowerCase(Locale.UK))) {
                capitals++;
            }
        }
        return capitals > 0;
    }

    private static void id(Node node, Report report) {
        String prefix = prefix(node);
        boolean fits = node.id().startsWith(prefix)
                && ID_WORDS.matcher(node.id().substring(prefix.length())).matches();
        if (!fits) {
            report.error(
                    "id-style",
                    node.element,
                    "The id " + node.id() + " of " + node.title() + " says nothing to whoever reads a log",
                    "Call it " + prefix + Words.idWords(node.name()));
        }
    }

    private static String prefix(Node node) {
        if (node.is("startEvent")) {
            return "StartEvent_";
        }
        if (node.is("endEvent")) {
            return "EndEvent_";
        }
        if (node.isEvent()) {
            return "Event_";
        }
        if (node.isGateway()) {
            return "Gateway_";
        }
        return node.isTask() ? "Task_" : "Process_";
    }

    private static void flow(Flow flow, Report report) {
        Node from = flow.source();
        boolean answers = (from.is("exclusiveGateway") || from.is("inclusiveGateway")) && from.outgoing.size() > 1;
        if (answers && flow.element().attribute("name").isBlank()) {
            report.error(
                    "flow-unnamed",
                    flow.element(),
                    "The flow from " + from.title() + " to " + flow.target().title() + " gives no answer",
                    "Name it by the answer, such as “Yes”");
        }
        if (!FLOW_ID.matcher(flow.id()).matches()) {
            report.error(
                    "id-style",
                    flow.element(),
                    "The id " + flow.id() + " of the flow to " + flow.target().title() + " says nothing",
                    "Call it Flow_To" + Words.idWords(flow.target().name()));
        }
    }

    private static String examples(Node node) {
        if (node.isEvent()) {
            return "Name it by what is then the case, such as “Content removed”";
        }
        return node.isGateway()
                ? "Name it by a question, such as “Content unlawful?”"
                : "Name it by a verb and an object, such as “Refer content”";
    }
}
