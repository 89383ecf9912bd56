package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.takedownhub.clock.ClockEntry.Event.EXTENDED;
import static org.takedownhub.clock.ClockEntry.Event.MET;
import static org.takedownhub.clock.ClockEntry.Event.MISSED;
import static org.takedownhub.clock.ClockEntry.Event.PAUSED;
import static org.takedownhub.clock.ClockEntry.Event.RESTARTED;
import static org.takedownhub.clock.ClockEntry.Event.STARTED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.takedownhub.casefile.CaseReference;

class ClockFaceTest {

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final ClockRule RULE =
            new ClockRule("1 hour beginning with the time received", "Regulation (EU) 2021/784 Art. 3(3)", "");

    @Test
    void keepsEveryIntervalOfAPausedAndRestartedClock() {
        List<ClockInterval> intervals = ClockInterval.of(List.of(
                entry(STARTED, 0, 60), entry(PAUSED, 20, null), entry(RESTARTED, 50, 110), entry(MET, 70, 110)));

        assertThat(intervals)
                .containsExactly(
                        new ClockInterval(
                                at(0), Optional.of(at(20)), true, Optional.of(at(60)), STARTED, Optional.of(PAUSED)),
                        new ClockInterval(
                                at(20), Optional.of(at(50)), false, Optional.empty(), PAUSED, Optional.of(RESTARTED)),
                        new ClockInterval(
                                at(50), Optional.of(at(70)), true, Optional.of(at(110)), RESTARTED, Optional.of(MET)));
    }

    @Test
    void beginsAnotherIntervalWhenTheIssuerExtendsAndWhenAMissedClockIsExtended() {
        List<ClockInterval> intervals = ClockInterval.of(List.of(
                entry(STARTED, 0, 60), entry(EXTENDED, 30, 90), entry(MISSED, 90, 90), entry(EXTENDED, 95, 200)));

        assertThat(intervals)
                .containsExactly(
                        new ClockInterval(
                                at(0), Optional.of(at(30)), true, Optional.of(at(60)), STARTED, Optional.of(EXTENDED)),
                        new ClockInterval(
                                at(30), Optional.of(at(90)), true, Optional.of(at(90)), EXTENDED, Optional.of(MISSED)),
                        new ClockInterval(
                                at(95), Optional.empty(), true, Optional.of(at(200)), EXTENDED, Optional.empty()));
    }

    @Test
    void saysWhenItIsDueHereAndInUtcUnderWhichRuleAndWhatIsLeft() {
        ClockFace face = ClockFace.of(List.of(entry(STARTED, 0, 60))).orElseThrow();

        assertThat(face.state()).isEqualTo(ClockFace.State.RUNNING);
        assertThat(face.sentence())
                .isEqualTo(
                        "Due Wednesday 1 July 2026 at 14:00 UK time (1 July 2026 13:00 UTC): 1 hour beginning with the"
                                + " time received (Regulation (EU) 2021/784 Art. 3(3))");
        assertThat(face.timeLeft(at(15))).contains(Duration.ofMinutes(45));
        assertThat(face.timeLeft(at(75))).contains(Duration.ofMinutes(-15));
    }

    @Test
    void keepsTheRuleOfThePeriodThatIsExtended() {
        ClockFace face = ClockFace.of(List.of(entry(STARTED, 0, 60), entry(EXTENDED, 30, 90)))
                .orElseThrow();

        assertThat(face.rule()).contains(RULE);
        assertThat(face.dueAt()).contains(at(90));
    }

    @Test
    void hasNoTimeLeftWhileItStandsStillOrWhenItIsOver() {
        ClockFace stopped = ClockFace.of(List.of(entry(STARTED, 0, 60), entry(PAUSED, 20, null)))
                .orElseThrow();
        ClockFace met =
                ClockFace.of(List.of(entry(STARTED, 0, 60), entry(MET, 20, 60))).orElseThrow();

        assertThat(stopped.state()).isEqualTo(ClockFace.State.STOPPED);
        assertThat(stopped.timeLeft(at(30))).isEmpty();
        assertThat(stopped.sentence()).startsWith("The clock stands still");
        assertThat(met.timeLeft(at(30))).isEmpty();
        assertThat(met.sentence()).startsWith("Met; it was due");
    }

    @Test
    void marksWhatIsUnverified() {
        assertThat(new ClockRule("48 hours", "Some Act s.1", "whether it is in force").sentence())
                .isEqualTo("48 hours (Some Act s.1). Unverified: whether it is in force");
    }

    @Test
    void hasNoFaceBeforeItStarted() {
        assertThat(ClockFace.of(List.of())).isEmpty();
    }

    private static ClockEntry entry(ClockEntry.Event event, int minute, Integer dueMinute) {
        return new ClockEntry(
                CaseReference.of(2026, 1),
                0,
                event,
                at(minute),
                Optional.ofNullable(dueMinute).map(ClockFaceTest::at),
                Optional.empty(),
                "tco-order",
                1,
                event == STARTED || event == RESTARTED ? Optional.of(RULE) : Optional.empty(),
                "");
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}
