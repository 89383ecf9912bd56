package org.takedownhub.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineChipTest {

    private static final Instant DUE = Instant.parse("2026-06-04T08:32:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT-42M,      Due in 42 minutes,             soon",
        "PT-1M,       Due in 1 minute,               soon",
        "PT-59S,      Due in less than a minute,     soon",
        "PT-1H,       Due in 1 hour,                 soon",
        "PT-1H-1M,    Due in 1 hour 1 minute,        calm",
        "PT-25H-10M,  Due in 1 day 1 hour,           calm",
        "PT0S,        Overdue by less than a minute, late",
        "PT1H5M,      Overdue by 1 hour 5 minutes,   late",
        "PT48H30M,    Overdue by 2 days,             late"
    })
    void saysHowLongInAtMostTwoUnits(Duration fromDue, String words, String tone) {
        DeadlineChip chip = DeadlineChip.of(DUE, DUE.plus(fromDue));

        assertThat(chip.words()).isEqualTo(words);
        assertThat(chip.tone()).isEqualTo(tone);
    }

    @Test
    void namesTheAbsoluteTimeAsInTheUnitedKingdom() {
        assertThat(DeadlineChip.of(DUE, DUE).absolute()).isEqualTo("4 June 2026 at 9:32am");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00Z, 25 October 2026 at 1:30am",
        "2026-10-25T01:30:00Z, 25 October 2026 at 1:30am",
        "2026-10-25T12:00:00Z, 25 October 2026 at 12:00pm",
        "2026-12-31T23:59:00Z, 31 December 2026 at 11:59pm",
        "2026-06-30T23:05:00Z, 1 July 2026 at 12:05am"
    })
    void followsTheClocksWhenTheyChange(Instant instant, String words) {
        assertThat(Moments.words(instant)).isEqualTo(words);
    }
}
