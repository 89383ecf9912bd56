package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineClockTest {

    private final Clock clock = EngineClock.utc();

    @AfterEach
    void letTimeRun() {
        ClockUtil.reset();
    }

    @Test
    void tellsTheTimeThatTheEngineHas() {
        Instant moved = Instant.parse("2031-03-30T01:30:00Z");
        ClockUtil.setCurrentTime(Date.from(moved));

        assertThat(clock.instant()).isEqualTo(moved);
    }

    @Test
    void tellsItInUtc() {
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
