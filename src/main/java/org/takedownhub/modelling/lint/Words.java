package org.takedownhub.modelling.lint;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.engine.ModelXml.Element;

/** Small readings of texts in models. Every pattern here matches in time that grows with the text and no faster. */
final class Words {

    static final String CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}";
    static final String CAMUNDA_DMN = "{http://camunda.org/schema/1.0/dmn}";

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern ALONE = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9_]*)\\s*}");
    private static final Set<String> OPERATORS =
            Set.of("not", "empty", "eq", "ne", "lt", "gt", "le", "ge", "true", "false", "null", "and", "or");

    private Words() {}

    /** Names of the variables that the expressions in a text read. */
    static Set<String> read(String text) {
        if (!text.contains("${")) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            Matcher name = NAME.matcher(LITERAL.matcher(expression.group(1)).replaceAll(" "));
            while (name.find()) {
                if (!OPERATORS.contains(name.group())) {
                    names.add(name.group());
                }
            }
        }
        return names;
    }

    /** The name in {@code ${name}}; empty when the text is anything else. */
    static String variable(String text) {
        Matcher alone = ALONE.matcher(text.strip());
        return alone.matches() ? alone.group(1) : "";
    }

    static String nameOf(Element element) {
        String name = element.attribute("name");
        return name.isEmpty() ? element.attribute("label") : name.replaceAll("\\s+", " ");
    }

    /** How a sentence speaks of an element: by its name, else by its id. */
    static String title(Element element) {
        String name = nameOf(element);
        return "“" + (name.isEmpty() ? element.nearestId() : name) + "”";
    }

    /** A name as the second half of an id: {@code Refer content} becomes {@code ReferContent}. */
    static String idWords(String name) {
        StringBuilder id = new StringBuilder();
        Matcher word = NAME.matcher(name);
        while (word.find()) {
            id.append(Character.toUpperCase(word.group().charAt(0)))
                    .append(word.group().substring(1));
        }
        return id.isEmpty() ? "ReferContent" : id.toString();
    }
}
