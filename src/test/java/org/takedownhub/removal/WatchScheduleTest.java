package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.removal.CheckTimes.Phase;
import org.takedownhub.removal.CheckTimes.Times;

class WatchScheduleTest {

    private static final Instant SENT = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant DUE = SENT.plus(Duration.ofHours(24));
    private static final Duration GAP = Duration.ofMinutes(5);

    private static final String PLATFORM = "alpha";

    private final WatchSchedule schedule = new WatchSchedule(WatchScheduleTest::usual, GAP, ClockSpeed.REAL);

    private static Times usual(Phase phase, String platform) {
        assertThat(platform).isEqualTo(PLATFORM);
        return Times.usual(phase);
    }

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

        assertThat(Duration.between(now, schedule.next(PLATFORM, now, SENT, Optional.of(DUE), false, 0, 0)))
                .isEqualTo(interval);
    }

    @Test
    void looksAtTheLongestIntervalWhenNoDeadlineRuns() {
        Instant now = SENT.plus(Duration.ofDays(3));

        assertThat(schedule.next(PLATFORM, now, SENT, Optional.empty(), false, 0, 0))
                .isEqualTo(now.plus(Duration.ofMinutes(30)));
    }

    @Test
    void confirmsAfterTheGap() {
        assertThat(schedule.next(PLATFORM, SENT, SENT, Optional.of(DUE), true, 0, 0))
                .isEqualTo(SENT.plus(GAP));
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "5, PT16M", "6, PT30M", "100, PT30M"})
    void asksAPlatformThatCannotTellLessAndLessOften(int unknown, Duration interval) {
        assertThat(schedule.next(PLATFORM, SENT, SENT, Optional.of(DUE), false, unknown, 0))
                .isEqualTo(SENT.plus(interval));
    }

    @Test
    void jitterOnlyEverAdds() {
        assertThat(schedule.next(PLATFORM, SENT, SENT, Optional.of(DUE), true, 0, 1))
                .isEqualTo(SENT.plusSeconds(330));
    }

    @Test
    void neverLooksMoreOftenThanOnceASecondHoweverFastTheClock() {
        WatchSchedule fast = new WatchSchedule(WatchScheduleTest::usual, GAP, new ClockSpeed(720));
        Instant due = SENT.plusSeconds(120);

        assertThat(fast.next(PLATFORM, SENT, SENT, Optional.of(due), false, 0, 0))
                .isEqualTo(SENT.plusSeconds(1));
        assertThat(fast.next(PLATFORM, SENT.plusSeconds(60), SENT, Optional.of(due), false, 0, 0))
                .isEqualTo(SENT.plusSeconds(60).plusMillis(2500));
        assertThat(fast.next(PLATFORM, SENT, SENT, Optional.of(due), true, 0, 0))
                .isEqualTo(SENT.plusSeconds(1));
    }

    @Test
    void asksTheTableForThePhaseItIsIn() {
        WatchSchedule own = new WatchSchedule(
                (phase, platform) -> new Times(
                        Duration.ofMinutes(phase.ordinal() + 2L),
                        Duration.ofHours(1),
                        phase == Phase.OVERDUE ? 0 : 0.01),
                GAP,
                ClockSpeed.REAL);

        assertThat(own.next(PLATFORM, SENT, SENT, Optional.empty(), false, 0, 0))
                .isEqualTo(SENT.plusSeconds(120));
        assertThat(own.next(PLATFORM, SENT, SENT, Optional.of(DUE), false, 0, 0))
                .isEqualTo(SENT.plusSeconds(180));
        assertThat(own.next(PLATFORM, DUE, SENT, Optional.of(DUE), false, 0, 0)).isEqualTo(DUE.plusSeconds(240));
        assertThat(own.soonest(PLATFORM, DUE)).isEqualTo(DUE.plusSeconds(180));
    }
}
