package org.takedownhub.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Camunda Form may be made of: the field types that Tasklist 7.24 (form-js 1.8, schema version 16) was seen to
 * render, and text that cannot turn what a reporter wrote into a link or a script.
 */
final class FormRules {

    private static final int NEWEST_SCHEMA = 16;
    private static final int MAX_COMPONENTS = 100;
    private static final int MAX_TEXT = 10_000;

    private static final Set<String> TOP = Set.of(
            "id",
            "type",
            "components",
            "schemaVersion",
            "executionPlatform",
            "executionPlatformVersion",
            "exporter",
            "versionTag",
            "properties",
            "generated");
    private static final Set<String> ANY = Set.of(
            "id",
            "type",
            "key",
            "label",
            "description",
            "layout",
            "conditional",
            "disabled",
            "readonly",
            "properties",
            "appearance",
            "validate",
            "defaultValue");
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("textfield", Set.of()),
            Map.entry("textarea", Set.of()),
            Map.entry("number", Set.of("decimalDigits", "increment", "serializeToString")),
            Map.entry(
                    "datetime",
                    Set.of(
                            "subtype",
                            "dateLabel",
                            "timeLabel",
                            "timeInterval",
                            "timeSerializingFormat",
                            "use24h",
                            "disallowPassedDates")),
            Map.entry("checkbox", Set.of()),
            Map.entry("radio", Set.of("values", "valuesKey", "valuesExpression")),
            Map.entry("select", Set.of("values", "valuesKey", "valuesExpression", "searchable")),
            Map.entry("expression", Set.of("expression", "computeOn")),
            Map.entry("text", Set.of("text")),
            Map.entry("html", Set.of("content")),
            Map.entry("image", Set.of("source", "alt")),
            Map.entry("table", Set.of("dataSource", "columns", "rowCount")),
            Map.entry("group", Set.of("components", "showOutline", "verticalAlignment")),
            Map.entry("separator", Set.of()),
            Map.entry("spacer", Set.of("height")));
    private static final Map<String, String> ADVICE = Map.of(
            "dynamiclist", "Its button stays off for good in Tasklist 7.24: use a textarea with one entry a line",
            "checklist", "It submits JSON, which the hub does not take: use checkboxes",
            "taglist", "It submits JSON, which the hub does not take: use checkboxes or a select",
            "iframe", "Show a link to a page of the hub in an html component",
            "button", "Tasklist has the buttons already: remove it");

    private static final Pattern FORM_ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");
    private static final Pattern SHOWN_VARIABLE = Pattern.compile("\\{\\{\\s*[a-z][A-Za-z0-9]{0,63}\\s*}}");
    private static final Pattern TAG = Pattern.compile(
            "</?(p|br|a|b|strong|em|i|u|small|code|pre|h[1-6]|ul|ol|li|dl|dt|dd|div|span|blockquote|hr|table|thead|tbody"
                    + "|tr|th|td|caption)((?:\\s+[a-z-]+=\"[^\"<>]*\")*)\\s*/?>");
    private static final Pattern TAG_ATTRIBUTE = Pattern.compile("\\s+([a-z-]+)=\"([^\"]*)\"");
    private static final Set<String> TAG_ATTRIBUTES = Set.of("href", "rel", "class", "title", "lang", "dir", "scope");
    private static final Pattern HREF =
            Pattern.compile("(/|https://[A-Za-z0-9.-]+/)?[A-Za-z0-9/_.?=&#-]*|\\{\\{\\s*[a-z][A-Za-z0-9]*\\s*}}");
    private static final Pattern MARKDOWN_LINK =
            Pattern.compile("]\\(\\s*(?!/|https://)|<|javascript:|data:", Pattern.CASE_INSENSITIVE);
    private static final Pattern IMAGE = Pattern.compile("/[A-Za-z0-9/_.-]*|=[a-z][A-Za-z0-9]*");

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(30)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    List<Refusal> refusals(byte[] content) {
        JsonNode form;
        try {
            form = json.readTree(content);
        } catch (JsonProcessingException broken) {
            return List.of(new Refusal(
                    "",
                    "The form is not JSON: " + broken.getOriginalMessage(),
                    "Save it from a form editor",
                    broken.getLocation() == null ? 0 : broken.getLocation().getLineNr(),
                    broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr(),
                    Refusal.Kind.UNREADABLE));
        } catch (IOException broken) {
            return List.of(Refusal.ofFile(
                    Refusal.Kind.UNREADABLE, "The form is not JSON: " + broken.getMessage(), "Save it as UTF-8"));
        }
        if (!form.isObject()) {
            return List.of(Refusal.ofFile(
                    Refusal.Kind.UNREADABLE, "The form is no JSON object", "Save it from a form editor"));
        }
        return new Reading().of(form);
    }

    /** One walk through one form. */
    private static final class Reading {

        private final List<Refusal> refusals = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private int components;

        List<Refusal> of(JsonNode form) {
            onlyKnown("", form, TOP);
            if (!FORM_ID.matcher(form.path("id").asText()).matches()) {
                refuse("", "The form has no usable id", "Give it one in kebab case, such as verify-content");
            }
            if (!form.path("type").asText("default").equals("default")) {
                refuse("", "The form is of an unknown type", "Set type to default");
            }
            if (!form.path("schemaVersion").isInt()
                    || form.path("schemaVersion").intValue() > NEWEST_SCHEMA) {
                refuse("", "Tasklist shows forms up to schemaVersion " + NEWEST_SCHEMA, "Save it for Camunda 7.24");
            }
            if (form.path("components").isArray()) {
                form.path("components").forEach(this::component);
            } else {
                refuse("", "The form has no components", "Add fields");
            }
            return refusals;
        }

        private void component(JsonNode component) {
            String id = component.path("id").asText();
            String type = component.path("type").asText();
            components++;
            if (components > MAX_COMPONENTS) {
                if (components == MAX_COMPONENTS + 1) {
                    refuse("", "The form has more than " + MAX_COMPONENTS + " components", "Split it");
                }
                return;
            }
            Set<String> own = TYPES.get(type);
            if (own == null) {
                refuse(
                        id,
                        "The component type '" + shortened(type) + "' is not allowed",
                        ADVICE.getOrDefault(type, "Remove it"));
                return;
            }
            Set<String> known = new HashSet<>(ANY);
            known.addAll(own);
            onlyKnown(id, component, known);
            key(id, component.path("key"));
            for (String shown : List.of("label", "description", "dateLabel", "timeLabel", "alt")) {
                literal(id, shown, component.path(shown));
            }
            expression(id, "conditional", component.path("conditional").path("hide"));
            expression(id, "valuesExpression", component.path("valuesExpression"));
            expression(id, "expression", component.path("expression"));
            expression(id, "dataSource", component.path("dataSource"));
            for (String flag : List.of("disabled", "readonly")) {
                if (!component.path(flag).isMissingNode()
                        && !component.path(flag).isBoolean()) {
                    refuse(id, flag + " must be true or false", "Hide it by a condition instead");
                }
            }
            if (type.equals("text")) {
                markdown(id, component.path("text").asText());
            }
            if (type.equals("html")) {
                html(id, component.path("content").asText());
            }
            if (type.equals("image")
                    && !IMAGE.matcher(component.path("source").asText()).matches()) {
                refuse(id, "The picture is not one of the hub's own", "Give a path that begins with /");
            }
            component.path("components").forEach(this::component);
        }

        private void key(String id, JsonNode key) {
            if (key.isMissingNode()) {
                return;
            }
            if (!KEY.matcher(key.asText()).matches()) {
                refuse(id, "The key is no variable name", "Write it in camelCase");
            } else if (!keys.add(key.asText())) {
                refuse(id, "The key " + key.asText() + " is used twice", "Give every field its own key");
            }
        }

        /** Markdown turns variables into links and swallows text, so it holds none. */
        private void markdown(String id, String text) {
            if (text.startsWith("=") || text.contains("{{")) {
                refuse(id, "Markdown must hold no variable: its value could become a link", "Use an html component");
            } else if (MARKDOWN_LINK.matcher(text).find()) {
                refuse(
                        id,
                        "Markdown must hold no HTML and no link but to https or a page of the hub",
                        "Use plain text");
            }
        }

        private void html(String id, String content) {
            if (content.startsWith("=")) {
                refuse(id, "The content must be HTML, not an expression", "Write HTML with {{variable}}");
                return;
            }
            String withoutVariables = SHOWN_VARIABLE.matcher(content).replaceAll("");
            if (withoutVariables.contains("{{") || withoutVariables.contains("}}")) {
                refuse(id, "Only plain variables can be shown", "Write {{variable}}");
            }
            Matcher tag = TAG.matcher(content);
            StringBuilder rest = new StringBuilder();
            int end = 0;
            while (tag.find()) {
                rest.append(content, end, tag.start());
                end = tag.end();
                attributes(id, tag.group(2));
            }
            rest.append(content.substring(end));
            if (rest.indexOf("<") >= 0) {
                refuse(id, "The content has a tag that is not allowed", "Use paragraphs, lists, tables and links");
            }
        }

        private void attributes(String id, String attributes) {
            Matcher attribute = TAG_ATTRIBUTE.matcher(attributes);
            while (attribute.find()) {
                String name = attribute.group(1);
                String value = attribute.group(2);
                if (!TAG_ATTRIBUTES.contains(name)) {
                    refuse(id, "The HTML attribute " + name + " is not allowed", "Remove it");
                } else if (name.equals("href") && !linked(value)) {
                    refuse(id, "The link leads to something else than a page", "Link to /cases/{{caseReference}}");
                } else if (!name.equals("href") && value.contains("{{")) {
                    refuse(id, "A variable must not stand in the attribute " + name, "Show it as text");
                }
            }
        }

        private static boolean linked(String href) {
            return HREF.matcher(href).matches()
                    || (href.startsWith("/")
                            && HREF.matcher(SHOWN_VARIABLE.matcher(href).replaceAll("x"))
                                    .matches());
        }

        private void literal(String id, String name, JsonNode value) {
            String text = value.asText();
            if (text.startsWith("=") || text.contains("{{")) {
                refuse(id, "The " + name + " must be plain text", "Show variables in an html component");
            }
        }

        private void expression(String id, String name, JsonNode value) {
            if (value.isMissingNode()) {
                return;
            }
            Optional<String> refusal = value.isTextual() && value.asText().startsWith("=")
                    ? FeelText.refusalOf(value.asText())
                    : Optional.of("must be FEEL that begins with =");
            refusal.ifPresent(reason -> refuse(id, name + " " + reason, "Compare or name plain variables"));
        }

        private void onlyKnown(String id, JsonNode node, Set<String> known) {
            node.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    refuse(id, "The property '" + shortened(name) + "' is not allowed here", "Remove it");
                }
            });
        }

        private void refuse(String id, String rule, String fix) {
            refusals.add(new Refusal(shortened(id), rule, fix, 0, 0));
        }

        private static String shortened(String text) {
            return text.length() > 64 ? text.substring(0, 64) + "…" : text;
        }
    }
}
