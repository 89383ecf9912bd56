package org.takedownhub.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest.FieldError;

/** Says in plain words where JSON went wrong and what belongs there, without repeating what was sent. */
final class JsonErrors {

    static final String EMPTY = "The body must be JSON in UTF-8, and must not be empty.";

    private JsonErrors() {}

    static FieldError explain(JsonProcessingException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds() == null
                    ? ""
                    : unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
            return new FieldError(
                    pointer(unknown), "There is no such field here. Leave it out, or use one of: " + known + ".");
        }
        String reason = String.valueOf(problem.getOriginalMessage());
        if (reason.startsWith("No content")) {
            return new FieldError("", EMPTY);
        }
        if (reason.startsWith("Trailing token")) {
            return new FieldError("", "Something follows the end of the JSON. Send one object.");
        }
        if (problem instanceof MismatchedInputException mismatched) {
            return new FieldError(pointer(mismatched), "The value must be " + wanted(mismatched.getTargetType()) + ".");
        }
        if (problem instanceof StreamConstraintsException) {
            return new FieldError("", "The JSON is nested too deeply or has a value that is too long.");
        }
        String pointer = problem instanceof JsonMappingException mapping ? pointer(mapping) : "";
        return new FieldError(
                pointer,
                "The body is not well-formed JSON" + at(problem.getLocation())
                        + ". Check commas, quotes and brackets, and that no field is given twice.");
    }

    static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Instant.class) {
            return "an instant in UTC such as 2026-11-22T10:15:30Z";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return type.isArray() || Iterable.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String pointer(JsonMappingException problem) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : problem.getPath()) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }
}
