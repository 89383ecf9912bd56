package org.takedownhub.deconfliction;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Codes and instants in words; instants on the clock in London and in UTC. */
final class Words {

    private static final DateTimeFormatter LONDON =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.UK).withZone(ZoneId.of("UTC"));

    private Words() {}

    static String at(Optional<Instant> instant) {
        return instant.map(at -> LONDON.format(at) + " in London, " + UTC.format(at))
                .orElse("not yet");
    }

    static String of(Enum<?> code) {
        String words = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
