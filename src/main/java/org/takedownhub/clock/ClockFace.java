package org.takedownhub.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an officer sees of a recipient's clock.
 *
 * @param state     how it stands
 * @param startedAt when the first period began, UTC
 * @param dueAt     the first instant that is overdue; empty while the clock stands still
 * @param remindAt  when a reminder goes out, if one does
 * @param rule      of the period that runs, or ran last; empty for clocks that began before rules were kept
 * @param entries   everything that happened to it, oldest first
 * @param intervals when it ran and when it stood still, oldest first
 */
public record ClockFace(
        State state,
        Instant startedAt,
        Optional<Instant> dueAt,
        Optional<Instant> remindAt,
        Optional<ClockRule> rule,
        List<ClockEntry> entries,
        List<ClockInterval> intervals) {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEEE d MMMM uuuu 'at' HH:mm", Locale.UK);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm", Locale.UK);

    /** How a clock stands. */
    public enum State {
        RUNNING,
        STOPPED,
        MET,
        MISSED
    }

    /** Reads a ledger; empty before a clock has started. */
    public static Optional<ClockFace> of(List<ClockEntry> entries) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        ClockEntry last = entries.get(entries.size() - 1);
        State state =
                switch (last.event()) {
                    case STARTED, RESTARTED, EXTENDED, REVIEWED, REPLANNED -> State.RUNNING;
                    case PAUSED -> State.STOPPED;
                    case MET -> State.MET;
                    case MISSED -> State.MISSED;
                };
        return Optional.of(new ClockFace(
                state,
                entries.get(0).at(),
                last.dueAt(),
                state == State.RUNNING ? last.remindAt() : Optional.empty(),
                entries.stream().flatMap(entry -> entry.rule().stream()).reduce((earlier, later) -> later),
                List.copyOf(entries),
                ClockInterval.of(entries)));
    }

    /** What is left at an instant, below zero when overdue; empty when no time runs. */
    public Optional<Duration> timeLeft(Instant now) {
        return state == State.RUNNING ? dueAt.map(due -> Duration.between(now, due)) : Optional.empty();
    }

    /** The due date on the wall in the United Kingdom and in UTC, with the rule and its section. */
    public String sentence() {
        String when =
                switch (state) {
                    case STOPPED -> "The clock stands still; a fresh period begins when the cause has ended";
                    case RUNNING -> dueAt.map(due -> "Due " + words(due)).orElse("Nothing is due");
                    case MET -> "Met"
                            + dueAt.map(due -> "; it was due " + words(due)).orElse("");
                    case MISSED -> "Missed"
                            + dueAt.map(due -> "; it was due " + words(due)).orElse("");
                };
        return rule.map(under -> when + ": " + under.sentence()).orElse(when);
    }

    /** {@link #sentence()} with what is left of the time at an instant. */
    public String sentence(Instant now) {
        return sentence() + timeLeft(now).map(left -> ". " + inWords(left)).orElse("") + ".";
    }

    private static String inWords(Duration left) {
        Duration distance = left.abs();
        String words = distance.toDays() > 0
                ? count(distance.toDays(), "day") + " " + count(distance.toHoursPart(), "hour")
                : distance.toHours() > 0
                        ? count(distance.toHours(), "hour") + " " + count(distance.toMinutesPart(), "minute")
                        : distance.toMinutes() > 0 ? count(distance.toMinutes(), "minute") : "less than a minute";
        return left.isNegative() || left.isZero() ? "Overdue by " + words : "Time left: " + words;
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /** An instant as local time in the United Kingdom, followed by UTC. */
    public static String words(Instant instant) {
        return LOCAL.format(instant.atZone(Deadlines.UNITED_KINGDOM)) + " UK time ("
                + UTC.format(instant.atOffset(ZoneOffset.UTC)) + " UTC)";
    }
}
