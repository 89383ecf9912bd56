package org.takedownhub.modelling.lint;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in a cell of a decision table: the part of FEEL that tables are made of. Anything else is told from
 * it, so that nothing is said of a cell that was not understood.
 */
final class Cells {

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}+(?:\\.[0-9]{1,12}+)?+");
    private static final Pattern DATE = Pattern.compile("date(?: and time)?+\\(\\s*+\"([^\"]*+)\"\\s*+\\)");
    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>|=)\\s*+(.++)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

    /** A value of a type that can be ordered: text, yes or no, number, or moment. */
    record Value(Comparable<?> value) {

        /** Values of two types are kept apart, in any order. */
        int compareTo(Value other) {
            return value.getClass().equals(other.value.getClass())
                    ? compared(value, other.value)
                    : value.getClass()
                            .getName()
                            .compareTo(other.value.getClass().getName());
        }

        @SuppressWarnings("unchecked")
        private static <T> int compared(Comparable<T> one, Comparable<?> other) {
            return one.compareTo((T) other);
        }

        String inWords() {
            return value instanceof String text ? "“" + text + "”" : value.toString();
        }
    }

    /** All values between two; {@code null} stands for no limit. */
    record Interval(@Nullable Value low, boolean lowIncluded, @Nullable Value high, boolean highIncluded) {

        static Interval of(Value value) {
            return new Interval(value, true, value, true);
        }

        boolean isEmpty() {
            if (low == null || high == null) {
                return false;
            }
            int order = low.compareTo(high);
            return order > 0 || order == 0 && !(lowIncluded && highIncluded);
        }
    }

    /** What a cell of an input column lets through. */
    record Test(boolean any, boolean negated, List<Interval> intervals) {

        static final Test ANY = new Test(true, false, List.of());
    }

    /** Why a cell cannot be read. */
    static final class NotRead extends Exception {

        private static final long serialVersionUID = 1L;

        /** Whether it cannot be right, or is only more than is understood here. */
        private final boolean wrong;

        NotRead(boolean wrong, String message) {
            super(message);
            this.wrong = wrong;
        }

        boolean isWrong() {
            return wrong;
        }
    }

    private Cells() {}

    /** @throws NotRead the cell does not fit the type, or is none of the usual tests */
    static Test test(String text, String type) throws NotRead {
        if (text.isEmpty() || text.equals("-")) {
            return Test.ANY;
        }
        boolean negated = text.startsWith("not(") && text.endsWith(")");
        List<Interval> intervals = new ArrayList<>();
        for (String part : parts(negated ? text.substring(4, text.length() - 1) : text)) {
            intervals.add(interval(part, type));
        }
        return new Test(false, negated, List.copyOf(intervals));
    }

    /** @throws NotRead the text is no plain value of the type */
    static Value value(String text, String type) throws NotRead {
        Matcher string = STRING.matcher(text);
        if (string.matches()) {
            return fits("string", type, new Value(unescaped(string.group(1))), text);
        }
        if (text.equals("true") || text.equals("false")) {
            return fits("boolean", type, new Value(Boolean.valueOf(text)), text);
        }
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            if (isWhole(type) && number.scale() > 0) {
                throw new NotRead(true, text + " is no whole number");
            }
            return fits("number", type, new Value(number), text);
        }
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return fits("date", type, new Value(moment(date.group(1))), text);
        }
        if (WORD.matcher(text).matches() && kind(type).equals("string")) {
            throw new NotRead(true, text + " is read as the name of a variable; text stands in double quotes");
        }
        if (text.startsWith("\"") || text.endsWith("\"")) {
            throw new NotRead(true, text + " has a quotation mark too few or too many");
        }
        throw new NotRead(
                !kind(type).equals("any") && WORD.matcher(text).matches(), text + " is no plain " + kind(type));
    }

    /** The text of a string cell. */
    static Optional<String> text(String cell) {
        Matcher string = STRING.matcher(cell);
        return string.matches() ? Optional.of(unescaped(string.group(1))) : Optional.empty();
    }

    /** The texts of a list such as {@code "A","B"}; empty when anything else is in it. */
    static List<String> texts(String list) {
        List<String> texts = new ArrayList<>();
        for (String part : parts(list)) {
            Optional<String> text = text(part);
            if (text.isEmpty()) {
                return List.of();
            }
            texts.add(text.get());
        }
        return texts;
    }

    static boolean isWhole(String type) {
        return type.equals("integer") || type.equals("long");
    }

    /** {@code string}, {@code boolean}, {@code number}, {@code date}; {@code any} where the table does not say. */
    static String kind(String type) {
        return switch (type) {
            case "string", "boolean", "date" -> type;
            case "integer", "long", "double" -> "number";
            default -> "any";
        };
    }

    private static Value fits(String kind, String type, Value value, String text) throws NotRead {
        if (!kind(type).equals("any") && !kind(type).equals(kind)) {
            throw new NotRead(true, text + " is no " + kind(type));
        }
        return value;
    }

    private static Interval interval(String text, String type) throws NotRead {
        Optional<Interval> range = range(text, type);
        if (range.isPresent()) {
            return range.get();
        }
        Matcher comparison = COMPARISON.matcher(text);
        if (comparison.matches()) {
            Value value = value(comparison.group(2).strip(), type);
            return switch (comparison.group(1)) {
                case "<" -> new Interval(null, false, value, false);
                case "<=" -> new Interval(null, false, value, true);
                case ">" -> new Interval(value, false, null, false);
                case ">=" -> new Interval(value, true, null, false);
                default -> Interval.of(value);
            };
        }
        return Interval.of(value(text, type));
    }

    private static Optional<Interval> range(String text, String type) throws NotRead {
        int middle = text.indexOf("..");
        boolean bracketed = text.length() > 4
                && "[](".indexOf(text.charAt(0)) >= 0
                && "[])".indexOf(text.charAt(text.length() - 1)) >= 0;
        if (middle < 0 || !bracketed) {
            return Optional.empty();
        }
        Value low = value(text.substring(1, middle).strip(), type);
        Value high = value(text.substring(middle + 2, text.length() - 1).strip(), type);
        if (!low.value().getClass().equals(high.value().getClass())) {
            throw new NotRead(true, text + " has ends of two types");
        }
        return Optional.of(new Interval(low, text.charAt(0) == '[', high, text.endsWith("]")));
    }

    /** Splits at commas that stand in no quotation marks and no brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                parts.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }

    private static LocalDateTime moment(String text) throws NotRead {
        try {
            if (text.length() <= "2026-01-01".length()) {
                return LocalDate.parse(text).atStartOfDay();
            }
            return text.endsWith("Z") || text.indexOf('+') > 0
                    ? OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : LocalDateTime.parse(text);
        } catch (DateTimeException none) {
            throw new NotRead(true, text + " is no date");
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
