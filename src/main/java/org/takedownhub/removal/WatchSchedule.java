package org.takedownhub.removal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.takedownhub.clock.ClockSpeed;

/** When to look next: often just after sending and near the deadline, seldom in between, steadily when overdue. */
final class WatchSchedule {

    private static final int LONGEST_STREAK = 10;

    private final WatchSettings settings;
    private final Duration gap;
    private final ClockSpeed speed;

    WatchSchedule(WatchSettings settings, Duration confirmationGap, ClockSpeed speed) {
        this.settings = settings;
        this.gap = confirmationGap;
        this.speed = speed;
    }

    /**
     * @param sentAt     when the notice went out
     * @param dueAt      the first instant that is overdue; empty while no deadline runs
     * @param confirming the newest look wants to be confirmed
     * @param unknown    how many looks in a row, up to the newest, could not tell: a platform that does not answer is
     *                   asked less and less often
     * @param jitter     0 to 1, so that what was sent together is not looked at together for ever
     */
    Instant next(Instant now, Instant sentAt, Optional<Instant> dueAt, boolean confirming, int unknown, double jitter) {
        Duration interval = confirming ? speed.scaled(gap) : backedOff(regular(now, sentAt, dueAt), unknown);
        Duration spread = Duration.ofMillis(Math.round(interval.toMillis() * 0.1 * jitter));
        return now.plus(interval).plus(spread);
    }

    private Duration regular(Instant now, Instant sentAt, Optional<Instant> dueAt) {
        boolean overdue = dueAt.filter(due -> !now.isBefore(due)).isPresent();
        if (overdue) {
            return speed.scaled(settings.afterDeadline());
        }
        Duration passed = share(Duration.between(sentAt, now));
        Duration wanted = dueAt.map(due -> shorter(passed, share(Duration.between(now, due))))
                .orElse(passed);
        return shorter(longer(wanted, speed.scaled(settings.shortest())), speed.scaled(settings.longest()));
    }

    private Duration backedOff(Duration interval, int unknown) {
        return unknown < 2
                ? interval
                : shorter(
                        interval.multipliedBy(1L << Math.min(unknown - 1, LONGEST_STREAK)),
                        longer(interval, speed.scaled(settings.longest())));
    }

    private Duration share(Duration period) {
        return Duration.ofMillis(Math.round(period.toMillis() * settings.share()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
