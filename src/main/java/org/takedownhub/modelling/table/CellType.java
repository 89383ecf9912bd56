package org.takedownhub.modelling.table;

/** What a column of a table holds. */
public enum CellType {
    /** One of some values; an input may name several, or all but some. */
    CHOICE,
    /** Some of some values, the first the best; the file parts them by commas. */
    ORDERED_CHOICES,
    YES_NO,
    /** A length of time; ISO 8601 in the file. */
    PERIOD,
    NUMBER,
    /** A part of a whole: 0 to 1 in the file, per cent on the page. */
    SHARE,
    /** A day in the United Kingdom, as {@code 2026-04-29}; an input compares with it. */
    DATE,
    TEXT,
    LEGAL_REFERENCE
}
