package org.takedownhub.modelling.table;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One column of a table and what may stand in it.
 *
 * @param name       of the input's variable or of the output; unique among the inputs, and among the outputs
 * @param label      as people read it
 * @param typeRef    of the file, such as {@code string} or {@code boolean}
 * @param choices    for the types that choose; otherwise empty
 * @param open       values that are not among the choices are allowed as well
 * @param mayBeEmpty an input without a value fits any; an output without one says nothing
 * @param noPeriod   the word that the file has in place of a period where there is none; empty where there must be one
 * @param shortest   of a period
 * @param longest    of a period
 * @param least      of a number, or a share
 * @param most       of a number, or a share
 * @param hint       what to know before filling it in; may be empty
 */
public record Column(
        String name,
        String label,
        boolean input,
        CellType type,
        String typeRef,
        List<Choice> choices,
        boolean open,
        boolean mayBeEmpty,
        String noPeriod,
        Optional<Duration> shortest,
        Optional<Duration> longest,
        Optional<BigDecimal> least,
        Optional<BigDecimal> most,
        String hint) {

    public Column {
        choices = List.copyOf(choices);
    }

    /** Inputs and outputs may share a name; this tells them apart, in pages and in programs. */
    public String key() {
        return input ? name : "out." + name;
    }

    /** How people read a value of this column. */
    public String labelOf(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::label)
                .findFirst()
                .orElse(value);
    }

    boolean isText() {
        return typeRef.isEmpty() || typeRef.equals("string");
    }

    boolean isWholeNumber() {
        return List.of("integer", "long").contains(typeRef);
    }

    boolean isNumber() {
        return isWholeNumber() || List.of("double", "number", "decimal").contains(typeRef);
    }
}
