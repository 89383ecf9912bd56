package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ClockSpeedTest {

    @ParameterizedTest
    @CsvSource({
        "1,      PT48H,  PT48H",
        "1,      PT0.2S, PT1S",
        "720,    PT24H,  PT2M",
        "720,    PT1H,   PT5S",
        "720,    PT5M,   PT1S",
        "1.5,    PT3H,   PT2H",
        "100000, PT72H,  PT2.592S",
        "86400,  PT1S,   PT1S",
    })
    void dividesEveryPeriodButNeverBelowASecond(double factor, Duration period, Duration scaled) {
        assertThat(new ClockSpeed(factor).scaled(period)).isEqualTo(scaled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void refusesAPeriodThatIsNone(Duration period) {
        assertThatThrownBy(() -> new ClockSpeed(720).scaled(period)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e7})
    void refusesAnImpossibleSpeed(double factor) {
        assertThatThrownBy(() -> new ClockSpeed(factor)).hasMessageContaining("takedown.clock.speed");
    }

    @Test
    void isRealUnlessToldOtherwise() {
        context().run(context -> assertThat(context.getBean(ClockSpeed.class).isReal())
                .isTrue());
    }

    @Test
    void mayDifferInTrainingOnly() {
        context()
                .withPropertyValues("takedown.clock.speed=720", "spring.profiles.active=training")
                .run(context ->
                        assertThat(context.getBean(ClockSpeed.class).factor()).isEqualTo(720));
        context().withPropertyValues("takedown.clock.speed=720").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("takedown.clock.speed is 720.0"));
    }

    @Test
    void readsProclaimedDaysFromTheSettings() {
        context()
                .withPropertyValues("takedown.clock.proclaimed-bank-holidays=2031-07-02")
                .run(context -> assertThat(context.getBean(WorkingDays.class).isWorkingDay(LocalDate.of(2031, 7, 2)))
                        .isFalse());
    }

    private static ApplicationContextRunner context() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Settings.class, ClockConfiguration.class)
                .withBean(DeadlinePolicies.class, () -> (question, version) -> {
                    throw new IllegalStateException("No table in this test");
                });
    }

    @EnableConfigurationProperties(ClockSettings.class)
    static class Settings {}
}
