package org.takedownhub.modelling.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.takedownhub.modelling.table.CellType;
import org.takedownhub.modelling.table.CellWords;
import org.takedownhub.modelling.table.Column;
import org.takedownhub.modelling.table.Row;
import org.takedownhub.modelling.table.TableSheet;

/**
 * A table at a glance: when a row holds, the few outputs that people look for first, and what differs from the live one.
 *
 * @param headings of the outputs that are shown
 * @param removed  rows of the live table that the draft does not have
 * @param changes  how many rows differ
 */
record TableView(TableSheet sheet, List<String> headings, List<Line> rows, List<Other> removed, int changes) {

    private static final int SHOWN = 5;

    /** @param was empty where the live table says the same */
    public record Part(String label, String words, String was) {}

    /**
     * @param when    the conditions
     * @param then    the outputs that are shown, in the order of the headings
     * @param rest    the other outputs
     * @param state   {@code New}, {@code Changed} or empty
     */
    public record Line(
            String id, int number, List<Part> when, List<Part> then, List<Part> rest, Part source, String state) {}

    public record Other(String id, int number, String when) {}

    static TableView of(TableSheet sheet, Optional<TableSheet> before) {
        List<Column> shown = shown(sheet);
        List<Line> lines = new ArrayList<>();
        for (Row row : sheet.rows()) {
            Optional<Row> was = before.flatMap(live -> live.row(row.id()));
            lines.add(new Line(
                    row.id(),
                    lines.size() + 1,
                    parts(sheet, row, before, was, conditions(sheet, row, was)),
                    parts(sheet, row, before, was, shown),
                    parts(
                            sheet,
                            row,
                            before,
                            was,
                            sheet.outputs().stream()
                                    .filter(column -> !shown.contains(column))
                                    .toList()),
                    new Part(
                            "Source",
                            row.source(),
                            was.map(Row::source)
                                    .filter(source -> !source.equals(row.source()))
                                    .orElse("")),
                    before.isEmpty() || was.equals(Optional.of(row)) ? "" : was.isEmpty() ? "New" : "Changed"));
        }
        List<Other> removed = before.map(live -> live.rows().stream()
                        .filter(row -> sheet.row(row.id()).isEmpty())
                        .map(row -> new Other(row.id(), number(live, row.id()), when(live, row)))
                        .toList())
                .orElse(List.of());
        int changes = removed.size()
                + (int) lines.stream().filter(line -> !line.state().isEmpty()).count();
        return new TableView(sheet, shown.stream().map(Column::label).toList(), lines, removed, changes);
    }

    /** From 1; 0 for a row that is not there. */
    static int number(TableSheet sheet, String rule) {
        return sheet.rows().stream().map(Row::id).toList().indexOf(rule) + 1;
    }

    /** The conditions in one line, such as {@code Instrument: Voluntary referral; Threat to life: Yes}. */
    static String when(TableSheet sheet, Row row) {
        List<String> parts = conditions(sheet, row, Optional.empty()).stream()
                .map(column -> question(column) + CellWords.words(sheet, row, column))
                .toList();
        return parts.isEmpty() ? "Always" : String.join("; ", parts);
    }

    private static String question(Column column) {
        return column.label() + (column.label().endsWith("?") ? " " : ": ");
    }

    /** Timeframes and numbers first: that is what people come for. */
    private static List<Column> shown(TableSheet sheet) {
        List<Column> shown = new ArrayList<>();
        for (CellType type : List.of(
                CellType.PERIOD,
                CellType.CHOICE,
                CellType.ORDERED_CHOICES,
                CellType.YES_NO,
                CellType.NUMBER,
                CellType.SHARE,
                CellType.DATE,
                CellType.LEGAL_REFERENCE,
                CellType.TEXT)) {
            boolean words = type == CellType.LEGAL_REFERENCE || type == CellType.TEXT;
            sheet.outputs().stream()
                    .filter(column -> column.type() == type && (!words || shown.size() < 2))
                    .filter(column -> shown.size() < SHOWN)
                    .forEach(shown::add);
        }
        return List.copyOf(shown);
    }

    /** All outputs, those that people look for before the rest. */
    static List<Column> shownFirst(TableSheet sheet) {
        List<Column> outputs = new ArrayList<>(shown(sheet));
        sheet.outputs().stream().filter(column -> !outputs.contains(column)).forEach(outputs::add);
        return outputs;
    }

    /** An input that fits anything is no condition, unless it was one. */
    private static List<Column> conditions(TableSheet sheet, Row row, Optional<Row> was) {
        return sheet.inputs().stream()
                .filter(column -> !row.cell(column).isAny()
                        || was.map(old -> !old.cell(column).isAny()).orElse(false))
                .toList();
    }

    private static List<Part> parts(
            TableSheet sheet, Row row, Optional<TableSheet> before, Optional<Row> was, List<Column> columns) {
        return columns.stream()
                .map(column -> new Part(
                        column.label(),
                        CellWords.words(sheet, row, column),
                        before.flatMap(live -> live.column(column.key()).flatMap(old -> was.filter(
                                                one -> !one.cell(old).equals(row.cell(column)))
                                        .map(one -> CellWords.words(live, one, old))))
                                .orElse("")))
                .toList();
    }
}
