package org.takedownhub.modelling.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rule of a table.
 *
 * @param id     of the rule in the file
 * @param cells  by {@link Column#key()}
 * @param source why it is so: the law, the code or the policy it comes from
 */
public record Row(String id, Map<String, Cell> cells, String source) {

    public Row {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    public Cell cell(Column column) {
        return cells.getOrDefault(column.key(), Cell.ANY);
    }

    public Row with(Column column, Cell cell) {
        Map<String, Cell> changed = new LinkedHashMap<>(cells);
        changed.put(column.key(), cell);
        return new Row(id, changed, source);
    }

    public Row withSource(String text) {
        return new Row(id, cells, text);
    }

    public Row withId(String other) {
        return new Row(other, cells, source);
    }
}
