package org.takedownhub.clock;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.takedownhub.clock.BankHolidays.Part;

class BankHolidaysTest {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    /** The days as published by the government for these years. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENGLAND_AND_WALES | 1999 | 1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec, 31 Dec",
                "ENGLAND_AND_WALES | 2002 | 1 Jan, 29 Mar, 1 Apr, 6 May, 3 Jun, 4 Jun, 26 Aug, 25 Dec, 26 Dec",
                "ENGLAND_AND_WALES | 2011 | 3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
                "ENGLAND_AND_WALES | 2012 | 2 Jan, 6 Apr, 9 Apr, 7 May, 4 Jun, 5 Jun, 27 Aug, 25 Dec, 26 Dec",
                "ENGLAND_AND_WALES | 2020 | 1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
                "ENGLAND_AND_WALES | 2021 | 1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
                "ENGLAND_AND_WALES | 2022 | 3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sept, 26 Dec, 27 Dec",
                "ENGLAND_AND_WALES | 2023 | 2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
                "ENGLAND_AND_WALES | 2026 | 1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
                "SCOTLAND          | 2021 | 1 Jan, 4 Jan, 2 Apr, 3 May, 31 May, 2 Aug, 30 Nov, 27 Dec, 28 Dec",
                "SCOTLAND          | 2022 | 3 Jan, 4 Jan, 15 Apr, 2 May, 2 Jun, 3 Jun, 1 Aug, 19 Sept, 30 Nov, 26 Dec, 27 Dec",
                "SCOTLAND          | 2023 | 2 Jan, 3 Jan, 7 Apr, 1 May, 8 May, 29 May, 7 Aug, 30 Nov, 25 Dec, 26 Dec",
                "SCOTLAND          | 2024 | 1 Jan, 2 Jan, 29 Mar, 6 May, 27 May, 5 Aug, 2 Dec, 25 Dec, 26 Dec",
                "SCOTLAND          | 2026 | 1 Jan, 2 Jan, 3 Apr, 4 May, 25 May, 15 Jun, 3 Aug, 30 Nov, 25 Dec, 28 Dec",
                "NORTHERN_IRELAND  | 2024 | 1 Jan, 18 Mar, 29 Mar, 1 Apr, 6 May, 27 May, 12 Jul, 26 Aug, 25 Dec, 26 Dec",
                "NORTHERN_IRELAND  | 2025 | 1 Jan, 17 Mar, 18 Apr, 21 Apr, 5 May, 26 May, 14 Jul, 25 Aug, 25 Dec, 26 Dec",
                "NORTHERN_IRELAND  | 2026 | 1 Jan, 17 Mar, 3 Apr, 6 Apr, 4 May, 25 May, 13 Jul, 31 Aug, 25 Dec, 28 Dec",
            })
    void knowsThePublishedDays(Part part, int year, String days) {
        assertThat(BankHolidays.in(part, year).stream().map(SHORT::format).collect(joining(", ")))
                .isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({
        "1999-04-04",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2019-04-21",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2035-03-25",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2100-03-28"
    })
    void keepsGoodFridayEverywhereAndEasterMondayOutsideScotland(LocalDate easter) {
        assertThat(BankHolidays.inAll(easter.getYear()))
                .containsEntry(easter.minusDays(2), List.of(Part.values()))
                .containsEntry(easter.plusDays(1), List.of(Part.ENGLAND_AND_WALES, Part.NORTHERN_IRELAND));
    }

    @ParameterizedTest
    @EnumSource
    void neverFallsOnAWeekendAndLosesNoDayToOne(Part part) {
        int usual =
                switch (part) {
                    case ENGLAND_AND_WALES -> 8;
                    case SCOTLAND -> 9;
                    case NORTHERN_IRELAND -> 10;
                };
        IntStream.rangeClosed(2027, 2150).forEach(year -> assertThat(BankHolidays.in(part, year))
                .as("%s %d", part, year)
                .hasSize(usual)
                .allMatch(day -> day.getYear() == year)
                .noneMatch(BankHolidays::isWeekend));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02, Scotland",
        "2026-03-17, Northern Ireland",
        "2026-04-06, not Scotland",
        "2026-06-15, Scotland once",
        "2026-07-13, Northern Ireland",
        "2026-08-03, Scotland",
        "2026-08-31, not Scotland",
        "2026-11-30, Scotland"
    })
    void countsAHolidayOfOneNationOnly(LocalDate day, String where) {
        BankHolidays holidays = new BankHolidays(List.of());

        assertThat(holidays.isInAnyPart(day)).as(where).isTrue();
        assertThat(Arrays.stream(Part.values())
                        .filter(part -> BankHolidays.in(part, 2026).contains(day))
                        .count())
                .as(where)
                .isBetween(1L, 2L);
    }

    @Test
    void takesDaysProclaimedLater() {
        LocalDate day = LocalDate.of(2031, 7, 2);

        assertThat(new BankHolidays(List.of()).isInAnyPart(day)).isFalse();
        assertThat(new BankHolidays(List.of(day)).isInAnyPart(day)).isTrue();
    }

    @Test
    void knowsNoHolidayOnAnOrdinaryDay() {
        assertThat(new BankHolidays(List.of()).isInAnyPart(MonthDay.of(7, 13).atYear(2027)))
                .isFalse();
    }
}
