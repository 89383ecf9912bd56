package org.takedownhub.cases;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom to turn to at a platform, to be shown. The directory itself is kept elsewhere. */
public interface PlatformContacts {

    /** In the order of roles, each backup after its first. */
    List<ContactSheet> shownFor(String platform);

    /**
     * One entry, as of now. Instants are UTC.
     *
     * @param openNow         null while nobody knows the hours
     * @param verificationDue nobody has made sure of the entry for too long
     */
    record ContactSheet(
            String role,
            boolean backup,
            String name,
            String address,
            @Nullable String hours,
            @Nullable String timeZone,
            @Nullable String language,
            boolean twentyFourSeven,
            @Nullable Boolean openNow,
            @Nullable Instant verifiedAt,
            @Nullable String verifiedBy,
            boolean verificationDue) {

        private static final ZoneId LONDON = ZoneId.of("Europe/London");
        private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);

        /** When somebody can be reached, in words. */
        public String reachable() {
            String times =
                    twentyFourSeven ? "Day and night" : hours == null ? "Hours unknown" : hours + ", " + timeZone;
            return openNow == null || twentyFourSeven ? times : times + (openNow ? " (open now)" : " (closed now)");
        }

        /** Who made sure of the entry when, and whether somebody should again. */
        public String verified() {
            String words = verifiedAt == null
                    ? "Never"
                    : DAY.format(verifiedAt.atZone(LONDON)) + " by " + Objects.requireNonNullElse(verifiedBy, "?");
            return verificationDue ? words + ". Make sure that this still holds" : words;
        }
    }
}
