package org.takedownhub.modelling.table;

import java.util.List;
import java.util.Set;

/**
 * What one cell says.
 *
 * @param values one for {@link Is#ONE_OF} in outputs and for comparisons, two for {@link Is#BETWEEN}, none for
 *               {@link Is#ANY}, the whole text for {@link Is#OTHER}
 */
public record Cell(Is is, List<String> values) {

    public static final Cell ANY = new Cell(Is.ANY, List.of());

    public enum Is {
        /** An input that fits whatever comes; an output that says nothing. */
        ANY,
        ONE_OF,
        NONE_OF,
        /** This or more. */
        FROM,
        MORE_THAN,
        /** This or less. */
        UP_TO,
        LESS_THAN,
        /** Both ends belong to it. */
        BETWEEN,
        /** An expression that this sheet has no words for; kept as it is. */
        OTHER
    }

    public Cell {
        values = List.copyOf(values);
    }

    public static Cell of(String... values) {
        return new Cell(Is.ONE_OF, List.of(values));
    }

    public static Cell noneOf(String... values) {
        return new Cell(Is.NONE_OF, List.of(values));
    }

    /** Whether it says the same: the order of values that any of them fits decides nothing. */
    public boolean saysWhat(Cell other) {
        return is == other.is
                && (is == Is.BETWEEN
                        ? values.equals(other.values)
                        : values.size() == other.values.size()
                                && Set.copyOf(values).equals(Set.copyOf(other.values)));
    }

    public boolean isAny() {
        return is == Is.ANY;
    }

    /** The one value, or an empty text. */
    public String value() {
        return values.size() == 1 ? values.get(0) : "";
    }
}
