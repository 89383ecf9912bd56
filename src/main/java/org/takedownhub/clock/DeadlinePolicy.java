package org.takedownhub.clock;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.takedownhub.casefile.Instrument;

/**
 * How long a notice gives, from when, and who says so.
 *
 * @param code           short name of the policy
 * @param period         elapsed time, or whole days when the unit is working days; zero when there is none
 * @param reminderShare  the part of the time between start and end after which a reminder goes out, at least 0 and less
 *                       than 1; 0 for no reminder
 * @param legalReference the law, or the words that there is none
 * @param unverified     what of it nobody has checked against the law's own text; empty when all of it was
 * @param version        of the table the policy was read from
 */
public record DeadlinePolicy(
        String code,
        Instrument instrument,
        StartEvent startEvent,
        Duration period,
        PeriodUnit unit,
        PauseRule pauseRule,
        double reminderShare,
        String legalReference,
        String unverified,
        int version) {

    public DeadlinePolicy {
        if (code.isBlank() || legalReference.isBlank()) {
            throw new IllegalArgumentException("A deadline policy has a code and a legal reference");
        }
        if (period.isNegative() || period.isZero() && unit != PeriodUnit.NONE) {
            throw new IllegalArgumentException("The period of %s must be longer than zero".formatted(code));
        }
        if (unit == PeriodUnit.WORKING_DAYS && !period.equals(Duration.ofDays(period.toDays()))) {
            throw new IllegalArgumentException("The period of %s must be whole days, such as P2D".formatted(code));
        }
        if ((unit == PeriodUnit.WORKING_DAYS) != (startEvent == StartEvent.DAY_AFTER_GIVEN)) {
            throw new IllegalArgumentException(
                    "%s must pair WORKING_DAYS with DAY_AFTER_GIVEN: working days are counted from the day after"
                            .formatted(code));
        }
        if (!(reminderShare >= 0 && reminderShare < 1)) {
            throw new IllegalArgumentException(
                    "The reminder share of %s must be at least 0 and less than 1".formatted(code));
        }
    }

    /** The rule as an officer says it, such as {@code 48 hours beginning with the time given}. */
    public String inWords() {
        return switch (unit) {
            case CLOCK_HOURS -> lengthInWords() + " beginning with the time " + startEvent.participle();
            case WORKING_DAYS -> lengthInWords() + " after the day " + startEvent.participle()
                    + ", not counting bank holidays of any part of the United Kingdom";
            case NONE -> period.isZero()
                    ? "no period in law"
                    : "no period in law; the hub looks again " + lengthInWords() + " after the time "
                            + startEvent.participle();
        };
    }

    /** The period's length, such as {@code 48 hours} or {@code 2 working days}. */
    public String lengthInWords() {
        if (unit == PeriodUnit.WORKING_DAYS) {
            return count(period.toDays(), "working day");
        }
        return period.toMinutesPart() == 0 ? count(period.toHours(), "hour") : count(period.toMinutes(), "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /**
     * Reads one result of the decision {@code removal-deadline}.
     *
     * @param outputs the outputs of the one rule that matched, by name
     * @param version of the decision table
     * @throws IllegalStateException when an output is missing or impossible; the message names it and the version
     */
    public static DeadlinePolicy fromDecision(DeadlineQuestion question, Map<String, Object> outputs, int version) {
        try {
            return new DeadlinePolicy(
                    text(outputs, "policyCode"),
                    question.instrument(),
                    constant(StartEvent.class, outputs, "startEvent"),
                    duration(outputs),
                    constant(PeriodUnit.class, outputs, "unit"),
                    constant(PauseRule.class, outputs, "pauseRule"),
                    share(outputs),
                    text(outputs, "legalReference"),
                    unverified(outputs),
                    version);
        } catch (IllegalArgumentException | DateTimeException impossible) {
            throw new IllegalStateException(
                    "Version %d of the table removal-deadline gives no usable policy for %s: %s"
                            .formatted(version, question, impossible.getMessage()),
                    impossible);
        }
    }

    private static String text(Map<String, Object> outputs, String name) {
        if (outputs.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("%s must be a text".formatted(name));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Map<String, Object> outputs, String name) {
        String text = text(outputs, name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s must be one of %s".formatted(name, Arrays.toString(type.getEnumConstants()))));
    }

    private static Duration duration(Map<String, Object> outputs) {
        return outputs.get("period") == null ? Duration.ZERO : Duration.parse(text(outputs, "period"));
    }

    /** Tables from before the column have nobody's word for anything. */
    private static String unverified(Map<String, Object> outputs) {
        return outputs.containsKey("unverified")
                ? Objects.toString(outputs.get("unverified"), "").strip()
                : "nobody has said which text this was checked against";
    }

    private static double share(Map<String, Object> outputs) {
        Object share = outputs.get("reminderShare");
        if (share == null) {
            return 0;
        }
        if (share instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("reminderShare must be a number");
    }
}
