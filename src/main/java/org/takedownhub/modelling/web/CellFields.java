package org.takedownhub.modelling.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.takedownhub.modelling.table.Cell;
import org.takedownhub.modelling.table.CellType;
import org.takedownhub.modelling.table.CellWords;
import org.takedownhub.modelling.table.Choice;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.Periods;
import org.takedownhub.modelling.table.SheetCheck;

/** Cells as fields of a form, and back. A field keeps what was typed, also when it is no value of its column. */
final class CellFields {

    private static final String HOW = ".is";
    private static final String OTHERS = ".others";
    private static final String UNIT = ".unit";
    private static final String NO_PERIOD = "NONE";
    private static final List<String> DATE_PARTS = List.of(".day", ".month", ".year");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int SHORT_TEXT = 60;

    private CellFields() {}

    /** How a field looks. */
    enum Kind {
        CHOICES,
        SELECT,
        YES_NO,
        PERIOD,
        NUMBER,
        COMPARED_NUMBER,
        SHARE,
        DATE,
        COMPARED_DATE,
        ORDERED,
        LINE,
        LINES
    }

    record Option(String id, String value, String label, boolean chosen) {}

    record Place(String id, String label, List<Option> options) {}

    /**
     * @param id      of the input that the reader is led to
     * @param was     the live value in words, where it is another; otherwise empty
     * @param hows    how an input compares
     * @param options the values, or the units
     * @param others  values of an input that are not among the options, parted by commas
     */
    record Field(
            String id,
            String key,
            Kind kind,
            String label,
            String hint,
            String was,
            List<Option> hows,
            List<Option> options,
            boolean open,
            String others,
            String text,
            String day,
            String month,
            String year,
            List<Place> places) {}

    /** @param was the live value in words where it differs; otherwise empty */
    static Field field(Column column, MultiValueMap<String, String> sent, String was) {
        String key = column.key();
        Kind kind = kind(column, first(sent, key + HOW), first(sent, key));
        return new Field(
                key,
                key,
                kind,
                column.label(),
                hint(column, kind),
                was,
                hows(column, kind, sent),
                options(column, kind, sent),
                column.open(),
                first(sent, key + OTHERS),
                first(sent, key),
                first(sent, key + DATE_PARTS.get(0)),
                first(sent, key + DATE_PARTS.get(1)),
                first(sent, key + DATE_PARTS.get(2)),
                kind == Kind.ORDERED ? places(column, sent) : List.of());
    }

    /** An input as a field for one value of it, not for the condition of a row. */
    static Column valueOf(Column input) {
        return new Column(
                "in." + input.name(),
                input.label(),
                false,
                input.type(),
                input.typeRef(),
                input.choices(),
                input.open(),
                true,
                "",
                input.shortest(),
                input.longest(),
                input.least(),
                input.most(),
                "");
    }

    private static Kind kind(Column column, String how, String text) {
        if (how.equals(Cell.Is.OTHER.name()) || how.equals(Cell.Is.BETWEEN.name())) {
            return Kind.LINE;
        }
        return switch (column.type()) {
            case CHOICE -> column.input() ? Kind.CHOICES : Kind.SELECT;
            case ORDERED_CHOICES -> Kind.ORDERED;
            case YES_NO -> Kind.YES_NO;
            case PERIOD -> column.input() ? Kind.LINE : Kind.PERIOD;
            case NUMBER -> column.input() ? Kind.COMPARED_NUMBER : Kind.NUMBER;
            case SHARE -> column.input() ? Kind.COMPARED_NUMBER : Kind.SHARE;
            case DATE -> column.input() ? Kind.COMPARED_DATE : Kind.DATE;
            case TEXT, LEGAL_REFERENCE -> text.length() > SHORT_TEXT ? Kind.LINES : Kind.LINE;
        };
    }

