package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {

    private final WorkingDays workingDays = new WorkingDays(new BankHolidays(List.of()));

    @ParameterizedTest
    @CsvSource({
        "Monday,                         2026-11-16, 2026-11-18",
        "Friday,                         2026-11-20, 2026-11-24",
        "Saturday,                       2026-11-21, 2026-11-24",
        "Sunday,                         2026-11-22, 2026-11-24",
        "before St Andrew's Day,         2026-11-27, 2026-12-02",
        "before Easter,                  2026-04-02, 2026-04-08",
        "before 12 July on a Sunday,     2026-07-10, 2026-07-15",
        "before Scotland's 2 January,    2024-12-31, 2025-01-06",
        "before St Patrick's Day,        2026-03-16, 2026-03-19",
        "Christmas on a Saturday,        2021-12-24, 2021-12-30",
        "Christmas on a Sunday,          2022-12-23, 2022-12-29",
        "Boxing Day on a Saturday,       2026-12-24, 2026-12-30",
        "over the turn of the year,      2021-12-31, 2022-01-06",
        "World Cup holiday in Scotland,  2026-06-12, 2026-06-17",
        "coronation,                     2023-05-05, 2023-05-10",
    })
    void countsTwoWorkingDaysAfterTheDay(String what, LocalDate given, LocalDate last) {
        assertThat(workingDays.lastOf(2, given)).as(what).isEqualTo(last);
    }
}
