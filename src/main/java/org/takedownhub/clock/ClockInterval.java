package org.takedownhub.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time in which a recipient's clock ran towards one end, or stood still. Nothing is stored: intervals
 * follow from the ledger's entries.
 *
 * @param from    UTC
 * @param to      when it ended; empty while it lasts
 * @param running false while the clock stood still
 * @param dueAt   the end it ran towards; empty while it stood still
 * @param began   what began it
 * @param ended   what ended it; empty while it lasts
 */
public record ClockInterval(
        Instant from,
        Optional<Instant> to,
        boolean running,
        Optional<Instant> dueAt,
        ClockEntry.Event began,
        Optional<ClockEntry.Event> ended) {

    /** The intervals of one recipient's entries, which come oldest first. */
    static List<ClockInterval> of(List<ClockEntry> entries) {
        List<ClockInterval> intervals = new ArrayList<>();
        Optional<ClockInterval> open = Optional.empty();
        for (ClockEntry entry : entries) {
            open.map(interval -> interval.until(entry)).ifPresent(intervals::add);
            open = begunBy(entry);
        }
        open.ifPresent(intervals::add);
        return intervals;
    }

    private static Optional<ClockInterval> begunBy(ClockEntry entry) {
        boolean lasts = entry.event().runs() || entry.event() == ClockEntry.Event.PAUSED;
        return lasts
                ? Optional.of(new ClockInterval(
                        entry.at(),
                        Optional.empty(),
                        entry.event().runs(),
                        entry.dueAt(),
                        entry.event(),
                        Optional.empty()))
                : Optional.empty();
    }

    private ClockInterval until(ClockEntry entry) {
        return new ClockInterval(from, Optional.of(entry.at()), running, dueAt, began, Optional.of(entry.event()));
    }
}
