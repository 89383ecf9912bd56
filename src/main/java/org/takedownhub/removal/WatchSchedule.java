package org.takedownhub.removal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.removal.CheckTimes.Phase;
import org.takedownhub.removal.CheckTimes.Times;

/** When to look next: often just after sending and near the deadline, seldom in between, steadily when overdue. */
final class WatchSchedule {

    private static final int LONGEST_STREAK = 10;

    private final CheckTimes times;
    private final Duration gap;
    private final ClockSpeed speed;

    WatchSchedule(CheckTimes times, Duration confirmationGap, ClockSpeed speed) {
        this.times = times;
        this.gap = confirmationGap;
        this.speed = speed;
    }

    /**
     * @param platform   as the table knows it
     * @param sentAt     when the notice went out
     * @param dueAt      the first instant that is overdue; empty while no deadline runs
     * @param confirming the newest look wants to be confirmed
     * @param unknown    how many looks in a row, up to the newest, could not tell: a platform that does not answer is
     *                   asked less and less often
     * @param jitter     0 to 1, so that what was sent together is not looked at together for ever
     */
    Instant next(
            String platform,
            Instant now,
            Instant sentAt,
            Optional<Instant> dueAt,
            boolean confirming,
            int unknown,
            double jitter) {
        Times at = times.at(phase(now, dueAt), platform);
        Duration interval = confirming ? speed.scaled(gap) : backedOff(regular(at, now, sentAt, dueAt), at, unknown);
        Duration spread = Duration.ofMillis(Math.round(interval.toMillis() * 0.1 * jitter));
        return now.plus(interval).plus(spread);
    }

    /** However soon a platform says to come back, it is not asked before this. */
    Instant soonest(String platform, Instant now) {
        return now.plus(speed.scaled(times.at(Phase.BEFORE_DEADLINE, platform).shortest()));
    }

    private static Phase phase(Instant now, Optional<Instant> dueAt) {
        return dueAt.map(due -> now.isBefore(due) ? Phase.BEFORE_DEADLINE : Phase.OVERDUE)
                .orElse(Phase.NO_DEADLINE);
    }

    private Duration regular(Times at, Instant now, Instant sentAt, Optional<Instant> dueAt) {
        Duration passed = share(at, Duration.between(sentAt, now));
        Duration wanted = dueAt.filter(now::isBefore)
                .map(due -> shorter(passed, share(at, Duration.between(now, due))))
                .orElse(passed);
        return shorter(longer(wanted, speed.scaled(at.shortest())), speed.scaled(at.longest()));
    }

    private Duration backedOff(Duration interval, Times at, int unknown) {
        return unknown < 2
                ? interval
                : shorter(
                        interval.multipliedBy(1L << Math.min(unknown - 1, LONGEST_STREAK)),
                        longer(interval, speed.scaled(at.longest())));
    }

    private static Duration share(Times at, Duration period) {
        return Duration.ofMillis(Math.round(period.toMillis() * at.share()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
