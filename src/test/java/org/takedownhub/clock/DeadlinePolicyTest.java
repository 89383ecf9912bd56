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
            "legalReference", "Regulation (EU) 2021/784 Art. 3(3)",
            "unverified", "the pause");

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
                        "the pause",
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

    @Test
    void takesARuleOfAnOlderTableForUnverified() {
        Map<String, Object> outputs = new HashMap<>(OUTPUTS);
        outputs.remove("unverified");

        assertThat(DeadlinePolicy.fromDecision(QUESTION, outputs, 3).unverified())
                .contains("nobody has said");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GIVEN           | PT48H | CLOCK_HOURS  | 48 hours beginning with the time given",
                "RECEIVED        | PT1H  | CLOCK_HOURS  | 1 hour beginning with the time received",
                "ISSUED          | PT90M | CLOCK_HOURS  | 90 minutes beginning with the time issued",
                "ACKNOWLEDGED    | PT24H | CLOCK_HOURS  | 24 hours beginning with the time acknowledged",
                "DAY_AFTER_GIVEN | P2D   | WORKING_DAYS | 2 working days after the day given, not counting bank holidays of any part of the United Kingdom",
                "DAY_AFTER_GIVEN | P1D   | WORKING_DAYS | 1 working day after the day given, not counting bank holidays of any part of the United Kingdom",
                "GIVEN           | PT24H | NONE         | no period in law; the hub looks again 24 hours after the time given",
            })
    void saysTheRuleInWords(String start, String period, String unit, String words) {
        Map<String, Object> outputs = new HashMap<>(OUTPUTS);
        outputs.putAll(Map.of("startEvent", start, "period", period, "unit", unit));

        assertThat(DeadlinePolicy.fromDecision(QUESTION, outputs, 3).inWords()).isEqualTo(words);
    }
}
