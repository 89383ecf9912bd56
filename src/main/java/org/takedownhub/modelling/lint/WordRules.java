package org.takedownhub.modelling.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** The model speaks of variables, messages and errors that there are: a misspelt one stops a case for good. */
final class WordRules implements ProcessRule {

    private static final Set<String> OF_THE_ENGINE =
            Set.of("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");
    private static final List<String> EXPRESSIONS = List.of(
            "name",
            Words.CAMUNDA + "candidateGroups",
            Words.CAMUNDA + "assignee",
            Words.CAMUNDA + "dueDate",
            Words.CAMUNDA + "followUpDate",
            Words.CAMUNDA + "priority",
            "sourceExpression",
            "businessKey");
    private static final Set<String> TEXTS = Set.of(
            "conditionExpression",
            "loopCardinality",
            "completionCondition",
            "timeDate",
            "timeDuration",
            "timeCycle",
            "inputParameter",
            "outputParameter",
            "documentation");

    private static final Pattern COMPARISON = Pattern.compile("[<>=]|\\b(eq|ne|lt|gt|le|ge|empty)\\b");

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        Set<String> known = new HashSet<>(OF_THE_ENGINE);
        known.addAll(set.words().variables().keySet());
        known.addAll(written(process));
        process.elements().forEach(element -> reads(element)
                .filter(name -> !known.contains(name))
                .forEach(name -> report.error(
                        "unknown-variable",
                        element,
                        "Nothing ever sets the variable " + name,
                        "Use a variable of the program"
                                + nearest(name, set.words().variables().keySet()))));
        process.flows()
                .forEach(flow -> flow.condition().ifPresent(text -> condition(flow.element(), text, set, report)));
        process.nodes().forEach(node -> trigger(process, node, set, report));
    }

    /** What the model itself gives a value to. */
    private static Set<String> written(ProcessFile process) {
        Set<String> names = new HashSet<>();
        process.elements().forEach(element -> {
            switch (element.name()) {
                case "inputParameter", "outputParameter" -> names.add(element.attribute("name"));
                case "in", "out" -> names.add(element.attribute("target"));
                default -> names.add(element.attribute(Words.CAMUNDA + "resultVariable"));
            }
        });
        return names;
    }

    private static Stream<String> reads(Element element) {
        Stream<String> attributes =
                EXPRESSIONS.stream().map(element::attribute).flatMap(text -> Words.read(text).stream());
        Stream<String> text = TEXTS.contains(element.name()) ? Words.read(element.text()).stream() : Stream.empty();
        Stream<String> passed =
                element.name().equals("in") && !element.attribute("source").isEmpty()
                        ? Stream.of(element.attribute("source"))
                        : Stream.empty();
        return Stream.of(attributes, text, passed).flatMap(names -> names);
    }

    private static void condition(Element flow, String text, SetUnderLint set, Report report) {
        boolean compares = text.contains("==");
        if (!compares && COMPARISON.matcher(text).find()) {
            // said by the rule on conditions
            return;
        }
        for (String name : Words.read(text)) {
            Class<?> type = set.words().variables().get(name);
            Class<?> wanted = compares ? String.class : Boolean.class;
            if (type != null && !type.equals(wanted)) {
                report.error(
                        "condition-type",
                        flow,
                        "The condition " + text + " takes " + name + " for " + (compares ? "a word" : "a yes or no")
                                + ", which it is not",
                        compares ? "Compare a variable that holds a word" : "Use a variable that is true or false");
            }
        }
    }

    private static void trigger(ProcessFile process, Node node, SetUnderLint set, Report report) {
        boolean catches = node.is("boundaryEvent") || node.is("intermediateCatchEvent") || node.is("startEvent");
        String trigger = node.is("receiveTask") ? "message" : node.trigger();
        if (!catches && !node.is("receiveTask")) {
            return;
        }
        String word = process.word(node.definition().orElse(node.element));
        switch (trigger) {
            case "message" -> sent(node, "message", word, set.words().messages(), report);
            case "signal" -> sent(node, "signal", word, Set.of(), report);
            case "error" -> sent(
                    node, "error", word, thrown(set, "error", set.words().errors()), report);
            case "escalation" -> sent(node, "escalation", word, thrown(set, "escalation", Set.of()), report);
            default -> {
                // a timer, a link or nothing
            }
        }
    }

    private static void sent(Node node, String what, String word, Set<String> known, Report report) {
        if (!known.contains(word)) {
            report.error(
                    what + "-unknown",
                    node.element,
                    node.title() + " waits for the " + what + " " + word + ", which nobody sends",
                    known.isEmpty()
                            ? "Remove it"
                            : "Wait for one of "
                                    + String.join(", ", known.stream().sorted().toList()));
        }
    }

    /** Words that the program or a model of the set throws. */
    private static Set<String> thrown(SetUnderLint set, String trigger, Set<String> byTheProgram) {
        Set<String> words = new HashSet<>(byTheProgram);
        set.processes().values().forEach(process -> process.nodes()
                .filter(node -> node.is("endEvent") || node.is("intermediateThrowEvent"))
                .filter(node -> node.trigger().equals(trigger))
                .forEach(node -> words.add(process.word(node.definition().orElse(node.element)))));
        return words;
    }

    private static String nearest(String name, Set<String> known) {
        Optional<String> near = known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= 2 && distance(name, other) <= 2)
                .sorted()
                .findFirst();
        return near.map(other -> "; did you mean " + other + "?").orElse("");
    }

    /** How many letters have to be changed; names have at most 64. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
