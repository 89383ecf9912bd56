package org.takedownhub.review;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Codes and instants as officers read them. */
final class Words {

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));

    private Words() {}

    static String of(Object code) {
        return code.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String moment(Instant instant) {
        return LOCAL.format(instant) + " (UK time)";
    }
}
