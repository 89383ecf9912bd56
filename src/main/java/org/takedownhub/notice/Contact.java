package org.takedownhub.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.takedownhub.clock.OfficeHours;

/**
 * One entry of the directory of a platform: a role, not a person.
 *
 * @param backup          the one to turn to while the first of the same role cannot be reached
 * @param address         a mail address, the address of a page, or a postal address
 * @param hours           see {@link OfficeHours}; empty when nobody has told us
 * @param timeZone        of the hours, such as {@code Europe/Dublin}; there whenever hours are
 * @param language        BCP 47, such as {@code en}
 * @param twentyFourSeven somebody is there day and night
 * @param verifiedAt      when somebody last made sure that the entry holds, UTC
 */
public record Contact(
        ContactRole role,
        boolean backup,
        String name,
        String address,
        Optional<String> hours,
        Optional<String> timeZone,
        Optional<String> language,
        boolean twentyFourSeven,
        Optional<Instant> verifiedAt,
        Optional<String> verifiedBy) {

    public Contact {
        if (hours.isPresent()) {
            OfficeHours.parse(hours.get(), timeZone.orElse(""));
        }
    }

    /** Whether somebody is there; empty when nobody knows the hours. */
    public Optional<Boolean> openAt(Instant instant) {
        return twentyFourSeven
                ? Optional.of(true)
                : hours.map(
                        text -> OfficeHours.parse(text, timeZone.orElseThrow()).openAt(instant));
    }

    /** Whether it is too long ago that somebody made sure of the entry, or nobody ever did. */
    public boolean stale(Instant now, Duration verifyEvery) {
        return verifiedAt.filter(at -> at.plus(verifyEvery).isAfter(now)).isEmpty();
    }

    /** The address, where mail reaches it. */
    public Optional<String> mail() {
        return MailAddress.parse(address).map(parsed -> address);
    }
}