    private static String hint(Column column, Kind kind) {
        String limits = SheetCheck.limits(column);
        String must = limits.isEmpty() ? "" : Character.toUpperCase(limits.charAt(0)) + limits.substring(1) + ".";
        String empty = column.mayBeEmpty()
                        && !column.input()
                        && kind != Kind.YES_NO
                        && kind != Kind.SELECT
                        && column.hint().isEmpty()
                ? "May be empty."
                : "";
        return Stream.of(must, column.hint(), empty)
                .filter(part -> !part.isEmpty())
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    private static List<Option> hows(Column column, Kind kind, MultiValueMap<String, String> sent) {
        String chosen = first(sent, column.key() + HOW);
        List<Choice> hows =
                switch (kind) {
                    case CHOICES -> List.of(
                            new Choice("ANY", "Any"),
                            new Choice("ONE_OF", "Only these"),
                            new Choice("NONE_OF", "All but these"));
                    case COMPARED_NUMBER -> List.of(
                            new Choice("ANY", "Any number"),
                            new Choice("ONE_OF", "Exactly"),
                            new Choice("FROM", "This or more"),
                            new Choice("MORE_THAN", "More than"),
                            new Choice("UP_TO", "This or less"),
                            new Choice("LESS_THAN", "Less than"));
                    case COMPARED_DATE -> List.of(
                            new Choice("ANY", "Any day"),
                            new Choice("FROM", "From this day on"),
                            new Choice("UP_TO", "Up to this day"),
                            new Choice("LESS_THAN", "Before this day"),
                            new Choice("MORE_THAN", "After this day"),
                            new Choice("ONE_OF", "On this day"));
                    default -> List.of();
                };
        return numbered(column.key() + HOW, hows, Set.of(chosen.isEmpty() ? "ANY" : chosen));
    }

    private static List<Option> options(Column column, Kind kind, MultiValueMap<String, String> sent) {
        Set<String> chosen = new LinkedHashSet<>(sent.getOrDefault(column.key(), List.of()));
        return switch (kind) {
            case CHOICES -> numbered(column.key() + ".value", column.choices(), chosen);
            case SELECT -> {
                List<Choice> choices = new ArrayList<>(column.choices());
                // a code that the program does not know is still the file's
                chosen.stream()
                        .filter(value -> !value.isEmpty()
                                && column.choices().stream()
                                        .noneMatch(known -> known.value().equals(value)))
                        .forEach(value -> choices.add(new Choice(value, value)));
                yield numbered(column.key() + ".value", choices, chosen);
            }
            case YES_NO -> {
                List<Choice> answers = new ArrayList<>(List.of(new Choice("true", "Yes"), new Choice("false", "No")));
                if (column.input()) {
                    answers.add(new Choice("", "Any"));
                }
                yield numbered(column.key(), answers, column.input() && chosen.isEmpty() ? Set.of("") : chosen);
            }
            case PERIOD -> {
                List<Choice> units = new ArrayList<>();
                for (Periods.Unit unit : Periods.Unit.values()) {
                    units.add(new Choice(unit.name(), unit.label()));
                }
                if (!column.noPeriod().isEmpty()) {
                    units.add(new Choice(NO_PERIOD, "no period"));
                }
                String unit = first(sent, column.key() + UNIT);
                yield numbered(column.key() + UNIT, units, Set.of(unit.isEmpty() ? Periods.Unit.HOURS.name() : unit));
            }
            default -> List.of();
        };
    }

    private static List<Place> places(Column column, MultiValueMap<String, String> sent) {
        List<String> chosen = sent.getOrDefault(column.key(), List.of());
        return IntStream.range(0, column.choices().size())
                .mapToObj(place -> new Place(
                        place == 0 ? column.key() : column.key() + "." + place,
                        place == 0 ? "First" : place == 1 ? "Then" : "Then, " + (place + 1) + ".",
                        numbered(
                                column.key() + "." + place,
                                column.choices(),
                                place < chosen.size() ? Set.of(chosen.get(place)) : Set.of())))
                .toList();
    }

    private static List<Option> numbered(String prefix, List<Choice> choices, Set<String> chosen) {
        return IntStream.range(0, choices.size())
                .mapToObj(place -> new Option(
                        prefix + "-" + place,
                        choices.get(place).value(),
                        choices.get(place).label(),
                        chosen.contains(choices.get(place).value())))
                .toList();
    }

    /** What a form would have sent for a cell. */
    static void send(Column column, Cell cell, MultiValueMap<String, String> into) {
        String key = column.key();
        String value = cell.value();
        if (cell.is() == Cell.Is.OTHER || cell.is() == Cell.Is.BETWEEN) {
            into.set(key + HOW, cell.is().name());
            into.set(key, cell.is() == Cell.Is.BETWEEN ? String.join(" to ", cell.values()) : value);
            return;
        }
        if (column.input() && column.type() != CellType.YES_NO) {
            into.set(key + HOW, cell.is().name());
        }
        switch (column.type()) {
            case CHOICE -> into.put(key, new ArrayList<>(cell.values()));
            case ORDERED_CHOICES -> into.put(
                    key, value.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(value.split("\\s*,\\s*"))));
            case PERIOD -> Periods.read(value)
                    .ifPresentOrElse(
                            length -> {
                                into.set(key, String.valueOf(length.number()));
                                into.set(key + UNIT, length.unit().name());
                            },
                            () -> {
                                boolean none = !value.isEmpty() && value.equals(column.noPeriod());
                                into.set(key, none ? "" : value);
                                into.set(key + UNIT, none ? NO_PERIOD : Periods.Unit.HOURS.name());
                            });
            case SHARE -> into.set(
                    key, value.isEmpty() ? "" : CellWords.percent(value).replace("%", ""));
            case DATE -> {
                String[] parts = value.split("-");
                if (parts.length == 3) {
                    into.set(key + DATE_PARTS.get(0), String.valueOf(Integer.parseInt(parts[2])));
                    into.set(key + DATE_PARTS.get(1), String.valueOf(Integer.parseInt(parts[1])));
                    into.set(key + DATE_PARTS.get(2), parts[0]);
                }
            }
            default -> into.set(key, value);
        }
    }

