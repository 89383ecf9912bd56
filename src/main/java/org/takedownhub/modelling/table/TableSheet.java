package org.takedownhub.modelling.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A decision table as people work on it.
 *
 * @param table     its id, which is the file's name without the ending
 * @param name      as people call it
 * @param purpose   what it decides, as a sentence; may be empty
 * @param hitPolicy of the file, such as {@code UNIQUE}
 * @param columns   inputs first
 */
public record TableSheet(
        String table, String name, String purpose, String hitPolicy, List<Column> columns, List<Row> rows) {

    public TableSheet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public String file() {
        return table + ".dmn";
    }

    /** Whether the order of the rows decides anything. */
    public boolean ordered() {
        return !hitPolicy.equals("UNIQUE") && !hitPolicy.equals("ANY");
    }

    public List<Column> inputs() {
        return columns.stream().filter(Column::input).toList();
    }

    public List<Column> outputs() {
        return columns.stream().filter(column -> !column.input()).toList();
    }

    public Optional<Column> column(String key) {
        return columns.stream().filter(column -> column.key().equals(key)).findFirst();
    }

    public Optional<Row> row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    public TableSheet withRows(List<Row> others) {
        return new TableSheet(table, name, purpose, hitPolicy, columns, others);
    }

    /** With this row in the place of the one with its id, or as the last where there is none. */
    public TableSheet with(Row row) {
        return row(row.id()).isPresent()
                ? withRows(rows.stream()
                        .map(each -> each.id().equals(row.id()) ? row : each)
                        .toList())
                : withRows(Stream.concat(rows.stream(), Stream.of(row)).toList());
    }

    public TableSheet without(String rowId) {
        return withRows(rows.stream().filter(row -> !row.id().equals(rowId)).toList());
    }

    /** With a new row right behind another. */
    public TableSheet withAfter(String rowId, Row added) {
        List<Row> others = new ArrayList<>(rows);
        int place = place(rowId);
        others.add(place < 0 ? others.size() : place + 1, added);
        return withRows(others);
    }

    /** With a row one place up (-1) or down (1); the same where there is no such place. */
    public TableSheet moved(String rowId, int by) {
        int from = place(rowId);
        int to = from + by;
        if (from < 0 || to < 0 || to >= rows.size()) {
            return this;
        }
        List<Row> others = new ArrayList<>(rows);
        others.add(to, others.remove(from));
        return withRows(others);
    }

    private int place(String rowId) {
        return rows.stream().map(Row::id).toList().indexOf(rowId);
    }
}
