package org.takedownhub.modelling.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.takedownhub.modelling.table.Cell.Is;

/** The FEEL of a cell, both ways. What the sheet has no words for is {@link Is#OTHER} and stays as it is. */
final class CellText {

    private static final String VALUE = "\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?:\\.\\d+)?|true|false";
    private static final Pattern LIST = Pattern.compile("(?:" + VALUE + ")(?:\\s*,\\s*(?:" + VALUE + "))*");
    private static final Pattern ONE = Pattern.compile(VALUE);
    private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)\\s*(" + VALUE + ")");
    private static final Pattern BETWEEN =
            Pattern.compile("\\[\\s*(" + VALUE + ")\\s*\\.\\.\\s*(" + VALUE + ")\\s*\\]");

    private CellText() {}

    static Cell read(String feel, Column column) {
        String text = feel.strip();
        if (text.isEmpty() || text.equals("-") || !column.input() && text.equals("\"\"")) {
            return Cell.ANY;
        }
        Cell cell = column.input() ? input(text) : output(text);
        boolean typed = cell.is() == Is.OTHER
                || ONE.matcher(text)
                        .results()
                        .map(found -> found.group().startsWith("\""))
                        .allMatch(quoted -> quoted == column.isText());
        return typed ? cell : new Cell(Is.OTHER, List.of(text));
    }

    private static Cell input(String text) {
        Matcher not = NOT.matcher(text);
        if (LIST.matcher(text).matches()) {
            return new Cell(Is.ONE_OF, values(text));
        }
        if (not.matches() && LIST.matcher(not.group(1).strip()).matches()) {
            return new Cell(Is.NONE_OF, values(not.group(1)));
        }
        Matcher compared = COMPARED.matcher(text);
        if (compared.matches()) {
            Is is =
                    switch (compared.group(1)) {
                        case ">=" -> Is.FROM;
                        case ">" -> Is.MORE_THAN;
                        case "<=" -> Is.UP_TO;
                        default -> Is.LESS_THAN;
                    };
            return new Cell(is, values(compared.group(2)));
        }
        Matcher between = BETWEEN.matcher(text);
        if (between.matches()) {
            return new Cell(Is.BETWEEN, List.of(value(between.group(1)), value(between.group(2))));
        }
        return new Cell(Is.OTHER, List.of(text));
    }

    private static Cell output(String text) {
        return ONE.matcher(text).matches() ? Cell.of(value(text)) : new Cell(Is.OTHER, List.of(text));
    }

    static List<String> values(String list) {
        List<String> values = new ArrayList<>();
        ONE.matcher(list).results().forEach(found -> values.add(value(found.group())));
        return values;
    }

    private static String value(String literal) {
        return literal.startsWith("\"")
                ? literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1")
                : literal;
    }

    static String write(Cell cell, Column column) {
        String first = cell.values().isEmpty() ? "" : literal(cell.values().get(0), column);
        return switch (cell.is()) {
            case ANY -> column.input() ? "-" : column.isText() ? "\"\"" : "";
            case ONE_OF -> list(cell, column);
            case NONE_OF -> "not(" + list(cell, column) + ")";
            case FROM -> ">= " + first;
            case MORE_THAN -> "> " + first;
            case UP_TO -> "<= " + first;
            case LESS_THAN -> "< " + first;
            case BETWEEN -> "[" + first + ".." + literal(cell.values().get(1), column) + "]";
            case OTHER -> cell.value();
        };
    }

    private static String list(Cell cell, Column column) {
        return cell.values().stream().map(value -> literal(value, column)).collect(Collectors.joining(","));
    }

    private static String literal(String value, Column column) {
        return column.isText() ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : value;
    }
}
