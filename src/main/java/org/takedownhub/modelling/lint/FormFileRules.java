package org.takedownhub.modelling.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/** Forms ask what the program takes, in words that people understand. The engine's guard has seen to the rest. */
final class FormFileRules {

    private static final int LONGEST = 4_000;
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*+([A-Za-z][A-Za-z0-9]*+)\\s*+}}");
    private static final Map<String, Set<String>> ANSWERS = Map.of(
            "category", names(Category.values()),
            "source", names(Source.values()),
            "verdict", names(Verdict.values()));

    private FormFileRules() {}

    static void check(String file, JsonNode form, SetUnderLint set, Report report) {
        String id = file.substring(0, file.lastIndexOf('.'));
        if (!form.path("id").asText().equals(id)) {
            report.error(
                    "file-id",
                    form.path("id").asText(),
                    "",
                    "The form is called " + form.path("id").asText() + ", its file " + file,
                    "Name the form " + id);
        }
        Set<String> asked = new HashSet<>();
        components(form).filter(FormFileRules::isField).forEach(field -> {
            asked.add(field.path("key").asText());
            field(field, report);
        });
        components(form)
                .flatMap(FormFileRules::shown)
                .filter(asked::contains)
                .distinct()
                .forEach(key -> report.error(
                        "field-shown",
                        id,
                        "",
                        "The form shows " + key + " and asks for it too, so that what it shows would be sent back",
                        "Show it, or ask for it"));
        JsonNode live = set.liveForms().get(file);
        if (live != null) {
            against(live, form, asked, report);
        }
    }

    /** All components, those in groups too. */
    static Stream<JsonNode> components(JsonNode holder) {
        return StreamSupport.stream(holder.path("components").spliterator(), false)
                .flatMap(component -> Stream.concat(Stream.of(component), components(component)));
    }

    /** Values of the options of a choice. */
    static Stream<String> options(JsonNode field) {
        return StreamSupport.stream(field.path("values").spliterator(), false)
                .map(option -> option.path("value").asText());
    }

    private static boolean isField(JsonNode component) {
        return !component.path("key").asText().isEmpty();
    }

    private static void field(JsonNode field, Report report) {
        String id = field.path("id").asText();
        String key = field.path("key").asText();
        String label = field.path("label").asText().strip();
        if (label.length() < 3) {
            report.error(
                    "field-without-label",
                    id,
                    label,
                    "The field " + key + " has no label, so nobody knows what to enter",
                    "Give it a label");
        }
        if (field.path("description").asText().isBlank()) {
            report.advice(
                    "field-without-description",
                    id,
                    label,
                    "The field " + key + " does not explain what is wanted",
                    "Describe it in a sentence");
        }
        int most = field.path("validate").path("maxLength").asInt();
        if (field.path("type").asText().startsWith("text") && (most < 1 || most > LONGEST)) {
            report.advice(
                    "field-without-limit",
                    id,
                    label,
                    "The field " + key + " lets people write more than the program keeps",
                    "Set its maximum length to " + LONGEST + " or less");
        }
        Set<String> known = ANSWERS.get(key);
        if (known != null) {
            options(field)
                    .filter(value -> !known.contains(value))
                    .forEach(value -> report.error(
                            "option-unknown",
                            id,
                            label,
                            "The program has no " + key + " " + value + ", so nobody could send the form",
                            "Offer only "
                                    + String.join(", ", known.stream().sorted().toList())));
        }
        if (field.has("values") && options(field).findAny().isEmpty()) {
            report.error(
                    "option-missing", id, label, "The field " + key + " offers nothing to choose", "Add its options");
        }
    }

    private static void against(JsonNode live, JsonNode form, Set<String> asked, Report report) {
        Map<String, JsonNode> fields = new HashMap<>();
        components(form)
                .filter(FormFileRules::isField)
                .forEach(field -> fields.put(field.path("key").asText(), field));
        components(live).filter(FormFileRules::isField).forEach(before -> {
            String key = before.path("key").asText();
            String id = before.path("id").asText();
            String label = before.path("label").asText();
            if (!asked.contains(key)) {
                boolean required = before.path("validate").path("required").asBoolean();
                String message = "The field " + key + " is gone, which the live form "
                        + (required ? "requires: the task could not be completed" : "has");
                if (required) {
                    report.error("field-gone", id, label, message, "Keep the field");
                } else {
                    report.advice("field-gone", id, label, message, "Check that nobody misses it");
                }
            } else {
                Set<String> offered = options(before).collect(Collectors.toSet());
                List<String> added = options(fields.get(key))
                        .filter(value -> !offered.isEmpty() && !offered.contains(value))
                        .toList();
                if (!added.isEmpty() && !ANSWERS.containsKey(key)) {
                    report.advice(
                            "option-new",
                            id,
                            label,
                            "The live form does not offer " + String.join(", ", added) + " for " + key,
                            "Check in a test that the program takes it");
                }
            }
        });
        Set<String> shown = components(live).flatMap(FormFileRules::shown).collect(Collectors.toSet());
        components(form)
                .flatMap(component -> shown(component)
                        .filter(name -> !shown.contains(name))
                        .map(name -> Map.entry(component.path("id").asText(), name)))
                .forEach(added -> report.advice(
                        "shown-new",
                        added.getKey(),
                        "",
                        "The live form does not show " + added.getValue() + ", and the program may not give it",
                        "Check in a test that something stands there"));
    }

    private static Stream<String> shown(JsonNode component) {
        Matcher shown = SHOWN.matcher(component.path("content").asText());
        return shown.results().map(found -> found.group(1));
    }

    private static Set<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }
}
