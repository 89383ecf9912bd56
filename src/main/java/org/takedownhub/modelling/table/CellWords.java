package org.takedownhub.modelling.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How people read a cell. */
public final class CellWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final int MOST_SHARE = 100;

    private CellWords() {}

    /** In the light of its row: two days are two working days where the row counts in those. */
    public static String words(TableSheet sheet, Row row, Column column) {
        Cell cell = row.cell(column);
        String words = words(column, cell);
        boolean working = column.type() == CellType.PERIOD
                && sheet.column("out.unit")
                        .map(unit -> row.cell(unit).value().equals("WORKING_DAYS"))
                        .orElse(false);
        return working
                ? words.replaceFirst(
                        " days?$",
                        Periods.read(cell.value())
                                .filter(length -> length.number() == 1)
                                .map(one -> " working day")
                                .orElse(" working days"))
                : words;
    }

    public static String words(Column column, Cell cell) {
        List<String> values =
                cell.values().stream().map(value -> value(column, value)).toList();
        String first = values.isEmpty() ? "" : values.get(0);
        return switch (cell.is()) {
            case ANY -> column.input() ? "Any" : "Nothing";
            case ONE_OF -> listed(values);
            case NONE_OF -> "All but " + listed(values);
            case FROM -> "From " + first;
            case MORE_THAN -> "More than " + first;
            case UP_TO -> "Up to " + first;
            case LESS_THAN -> (column.type() == CellType.DATE ? "Before " : "Less than ") + first;
            case BETWEEN -> first + " to " + values.get(1);
            case OTHER -> cell.value();
        };
    }

    private static String listed(List<String> values) {
        return values.size() < 2
                ? String.join("", values)
                : String.join(", ", values.subList(0, values.size() - 1)) + " or " + values.get(values.size() - 1);
    }

    private static String value(Column column, String value) {
        return switch (column.type()) {
            case YES_NO -> value.equals("true") ? "Yes" : "No";
            case PERIOD -> value.equals(column.noPeriod())
                    ? "No period"
                    : Periods.read(value).map(Periods.Length::inWords).orElse(value);
            case SHARE -> percent(value);
            case DATE -> day(value);
            case ORDERED_CHOICES -> String.join(
                    ", then ",
                    List.of(value.split("\\s*,\\s*")).stream()
                            .map(column::labelOf)
                            .toList());
            case CHOICE -> column.labelOf(value);
            case NUMBER, TEXT, LEGAL_REFERENCE -> value;
        };
    }

    /** {@code 0.75} as {@code 75%}; what is no number stays. */
    public static String percent(String share) {
        try {
            return new BigDecimal(share)
                            .multiply(BigDecimal.valueOf(MOST_SHARE))
                            .stripTrailingZeros()
                            .toPlainString()
                    + "%";
        } catch (NumberFormatException none) {
            return share;
        }
    }

    private static String day(String value) {
        try {
            return DAY.format(LocalDate.parse(value));
        } catch (DateTimeException none) {
            return value;
        }
    }
}
