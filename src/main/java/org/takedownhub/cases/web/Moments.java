package org.takedownhub.cases.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as people in the United Kingdom read them: {@code 4 June 2026 at 9:32am}. */
final class Moments {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm", Locale.UK);

    private Moments() {}

    static String words(@Nullable Instant instant) {
        if (instant == null) {
            return "";
        }
        ZonedDateTime local = instant.atZone(LONDON);
        return DAY.format(local) + " at " + TIME.format(local) + (local.getHour() < 12 ? "am" : "pm");
    }
}
