package org.takedownhub.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.takedownhub.process.InvalidInput.Problem;

/**
 * Reads the submitted values of one form, collecting every problem, so that a person is told all of them at once.
 * Empty text counts as missing, because an untouched field of a Camunda Form arrives as empty text.
 */
public final class FormFields {

    private final Map<String, Object> submitted;
    private final List<Problem> problems = new ArrayList<>();

    /** @param known the form's field keys; anything else that was submitted is a problem */
    public FormFields(Map<String, Object> submitted, Set<String> known) {
        this.submitted = submitted;
        submitted.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> problem(
                        key,
                        "is not a field of this form; leave it out. The fields are "
                                + known.stream().sorted().collect(Collectors.joining(", "))));
    }

    public void problem(String field, String detail) {
        problems.add(new Problem(field, detail));
    }

    /** Text that must be there; an empty string stands in after a problem. */
    public String requiredText(String field, int maximum) {
        return text(field, maximum).orElseGet(() -> {
            if (none(field)) {
                problem(field, "is missing; enter some text");
            }
            return "";
        });
    }

    public Optional<String> text(String field, int maximum) {
        Object value = submitted.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            problem(field, "must be text");
            return Optional.empty();
        }
        if (text.length() > maximum) {
            problem(field, "is longer than " + maximum + " characters; shorten it");
            return Optional.empty();
        }
        if (!text.codePoints().allMatch(FormFields::isText)) {
            problem(field, "has characters that are no text; type it again, or paste it as plain text");
            return Optional.empty();
        }
        return Optional.of(text.strip())
                .filter(stripped -> stripped.codePoints().anyMatch(FormFields::isVisible));
    }

    private static boolean isVisible(int character) {
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && Character.getType(character) != Character.FORMAT;
    }

    /** Line breaks and tabs are text; other control characters, and halves of characters, are not. */
    public static boolean isText(int character) {
        return character == '\n'
                || character == '\r'
                || character == '\t'
                || !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }

    /** One of an enumeration's names that must be there; the first constant stands in after a problem. */
    public <E extends Enum<E>> E requiredChoice(String field, Class<E> type) {
        return choice(field, type).orElseGet(() -> {
            if (none(field)) {
                problem(field, "is missing; choose one of " + names(type));
            }
            return type.getEnumConstants()[0];
        });
    }

    public <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
        return text(field, 100).flatMap(text -> {
            Optional<E> found = Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(text))
                    .findFirst();
            if (found.isEmpty()) {
                problem(field, "must be one of " + names(type));
            }
            return found;
        });
    }

    /** A yes or no that must be there. */
    public boolean requiredFlag(String field) {
        return flag(field).orElseGet(() -> {
            if (none(field)) {
                problem(field, "is missing; answer true or false");
            }
            return false;
        });
    }

    public Optional<Boolean> flag(String field) {
        Object value = submitted.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean flag) {
            return Optional.of(flag);
        }
        problem(field, "must be true or false");
        return Optional.empty();
    }

    /** @throws InvalidInput there was a problem with any field */
    public void check() {
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
    }

    private boolean none(String field) {
        return problems.stream().noneMatch(problem -> problem.field().equals(field));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
