package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

class DeadlinePolicyTest {

    private static final DeadlineQuestion QUESTION =
            new DeadlineQuestion(Instrument.TCO_ORDER, Category.TERRORISM, false);
    private static final Map<String, Object> OUTPUTS = Map.of(
            "policyCode", "tco-order",
            "startEvent", "RECEIVED",
            "period", "PT1H",
            "unit", "CLOCK_HOURS",
            "pauseRule", "RESTART",
            "reminderShare", 0.5,
            "legalReference", "Regulation (EU) 2021/784 Art. 3(3)");

    @Test
    void readsTheOutputsOfTheTable() {
        assertThat(DeadlinePolicy.fromDecision(QUESTION, OUTPUTS, 3))
                .isEqualTo(new DeadlinePolicy(
                        "tco-order",
                        Instrument.TCO_ORDER,
                        StartEvent.RECEIVED,
                        Duration.ofHours(1),
                        PeriodUnit.CLOCK_HOURS,
                        PauseRule.RESTART,
                        0.5,
                        "Regulation (EU) 2021/784 Art. 3(3)",
                        3));
    }

    @ParameterizedTest
    @CsvSource({
        "policyCode,     '',            policyCode",
        "startEvent,     LATER,         startEvent",
        "period,         one hour,      cannot be parsed",
        "period,         PT0S,          longer than zero",
        "period,         PT-1H,         longer than zero",
        "unit,           HOURS,         unit",
        "unit,           WORKING_DAYS,  whole days",
        "pauseRule,      MAYBE,         pauseRule",
        "reminderShare,  half,          reminderShare",
        "legalReference, ' ',           legalReference",
    })
    void namesTheOutputThatIsImpossible(String output, String value, String message) {
        Map<String, Object> outputs = new HashMap<>(OUTPUTS);
        outputs.put(output, value);

        assertThatThrownBy(() -> DeadlinePolicy.fromDecision(QUESTION, outputs, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Version 3 of the table removal-deadline")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAReminderAtOrAfterTheEnd() {
        Map<String, Object> outputs = new HashMap<>(OUTPUTS);
        outputs.put("reminderShare", 1.0);

        assertThatThrownBy(() -> DeadlinePolicy.fromDecision(QUESTION, outputs, 3))
                .hasMessageContaining("less than 1");
    }
}
