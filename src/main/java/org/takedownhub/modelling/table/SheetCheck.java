package org.takedownhub.modelling.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.takedownhub.modelling.table.Cell.Is;

/** What is wrong with the cells of a sheet, by the types and limits of its columns. */
public final class SheetCheck {

    /** The column of the source, for problems with it. */
    public static final String SOURCE = "source";

    private static final int LONGEST_TEXT = 1_500;
    private static final int MOST_ROWS = 500;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}");

    private SheetCheck() {}

    /**
     * @param column  {@link Column#key()}, {@link #SOURCE}, or empty for the row as a whole
     * @param message a sentence without the full stop, as an error message on a page
     */
    public record Problem(String row, String column, String message) {}

    public static List<Problem> problems(TableSheet sheet) {
        List<Problem> problems = new ArrayList<>();
        sheet.rows().forEach(row -> problems.addAll(problems(sheet, row)));
        if (sheet.rows().isEmpty()) {
            problems.add(new Problem("", "", "A table needs at least one row"));
        }
        if (sheet.rows().size() > MOST_ROWS) {
            problems.add(new Problem("", "", "A table has at most " + MOST_ROWS + " rows"));
        }
        return problems;
    }

    public static List<Problem> problems(TableSheet sheet, Row row) {
        List<Problem> problems = new ArrayList<>();
        sheet.columns().forEach(column -> problem(column, row.cell(column))
                .ifPresent(message -> problems.add(new Problem(row.id(), column.key(), message))));
        if (row.source().isBlank()) {
            problems.add(new Problem(
                    row.id(), SOURCE, "Enter the source: the law, the code or the policy that this row comes from"));
        } else if (row.source().length() > LONGEST_TEXT) {
            problems.add(new Problem(row.id(), SOURCE, "The source has at most " + LONGEST_TEXT + " characters"));
        }
        if (problems.isEmpty()) {
            together(sheet, row, problems);
        }
        return problems;
    }

    private static Optional<String> problem(Column column, Cell cell) {
        if (cell.isAny()) {
            return column.mayBeEmpty() ? Optional.empty() : Optional.of("Enter " + quoted(column));
        }
        if (cell.is() == Is.OTHER) {
            return cell.value().isBlank() ? Optional.of("Enter " + quoted(column)) : Optional.empty();
        }
        if (cell.values().isEmpty()) {
            return Optional.of("Select at least one value for " + quoted(column));
        }
        if (cell.is() == Is.BETWEEN && cell.values().size() != 2
                || cell.is() != Is.BETWEEN
                        && cell.is() != Is.ONE_OF
                        && cell.is() != Is.NONE_OF
                        && cell.values().size() != 1
                || !column.input() && (cell.is() != Is.ONE_OF || cell.values().size() != 1)) {
            return Optional.of(quoted(column) + " must have one value");
        }
        Set<String> seen = new HashSet<>();
        for (String value : cell.values()) {
            Optional<String> problem = seen.add(value)
                    ? problem(column, value)
                    : Optional.of(quoted(column) + " names " + column.labelOf(value) + " twice");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(Column column, String value) {
        if (value.length() > LONGEST_TEXT) {
            return Optional.of(quoted(column) + " has at most " + LONGEST_TEXT + " characters");
        }
        return switch (column.type()) {
            case CHOICE -> choice(column, value);
            case ORDERED_CHOICES -> ordered(column, value);
            case YES_NO -> value.equals("true") || value.equals("false")
                    ? Optional.empty()
                    : Optional.of("Select yes or no for " + quoted(column));
            case PERIOD -> period(column, value);
            case NUMBER, SHARE -> number(column, value);
            case DATE -> date(column, value);
            case TEXT, LEGAL_REFERENCE -> value.isBlank()
                    ? Optional.of("Enter " + quoted(column))
                    : value.chars().anyMatch(Character::isISOControl)
                            ? Optional.of(quoted(column) + " must be one line")
                            : Optional.empty();
        };
    }

    private static Optional<String> choice(Column column, String value) {
        boolean known =
                column.choices().stream().anyMatch(choice -> choice.value().equals(value));
        if (known || column.open() && CODE.matcher(value).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                column.open()
                        ? quoted(column) + " takes letters, digits, dots, hyphens and underscores; “" + value
                                + "” has others"
                        : value.isBlank()
                                ? "Select " + quoted(column)
                                : "“" + value + "” is no value of " + quoted(column));
    }

    private static Optional<String> ordered(Column column, String value) {
        List<String> values = List.of(value.split("\\s*,\\s*"));
        Set<String> seen = new HashSet<>();
        for (String one : values) {
            Optional<String> problem = seen.add(one)
                    ? choice(column, one)
                    : Optional.of(quoted(column) + " names " + column.labelOf(one) + " twice");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> period(Column column, String value) {
        if (!column.noPeriod().isEmpty() && value.equals(column.noPeriod())) {
            return Optional.empty();
        }
        Optional<Periods.Length> length = Periods.read(value);
        if (length.isEmpty() || length.get().number() == 0) {
            return Optional.of(quoted(column) + " must be a whole number of minutes, hours or days");
        }
        Duration duration = Duration.parse(value);
        boolean inside = column.shortest()
                        .map(least -> duration.compareTo(least) >= 0)
                        .orElse(true)
                && column.longest().map(most -> duration.compareTo(most) <= 0).orElse(true);
        return inside ? Optional.empty() : Optional.of(quoted(column) + " must be " + limits(column));
    }

    private static Optional<String> number(Column column, String value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException none) {
            return Optional.of(quoted(column) + " must be a number");
        }
        if (column.isWholeNumber() && number.stripTrailingZeros().scale() > 0) {
            return Optional.of(quoted(column) + " must be a whole number");
        }
        boolean inside = column.least()
                        .map(least -> number.compareTo(least) >= 0)
                        .orElse(true)
                && column.most().map(most -> number.compareTo(most) <= 0).orElse(true);
        return inside ? Optional.empty() : Optional.of(quoted(column) + " must be " + limits(column));
    }

    private static Optional<String> date(Column column, String value) {
        try {
            LocalDate.parse(value);
            return Optional.empty();
        } catch (DateTimeException none) {
            return Optional.of(quoted(column) + " must be a real day");
        }
    }

    /** What a column takes, such as {@code between 1 hour and 30 days}; empty where nothing limits it. */
    public static String limits(Column column) {
        if (column.shortest().isPresent() && column.longest().isPresent()) {
            return "between " + Periods.words(column.shortest().get()) + " and "
                    + Periods.words(column.longest().get());
        }
        if (column.least().isPresent() && column.most().isPresent()) {
            boolean share = column.type() == CellType.SHARE;
            String least = column.least().get().toPlainString();
            String most = column.most().get().toPlainString();
            return "between " + (share ? CellWords.percent(least) : least) + " and "
                    + (share ? CellWords.percent(most) : most);
        }
        return "";
    }

    /** What cells of one row must agree on. */
    private static void together(TableSheet sheet, Row row, List<Problem> problems) {
        if (sheet.table().equals("removal-deadline")) {
            boolean workingDays = output(sheet, row, "unit").equals("WORKING_DAYS");
            boolean nextDay = output(sheet, row, "startEvent").equals("DAY_AFTER_GIVEN");
            boolean wholeDays = period(sheet, row, "period")
                    .filter(period -> period.equals(Duration.ofDays(period.toDays())))
                    .isPresent();
            if (workingDays && !wholeDays) {
                problems.add(new Problem(
                        row.id(), "out.period", "The period must be whole days where it is counted in working days"));
            }
            if (workingDays != nextDay) {
                problems.add(new Problem(
                        row.id(),
                        "out.startEvent",
                        "Working days are counted from the day after the notice was given, and nothing else is"));
            }
        }
        if (sheet.table().equals("check-schedule")) {
            Optional<Duration> longest = period(sheet, row, "longest");
            period(sheet, row, "shortest")
                    .filter(shortest -> longest.isPresent() && shortest.compareTo(longest.get()) > 0)
                    .ifPresent(shortest -> problems.add(new Problem(
                            row.id(),
                            "out.longest",
                            "The longest time between two looks is shorter than the shortest")));
        }
    }

    private static Optional<Duration> period(TableSheet sheet, Row row, String name) {
        return Periods.read(output(sheet, row, name)).map(length -> Duration.parse(length.iso()));
    }

    private static String output(TableSheet sheet, Row row, String name) {
        return sheet.column("out." + name)
                .map(column -> row.cell(column).value())
                .orElse("");
    }

    private static String quoted(Column column) {
        return "“" + column.label() + "”";
    }
}
