package org.takedownhub.clock;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Bank holidays of the parts of the United Kingdom, Good Friday and Christmas Day among them, each on the weekday on
 * which it is kept.
 *
 * <p>The days are those of the calendars of the library Jollyday, which follow <a
 * href="https://www.gov.uk/bank-holidays">the government's list</a>. What they lack is added below with its source, and
 * days proclaimed since this program was built come from the settings.
 */
public final class BankHolidays {

    /** The parts with bank holidays of their own. */
    public enum Part {
        ENGLAND_AND_WALES("eng", "wls"),
        SCOTLAND("sct"),
        NORTHERN_IRELAND("nir");

        private final List<String> calendars;

        Part(String... calendars) {
            this.calendars = List.of(calendars);
        }
    }

    private static final HolidayManager CALENDARS =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.UNITED_KINGDOM));

    /**
     * Days that the library lacks, in all parts. Millennium: proclamation of 1999 under the Banking and Financial
     * Dealings Act 1971 s.1(3). Golden jubilee: the late May holiday of 2002 was held on 4 June, with an additional one
     * on 3 June.
     */
    private static final Set<LocalDate> ADDED = Set.of(
            LocalDate.of(1999, Month.DECEMBER, 31),
            LocalDate.of(2002, Month.JUNE, 3),
            LocalDate.of(2002, Month.JUNE, 4));

    /** Days that the library has and that were held on another day: the late May holiday of 2002. */
    private static final Set<LocalDate> MOVED_AWAY = Set.of(LocalDate.of(2002, Month.MAY, 27));

    private final Set<LocalDate> proclaimedLater;
    private final ConcurrentMap<Integer, Set<LocalDate>> anywhere = new ConcurrentHashMap<>();

    /** @param proclaimedLater days proclaimed since this program was built, in whatever part */
    public BankHolidays(Collection<LocalDate> proclaimedLater) {
        this.proclaimedLater = Set.copyOf(proclaimedLater);
    }

    /** Whether the day is a bank holiday in at least one part. */
    public boolean isInAnyPart(LocalDate day) {
        return proclaimedLater.contains(day)
                || anywhere.computeIfAbsent(day.getYear(), BankHolidays::inAnyPart)
                        .contains(day);
    }

    /** The days of one part in a year, earliest first; never a Saturday or Sunday, because a weekday takes their place. */
    public static SortedSet<LocalDate> in(Part part, int year) {
        SortedSet<LocalDate> days = part.calendars.stream()
                .flatMap(calendar -> CALENDARS.getHolidays(Year.of(year), calendar).stream())
                .map(Holiday::getDate)
                .filter(day -> !MOVED_AWAY.contains(day))
                .collect(Collectors.toCollection(TreeSet::new));
        ADDED.stream().filter(day -> day.getYear() == year).forEach(days::add);
        return days;
    }

    /** The union of the parts in a year, by day, with the parts that keep it. */
    public static Map<LocalDate, List<Part>> inAll(int year) {
        return Arrays.stream(Part.values())
                .flatMap(part -> in(part, year).stream().map(day -> Map.entry(day, part)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        java.util.TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static Set<LocalDate> inAnyPart(int year) {
        return Set.copyOf(inAll(year).keySet());
    }
}
