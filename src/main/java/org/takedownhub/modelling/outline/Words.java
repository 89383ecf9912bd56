package org.takedownhub.modelling.outline;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions of models as people say them; what is more than a plain comparison is quoted as it stands. */
public final class Words {

    private static final String NAME = "([A-Za-z][A-Za-z0-9_]*)";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*" + NAME + "\\s*}");
    private static final Pattern NEGATION = Pattern.compile("\\$\\{\\s*(?:!|not )\\s*" + NAME + "\\s*}");
    private static final Pattern COMPARISON = Pattern.compile(
            "\\$\\{\\s*" + NAME + "\\s*(==|!=|<=|>=|<|>|eq|ne|lt|gt|le|ge)\\s*['\"]?([A-Za-z0-9_. -]*?)['\"]?\\s*}");

    private Words() {}

    /** {@code removalDueAt} as "removal due at". */
    static String ofName(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    /** {@code ${contentUnlawful}} as "content unlawful". */
    static String ofCondition(String expression) {
        Matcher variable = VARIABLE.matcher(expression);
        if (variable.matches()) {
            return ofName(variable.group(1));
        }
        Matcher negation = NEGATION.matcher(expression);
        if (negation.matches()) {
            return "not " + ofName(negation.group(1));
        }
        Matcher comparison = COMPARISON.matcher(expression);
        if (comparison.matches()) {
            String relation =
                    switch (comparison.group(2)) {
                        case "==", "eq" -> "is";
                        case "!=", "ne" -> "is not";
                        case "<", "lt" -> "is less than";
                        case ">", "gt" -> "is more than";
                        case "<=", "le" -> "is at most";
                        default -> "is at least";
                    };
            return ofName(comparison.group(1)) + " " + relation + " "
                    + (comparison.group(3).isEmpty() ? "empty" : comparison.group(3));
        }
        return expression;
    }

    /** {@code ${caseDueAt}} as "case due". */
    public static String ofInstant(String expression) {
        Matcher variable = VARIABLE.matcher(expression);
        return variable.matches() ? ofName(variable.group(1)).replaceAll(" at$", "") : expression;
    }

    /** {@code PT26H} as "1 day 2 hours". */
    static String ofDuration(String text) {
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return "the time that “" + ofName(variable.group(1)) + "” gives";
        }
        try {
            Duration duration = Duration.parse(text.strip());
            List<String> parts = new ArrayList<>();
            part(parts, duration.toDaysPart(), "day");
            part(parts, duration.toHoursPart(), "hour");
            part(parts, duration.toMinutesPart(), "minute");
            part(parts, duration.toSecondsPart(), "second");
            return parts.isEmpty() ? "no time" : String.join(" ", parts);
        } catch (DateTimeParseException unusual) {
            return text;
        }
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