    static MultiValueMap<String, String> sent(List<Column> columns, java.util.function.Function<Column, Cell> cells) {
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        columns.forEach(column -> send(column, cells.apply(column), sent));
        return sent;
    }

    /** The cell that a form sent; {@link SheetCheck} says whether the column takes it. */
    static Cell read(Column column, MultiValueMap<String, String> sent) {
        String key = column.key();
        String text = first(sent, key).strip();
        Cell.Is how = how(first(sent, key + HOW));
        if (how == Cell.Is.OTHER) {
            return text.isEmpty() ? Cell.ANY : new Cell(how, List.of(text));
        }
        if (how == Cell.Is.BETWEEN) {
            return new Cell(how, List.of(text.split("\\s+to\\s+")));
        }
        return switch (column.type()) {
            case CHOICE -> column.input()
                    ? choices(column, how, sent)
                    : one(
                            text.isEmpty() && column.open()
                                    ? first(sent, key + OTHERS).strip()
                                    : text);
            case ORDERED_CHOICES -> one(String.join(
                    ",",
                    sent.getOrDefault(key, List.of()).stream()
                            .map(String::strip)
                            .filter(value -> !value.isEmpty())
                            .toList()));
            case YES_NO -> one(text);
            case PERIOD -> column.input() ? compared(how, text) : period(column, text, first(sent, key + UNIT));
            case NUMBER -> column.input() ? compared(how, text) : one(text);
            case SHARE -> column.input() ? compared(how, text) : one(share(text));
            case DATE -> column.input() ? compared(how, date(key, sent)) : one(date(key, sent));
            case TEXT, LEGAL_REFERENCE -> one(text.replaceAll("\\s+", " "));
        };
    }

    private static Cell one(String text) {
        return text.isEmpty() ? Cell.ANY : Cell.of(text);
    }

    private static Cell compared(Cell.Is how, String text) {
        return how == Cell.Is.ANY ? Cell.ANY : new Cell(how, text.isEmpty() ? List.of() : List.of(text));
    }

    private static Cell choices(Column column, Cell.Is how, MultiValueMap<String, String> sent) {
        if (how == Cell.Is.ANY) {
            return Cell.ANY;
        }
        Set<String> values = new LinkedHashSet<>(sent.getOrDefault(column.key(), List.of()));
        if (column.open()) {
            for (String other : first(sent, column.key() + OTHERS).split(",")) {
                values.add(other.strip());
            }
        }
        values.remove("");
        return new Cell(how, List.copyOf(values));
    }

    private static Cell period(Column column, String number, String unit) {
        if (unit.equals(NO_PERIOD) && !column.noPeriod().isEmpty()) {
            return Cell.of(column.noPeriod());
        }
        if (number.isEmpty()) {
            return Cell.ANY;
        }
        boolean whole = number.matches("[0-9]{1,9}");
        for (Periods.Unit known : Periods.Unit.values()) {
            if (whole && known.name().equals(unit)) {
                return Cell.of(new Periods.Length(Long.parseLong(number), known).iso());
            }
        }
        return Cell.of(number);
    }

    private static String share(String percent) {
        try {
            return percent.isEmpty()
                    ? ""
                    : new BigDecimal(percent.replace("%", "").strip())
                            .divide(HUNDRED)
                            .stripTrailingZeros()
                            .toPlainString();
        } catch (NumberFormatException none) {
            return percent;
        }
    }

    private static String date(String key, MultiValueMap<String, String> sent) {
        String day = first(sent, key + DATE_PARTS.get(0)).strip();
        String month = first(sent, key + DATE_PARTS.get(1)).strip();
        String year = first(sent, key + DATE_PARTS.get(2)).strip();
        if ((day + month + year).isEmpty()) {
            return "";
        }
        return year + "-" + (month.length() == 1 ? "0" : "") + month + "-" + (day.length() == 1 ? "0" : "") + day;
    }

    private static Cell.Is how(String text) {
        for (Cell.Is is : Cell.Is.values()) {
            if (is.name().equals(text)) {
                return is;
            }
        }
        return Cell.Is.ANY;
    }

    private static String first(MultiValueMap<String, String> sent, String key) {
        String value = sent.getFirst(key);
        return value == null ? "" : value;
    }
}
