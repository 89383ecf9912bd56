package org.takedownhub.clock;

import java.time.LocalDate;

/**
 * Working days as the Terrorism Act 2006 section 3(9) counts them: not a Saturday or Sunday, not Christmas Day or Good
 * Friday, not a bank holiday in any part of the United Kingdom.
 */
public final class WorkingDays {

    private final BankHolidays bankHolidays;

    public WorkingDays(BankHolidays bankHolidays) {
        this.bankHolidays = bankHolidays;
    }

    public boolean isWorkingDay(LocalDate day) {
        return !BankHolidays.isWeekend(day) && !bankHolidays.isInAnyPart(day);
    }

    /** The last of so many working days that follow a day; the day itself never counts. */
    public LocalDate lastOf(int workingDays, LocalDate after) {
        LocalDate day = after;
        for (int left = workingDays; left > 0; left -= isWorkingDay(day) ? 1 : 0) {
            day = day.plusDays(1);
        }
        return day;
    }
}
