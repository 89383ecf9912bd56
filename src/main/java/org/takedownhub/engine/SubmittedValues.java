package org.takedownhub.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.InvalidInput.Problem;

/** What a person sent, as plain values. Files, objects and JSON are no answer to any question of ours. */
final class SubmittedValues {

    private static final int MAX_FIELDS = 100;
    private static final int MAX_NAME = 100;
    private static final int MAX_TEXT = 50_000;

    private SubmittedValues() {}

    /**
     * The values by field key; a field that was left empty has the value null.
     *
     * @throws InvalidInput something is not text, a number, a date, or yes or no
     */
    static Map<String, Object> plain(@Nullable Map<String, Object> sent) {
        if (sent == null) {
            return Map.of();
        }
        if (sent.size() > MAX_FIELDS) {
            throw new InvalidInput("form", "has more than " + MAX_FIELDS + " values; send only its fields");
        }
        VariableMap typed = Variables.fromMap(sent);
        Map<String, Object> plain = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : sent.keySet()) {
            if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
                problems.add(new Problem("form", "has a value without a usable name; send only its fields"));
                continue;
            }
            TypedValue value = typed.getValueTyped(name);
            Object content = value == null || isStructured(value) ? value : value.getValue();
            if (content == null || content instanceof Boolean || content instanceof Number) {
                plain.put(name, content);
            } else if (content instanceof Date date) {
                plain.put(name, date.toInstant().toString());
            } else if (content instanceof String text && text.length() <= MAX_TEXT) {
                plain.put(name, text);
            } else if (content instanceof String) {
                problems.add(new Problem(name, "is longer than " + MAX_TEXT + " characters; shorten it"));
            } else {
                problems.add(new Problem(name, "must be text, a number, a date, or true or false"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return Collections.unmodifiableMap(plain);
    }

    /** Asked before looking at the value, which for these may mean building an object of the sender's choice. */
    private static boolean isStructured(TypedValue value) {
        return value.getType() != null && !value.getType().isPrimitiveValueType();
    }
}
