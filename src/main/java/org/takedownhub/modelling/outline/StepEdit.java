package org.takedownhub.modelling.outline;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.modelling.ModelFile;

/**
 * Changes attributes and the documentation of one element of a process and not a letter besides, so that the comparison
 * shows that change alone.
 */
public final class StepEdit {

    /** What is no element is stepped over: comments, character data, instructions, closing tags. */
    private static final Pattern TAG = Pattern.compile(
            "(?s)<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>|</[^>]*>"
                    + "|<([A-Za-z_][\\w.-]*:)?([A-Za-z_][\\w.-]*)((?:\\s+[\\w.:-]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*+)\\s*(/?)>");

    private static final Pattern CAMUNDA =
            Pattern.compile("xmlns:([\\w.-]+)\\s*=\\s*[\"']http://camunda\\.org/schema/1\\.0/bpmn[\"']");

    private StepEdit() {}

    /**
     * @param attributes    by name, those of Camunda as {@code camunda:dueDate}; an empty value takes the attribute out
     * @param documentation empty takes it out
     * @return empty when the file has no such element
     */
    public static Optional<ModelFile> edited(
            ModelFile file, String elementId, Map<String, String> attributes, String documentation) {
        String text = file.text();
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            if (tag.group(2) != null && elementId.equals(attribute(tag.group(3), "id"))) {
                return Optional.of(new ModelFile(file.name(), changed(text, tag, attributes, documentation)));
            }
        }
        return Optional.empty();
    }

    /**
     * An attribute of an element.
     *
     * @param name those of Camunda as {@code camunda:dueDate}
     * @return empty where there is none
     */
    public static String attribute(ModelFile file, String elementId, String name) {
        Matcher tag = TAG.matcher(file.text());
        while (tag.find()) {
            if (tag.group(2) != null && elementId.equals(attribute(tag.group(3), "id"))) {
                return plain(attribute(tag.group(3), name.replaceFirst("^camunda:", camunda(file.text()))));
            }
        }
        return "";
    }

    private static String camunda(String text) {
        Matcher declared = CAMUNDA.matcher(text);
        return declared.find() ? declared.group(1) + ":" : "camunda:";
    }

    private static String changed(String text, Matcher tag, Map<String, String> attributes, String documentation) {
        String camunda = camunda(text);
        String inside = tag.group(3);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            inside = with(inside, attribute.getKey().replaceFirst("^camunda:", camunda), attribute.getValue());
        }
        String prefix = tag.group(1) == null ? "" : tag.group(1);
        String name = prefix + tag.group(2);
        boolean empty = !tag.group(4).isEmpty();
        String rest = text.substring(tag.end());
        String words = documentation.isEmpty()
                ? ""
                : "<" + prefix + "documentation>" + escaped(documentation) + "</" + prefix + "documentation>";
        String begin = text.substring(0, tag.start()) + "<" + name + inside;
        if (empty) {
            return words.isEmpty() ? begin + " />" + rest : begin + ">" + words + "</" + name + ">" + rest;
        }
        Matcher old = Pattern.compile("(?s)(\\s*)<" + prefix + "documentation(?:\\s[^>]*)?(?:/>|>.*?</" + prefix
                        + "documentation\\s*>)")
                .matcher(rest);
        if (old.lookingAt()) {
            return begin + ">" + (words.isEmpty() ? "" : old.group(1) + words) + rest.substring(old.end());
        }
        Matcher indent = Pattern.compile("\\s*").matcher(rest);
        String space = indent.lookingAt() ? indent.group() : "";
        return begin + ">" + (words.isEmpty() ? "" : space + words) + rest;
    }

    private static String with(String attributes, String name, String value) {
        Matcher old = Pattern.compile("(\\s+)" + Pattern.quote(name) + "\\s*=\\s*(?:\"[^\"]*\"|'[^']*')")
                .matcher(attributes);
        String written = value.isEmpty() ? "" : name + "=\"" + escaped(value) + "\"";
        if (old.find()) {
            return attributes.substring(0, old.start())
                    + (written.isEmpty() ? "" : old.group(1) + written)
                    + attributes.substring(old.end());
        }
        return written.isEmpty() ? attributes : attributes + " " + written;
    }

    /** The value as it stands in the file; empty where there is none. */
    private static String attribute(String attributes, String name) {
        Matcher found = Pattern.compile("\\s" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')")
                .matcher(attributes);
        if (!found.find()) {
            return "";
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private static String plain(String value) {
        return value.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "");
    }
}
