package org.takedownhub.modelling.table;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Lengths of time as people say them, and as files have them. Months are no length: they differ. */
public final class Periods {

    private Periods() {}

    public enum Unit {
        MINUTES("minutes"),
        HOURS("hours"),
        DAYS("days");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** @param number of units; not negative */
    public record Length(long number, Unit unit) {

        /** As the file has it: {@code PT24H}, {@code P2D}. */
        public String iso() {
            return switch (unit) {
                case MINUTES -> "PT" + number + "M";
                case HOURS -> "PT" + number + "H";
                case DAYS -> "P" + number + "D";
            };
        }

        public String inWords() {
            return number + " "
                    + (number == 1 ? unit.label().substring(0, unit.label().length() - 1) : unit.label());
        }
    }

    /** Empty for what is no length of time, or for one that is no whole number of minutes. */
    public static Optional<Length> read(String iso) {
        try {
            Duration length = Duration.parse(iso);
            if (length.isNegative() || !length.equals(Duration.ofMinutes(length.toMinutes()))) {
                return Optional.empty();
            }
            if (!iso.contains("T")) {
                return Optional.of(new Length(length.toDays(), Unit.DAYS));
            }
            return Optional.of(
                    length.toMinutesPart() == 0
                            ? new Length(length.toHours(), Unit.HOURS)
                            : new Length(length.toMinutes(), Unit.MINUTES));
        } catch (DateTimeException | ArithmeticException none) {
            return Optional.empty();
        }
    }

    /** The length in the largest unit that it is a whole number of; up to three days in hours. */
    static String words(Duration length) {
        if (length.toHours() > 72 && length.equals(Duration.ofDays(length.toDays()))) {
            return new Length(length.toDays(), Unit.DAYS).inWords();
        }
        return read(length.toString()).map(Length::inWords).orElse(length.toString());
    }
}
