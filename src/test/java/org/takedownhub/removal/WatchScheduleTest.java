package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.clock.ClockSpeed;

class WatchScheduleTest {

    private static final Instant SENT = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant DUE = SENT.plus(Duration.ofHours(24));
    private static final Duration GAP = Duration.ofMinutes(5);

    private final WatchSettings settings =
            new WatchSettings(Duration.ofMinutes(1), Duration.ofMinutes(30), 0.05, Duration.ofMinutes(15), 40);
    private final WatchSchedule schedule = new WatchSchedule(settings, GAP, ClockSpeed.REAL);

    @ParameterizedTest
    @CsvSource({
        "PT0S,     PT1M", // just sent
        "PT10M,    PT1M",
        "PT1H,     PT3M",
        "PT12H,    PT30M", // half time
        "PT22H,    PT6M",
        "PT23H50M, PT1M", // just before the deadline
        "PT24H,    PT15M", // overdue, however long
        "PT240H,   PT15M"
    })
    void looksOftenAtBothEndsAndSeldomBetween(Duration passed, Duration interval) {
        Instant now = SENT.plus(passed);

        assertThat(Duration.between(now, schedule.next(now, SENT, Optional.of(DUE), false, 0, 0)))
                .isEqualTo(interval);
    }

    @Test
    void looksAtTheLongestIntervalWhenNoDeadlineRuns() {
        Instant now = SENT.plus(Duration.ofDays(3));

        assertThat(schedule.next(now, SENT, Optional.empty(), false, 0, 0)).isEqualTo(now.plus(Duration.ofMinutes(30)));
    }

    @Test
    void confirmsAfterTheGap() {
        assertThat(schedule.next(SENT, SENT, Optional.of(DUE), true, 0, 0)).isEqualTo(SENT.plus(GAP));
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "5, PT16M", "6, PT30M", "100, PT30M"})
    void asksAPlatformThatCannotTellLessAndLessOften(int unknown, Duration interval) {
        assertThat(schedule.next(SENT, SENT, Optional.of(DUE), false, unknown, 0))
                .isEqualTo(SENT.plus(interval));
    }

    @Test
    void jitterOnlyEverAdds() {
        assertThat(schedule.next(SENT, SENT, Optional.of(DUE), true, 0, 1)).isEqualTo(SENT.plusSeconds(330));
    }

    @Test
    void neverLooksMoreOftenThanOnceASecondHoweverFastTheClock() {
        WatchSchedule fast = new WatchSchedule(settings, GAP, new ClockSpeed(720));
        Instant due = SENT.plusSeconds(120);

        assertThat(fast.next(SENT, SENT, Optional.of(due), false, 0, 0)).isEqualTo(SENT.plusSeconds(1));
        assertThat(fast.next(SENT.plusSeconds(60), SENT, Optional.of(due), false, 0, 0))
                .isEqualTo(SENT.plusSeconds(60).plusMillis(2500));
        assertThat(fast.next(SENT, SENT, Optional.of(due), true, 0, 0)).isEqualTo(SENT.plusSeconds(1));
    }
}
