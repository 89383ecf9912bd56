package org.takedownhub.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as people in the United Kingdom read them: {@code 4 June 2026 at 9:32am}. */
public final class Moments {

    /** Where everybody who reads our pages is. */
    public static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm", Locale.UK);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK);

    private Moments() {}

    /** In the time of the United Kingdom; empty where there is no instant. */
    public static String words(@Nullable Instant instant) {
        if (instant == null) {
            return "";
        }
        ZonedDateTime local = instant.atZone(LONDON);
        return DAY.format(local) + " at " + TIME.format(local) + (local.getHour() < 12 ? "am" : "pm");
    }

    /** The same instant in UTC, such as {@code 4 June 2026, 08:32 UTC}: beyond doubt when the clocks change. */
    public static String utc(Instant instant) {
        return UTC.format(instant.atZone(ZoneOffset.UTC));
    }
}
