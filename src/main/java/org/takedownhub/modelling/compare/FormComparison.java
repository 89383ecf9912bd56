package org.takedownhub.modelling.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.compare.Change.Kind;
import org.takedownhub.modelling.compare.Comparison.Unreadable;

/** Two versions of a form, field by field. */
final class FormComparison {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PROPERTIES = Map.of(
            "type", "kind of field",
            "key", "what it is kept as",
            "label", "label",
            "description", "help text",
            "content", "what is shown",
            "text", "what is shown",
            "values", "choices",
            "validate/required", "must be filled in",
            "validate/maxLength", "longest text",
            "conditional/hide", "hidden when");

    private final String file;
    private final Map<String, Map<String, String>> before;
    private final Map<String, Map<String, String>> after;

    FormComparison(ModelFile before, ModelFile after) throws Unreadable {
        this.file = after.name();
        this.before = fields(before);
        this.after = fields(after);
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>(new Parts<>(before, after)
                .compare(
                        (kind, id, field) -> new Change(
                                kind,
                                file,
                                id,
                                name(id, field),
                                (kind == Kind.ADDED ? "Added: field " : "Removed: field ")
                                        + InWords.quoted(name(id, field)),
                                "",
                                ""),
                        (id, was, is) -> Parts.properties(
                                was,
                                is,
                                (key, values) -> new Change(
                                        Kind.CHANGED,
                                        file,
                                        id,
                                        name(id, is),
                                        "Field " + InWords.quoted(name(id, is)) + ": "
                                                + PROPERTIES.getOrDefault(key, key) + " " + InWords.quoted(values[0])
                                                + " → " + InWords.quoted(values[1]),
                                        values[0],
                                        values[1]))));
        List<String> kept = before.keySet().stream().filter(after::containsKey).toList();
        if (!kept.equals(after.keySet().stream().filter(before::containsKey).toList())) {
            changes.add(new Change(Kind.MOVED, file, "", "", "The fields stand in another order", "", ""));
        }
        return changes;
    }

    private static String name(String id, Map<String, String> field) {
        return field.getOrDefault("label", field.getOrDefault("key", id));
    }

    private static Map<String, Map<String, String>> fields(ModelFile file) throws Unreadable {
        try {
            Map<String, Map<String, String>> fields = new LinkedHashMap<>();
            JsonNode form = JSON.readTree(file.text());
            Map<String, String> itself = new LinkedHashMap<>();
            form.properties().forEach(property -> {
                if (!property.getKey().equals("components")) {
                    flatten(property.getKey(), property.getValue(), itself);
                }
            });
            fields.put("form " + file.id(), itself);
            collect(form.path("components"), fields);
            return fields;
        } catch (JsonProcessingException broken) {
            throw new Unreadable("it is not JSON");
        }
    }

    private static void collect(JsonNode components, Map<String, Map<String, String>> fields) {
        for (JsonNode component : components) {
            Map<String, String> properties = new LinkedHashMap<>();
            component.properties().forEach(property -> {
                if (!property.getKey().equals("components")
                        && !property.getKey().equals("id")
                        && !property.getKey().equals("layout")) {
                    flatten(property.getKey(), property.getValue(), properties);
                }
            });
            fields.put(component.path("id").asText(), properties);
            collect(component.path("components"), fields);
        }
    }

    private static void flatten(String path, JsonNode value, Map<String, String> properties) {
        if (value.isObject()) {
            value.properties().forEach(inner -> flatten(path + "/" + inner.getKey(), inner.getValue(), properties));
        } else if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(
                    item -> items.add(item.has("label") ? item.path("label").asText() : item.toString()));
            properties.put(path, String.join(", ", items));
        } else {
            properties.put(path, value.asText());
        }
    }
}
