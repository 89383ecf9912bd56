package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeHoursTest {

    @ParameterizedTest
    @CsvSource({
        // Monday in winter and in summer: nine in Dublin is 09:00 and 08:00 UTC
        "2026-11-23T09:00:00Z,true",
        "2026-11-23T08:59:59Z,false",
        "2026-06-01T08:00:00Z,true",
        "2026-06-01T07:59:59Z,false",
        // the end is the first instant closed
        "2026-11-23T17:29:59Z,true",
        "2026-11-23T17:30:00Z,false",
        // Saturday has hours of its own, Sunday none
        "2026-11-28T10:00:00Z,true",
        "2026-11-28T14:00:00Z,false",
        "2026-11-29T12:00:00Z,false",
    })
    void goesByTheClockOnTheWallOfItsZone(Instant at, boolean open) {
        assertThat(OfficeHours.parse("Mo-Fr 09:00-17:30; Sa 10:00-14:00", "Europe/Dublin")
                        .openAt(at))
                .isEqualTo(open);
    }

    @Test
    void readsListsRangesOverTheWeekendAndTheEndOfTheDay() {
        OfficeHours hours = OfficeHours.parse("Fr-Mo,We 18:00-24:00", "UTC");

        assertThat(hours.openAt(Instant.parse("2026-11-22T23:59:59Z")))
                .as("Sunday")
                .isTrue();
        assertThat(hours.openAt(Instant.parse("2026-11-24T20:00:00Z")))
                .as("Tuesday")
                .isFalse();
        assertThat(hours.openAt(Instant.parse("2026-11-25T20:00:00Z")))
                .as("Wednesday")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "always", "Mo-Fr", "Mo 9-17", "Mo 25:00-26:00", "Mo 17:00-09:00", "Mo 09:00-09:00"})
    void refusesWhatIsNoHours(String text) {
        assertThatThrownBy(() -> OfficeHours.parse(text, "UTC")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAZoneThatNobodyKnows() {
        assertThatThrownBy(() -> OfficeHours.parse("Mo 09:00-17:00", "Mars/Olympus"))
                .hasMessageContaining("Europe/London");
    }
}
