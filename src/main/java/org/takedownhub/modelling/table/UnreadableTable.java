package org.takedownhub.modelling.table;

/** A file that does not open as a sheet: it holds no decision table, or one with missing entries. */
public class UnreadableTable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableTable(String file, String why) {
        super(file + " does not open as a table: " + why);
    }
}
