package org.takedownhub.clock;

import static java.time.DayOfWeek.MONDAY;
import static java.time.Month.APRIL;
import static java.time.Month.AUGUST;
import static java.time.Month.DECEMBER;
import static java.time.Month.JANUARY;
import static java.time.Month.JULY;
import static java.time.Month.JUNE;
import static java.time.Month.MARCH;
import static java.time.Month.MAY;
import static java.time.Month.NOVEMBER;
import static java.time.Month.SEPTEMBER;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Bank holidays of the parts of the United Kingdom, computed for any year under the rules in force since 2007.
 *
 * <p>Rules: Banking and Financial Dealings Act 1971, section 1 and schedule 1; the yearly proclamations under section
 * 1(3), which add New Year's Day and the first Monday in May to England, Wales and Northern Ireland, the last Monday in
 * May and 26 December to Scotland, 12 July to Northern Ireland, and a weekday in place of each that falls on a weekend;
 * St Andrew's Day Bank Holiday (Scotland) Act 2007. Good Friday and Christmas Day are holidays everywhere. Days
 * proclaimed or moved once are listed here; later ones come from the settings.
 */
public final class BankHolidays {

    /** The parts with bank holidays of their own. */
    public enum Part {
        ENGLAND_AND_WALES,
        SCOTLAND,
        NORTHERN_IRELAND
    }

    /** Proclaimed once for the whole kingdom. */
    private static final Set<LocalDate> ONCE_EVERYWHERE = Set.of(
            LocalDate.of(1999, DECEMBER, 31), // millennium
            LocalDate.of(2002, JUNE, 3), // golden jubilee
            LocalDate.of(2011, APRIL, 29), // royal wedding
            LocalDate.of(2012, JUNE, 5), // diamond jubilee
            LocalDate.of(2022, JUNE, 3), // platinum jubilee
            LocalDate.of(2022, SEPTEMBER, 19), // state funeral of Queen Elizabeth II
            LocalDate.of(2023, MAY, 8)); // coronation of King Charles III

    /** Proclaimed once for one part. */
    private static final Map<LocalDate, Part> ONCE_IN_ONE_PART =
            Map.of(LocalDate.of(2026, JUNE, 15), Part.SCOTLAND); // football World Cup, proclamation of 3 February 2026

    /** Years in which the day in early May, or the one in late May, was held on another day. */
    private static final Map<Integer, LocalDate> EARLY_MAY_MOVED =
            Map.of(1995, LocalDate.of(1995, MAY, 8), 2020, LocalDate.of(2020, MAY, 8)); // Victory in Europe

    private static final Map<Integer, LocalDate> LATE_MAY_MOVED = Map.of(
            2002, LocalDate.of(2002, JUNE, 4), 2012, LocalDate.of(2012, JUNE, 4), 2022, LocalDate.of(2022, JUNE, 2));

    private final Set<LocalDate> proclaimedLater;

    /** @param proclaimedLater days proclaimed since this program was built, in whatever part */
    public BankHolidays(Collection<LocalDate> proclaimedLater) {
        this.proclaimedLater = Set.copyOf(proclaimedLater);
    }

    /** Whether the day is a bank holiday in at least one part. */
    public boolean isInAnyPart(LocalDate day) {
        return proclaimedLater.contains(day)
                || Arrays.stream(Part.values())
                        .anyMatch(part -> in(part, day.getYear()).contains(day));
    }

    /** The days of one part in a year, earliest first; never a Saturday or Sunday, because a weekday takes their place. */
    public static SortedSet<LocalDate> in(Part part, int year) {
        SortedSet<LocalDate> days = new TreeSet<>();
        LocalDate easter = easterSunday(year);
        days.add(easter.minusDays(2));
        days.add(EARLY_MAY_MOVED.getOrDefault(year, first(MONDAY, year, MAY)));
        days.add(LATE_MAY_MOVED.getOrDefault(year, last(MONDAY, year, MAY)));
        days.addAll(onWeekdays(LocalDate.of(year, DECEMBER, 25), LocalDate.of(year, DECEMBER, 26)));
        ONCE_EVERYWHERE.stream().filter(day -> day.getYear() == year).forEach(days::add);
        ONCE_IN_ONE_PART.forEach((day, where) -> {
            if (where == part && day.getYear() == year) {
                days.add(day);
            }
        });
        LocalDate newYear = LocalDate.of(year, JANUARY, 1);
        switch (part) {
            case ENGLAND_AND_WALES -> {
                days.addAll(onWeekdays(newYear));
                days.add(easter.plusDays(1));
                days.add(last(MONDAY, year, AUGUST));
            }
            case SCOTLAND -> {
                days.addAll(onWeekdays(newYear, newYear.plusDays(1)));
                days.add(first(MONDAY, year, AUGUST));
                days.addAll(onWeekdays(LocalDate.of(year, NOVEMBER, 30)));
            }
            case NORTHERN_IRELAND -> {
                days.addAll(onWeekdays(newYear));
                days.addAll(onWeekdays(LocalDate.of(year, MARCH, 17)));
                days.add(easter.plusDays(1));
                days.addAll(onWeekdays(LocalDate.of(year, JULY, 12)));
                days.add(last(MONDAY, year, AUGUST));
            }
        }
        return days;
    }

    static boolean isWeekend(LocalDate day) {
        return EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek());
    }

    /** Each day itself, or for one on a weekend the next weekday that none of them has taken. */
    private static Set<LocalDate> onWeekdays(LocalDate... days) {
        List<LocalDate> onWeekend =
                Arrays.stream(days).filter(BankHolidays::isWeekend).toList();
        Set<LocalDate> taken =
                Arrays.stream(days).filter(day -> !isWeekend(day)).collect(Collectors.toCollection(TreeSet::new));
        for (LocalDate day : onWeekend) {
            LocalDate substitute = day;
            while (isWeekend(substitute) || taken.contains(substitute)) {
                substitute = substitute.plusDays(1);
            }
            taken.add(substitute);
        }
        return taken;
    }

    /** The Gregorian computus in the form of Meeus, Jones and Butcher, which needs no table and no exception. */
    static LocalDate easterSunday(int year) {
        int goldenCycle = Math.floorMod(year, 19);
        int century = Math.floorDiv(year, 100);
        int yearOfCentury = Math.floorMod(year, 100);
        int moonCorrection = Math.floorDiv(century - Math.floorDiv(century + 8, 25) + 1, 3);
        int fullMoon = Math.floorMod(19 * goldenCycle + century - century / 4 - moonCorrection + 15, 30);
        int toSunday =
                Math.floorMod(32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - fullMoon - yearOfCentury % 4, 7);
        int lateMoon = (goldenCycle + 11 * fullMoon + 22 * toSunday) / 451;
        int dayOfMarch = fullMoon + toSunday - 7 * lateMoon + 22;
        return LocalDate.of(year, MARCH, 1).plusDays(dayOfMarch - 1L);
    }

    private static LocalDate first(DayOfWeek dayOfWeek, int year, Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.firstInMonth(dayOfWeek));
    }

    private static LocalDate last(DayOfWeek dayOfWeek, int year, Month month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(dayOfWeek));
    }
}
