package org.takedownhub.clock;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours in which somebody can be reached, such as {@code Mo-Fr 09:00-17:30; Sa 10:00-14:00}: days or ranges of days,
 * then the time from which and up to which (first instant closed), by the clocks on the wall of a time zone. This is the
 * weekly part of what OpenStreetMap writes as {@code opening_hours}. Holidays are not known to it.
 */
public final class OfficeHours {

    private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
    private static final String DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)";
    private static final Pattern SPAN = Pattern.compile("(" + DAY + "(?:-" + DAY + ")?(?:," + DAY + "(?:-" + DAY
            + ")?)*) ([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])");

    private final List<Span> spans;
    private final ZoneId zone;

    private OfficeHours(List<Span> spans, ZoneId zone) {
        this.spans = spans;
        this.zone = zone;
    }

    /** @param to midnight stands for the end of the day */
    private record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        boolean contains(ZonedDateTime now) {
            LocalTime time = now.toLocalTime();
            return days.contains(now.getDayOfWeek())
                    && !time.isBefore(from)
                    && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
        }
    }

    /**
     * Reads the hours.
     *
     * @param zone of the IANA database, such as {@code Europe/Dublin}
     * @throws IllegalArgumentException the text is no such hours, or the zone unknown; the message says what would be
     */
    public static OfficeHours parse(String hours, String zone) {
        List<Span> spans = new ArrayList<>();
        for (String part : hours.split(";")) {
            Matcher span = SPAN.matcher(part.strip());
            if (!span.matches()) {
                throw new IllegalArgumentException(
                        "must read like Mo-Fr 09:00-17:30; Sa 10:00-14:00, in the time zone given");
            }
            spans.add(span(span.group(1), time(span.group(2)), time(span.group(3))));
        }
        return new OfficeHours(List.copyOf(spans), zone(zone));
    }

    /** @throws IllegalArgumentException nobody knows the zone */
    public static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("must be a time zone such as Europe/London");
        }
        return ZoneId.of(name);
    }

    public boolean openAt(Instant instant) {
        ZonedDateTime now = instant.atZone(zone);
        return spans.stream().anyMatch(span -> span.contains(now));
    }

    private static Span span(String days, LocalTime from, LocalTime to) {
        if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "must end after they begin: write a night as two spans, such as Mo 22:00-00:00; Tu 00:00-06:00");
        }
        Set<DayOfWeek> set = EnumSet.noneOf(DayOfWeek.class);
        for (String range : days.split(",")) {
            int first = DAYS.indexOf(range.substring(0, 2));
            int last = DAYS.indexOf(range.substring(range.length() - 2));
            for (int day = first; ; day = (day + 1) % DAYS.size()) {
                set.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return new Span(set, from, to);
    }

    private static LocalTime time(String text) {
        try {
            return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must have times from 00:00 to 24:00", e);
        }
    }
}
