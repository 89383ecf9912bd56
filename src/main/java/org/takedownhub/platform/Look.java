package org.takedownhub.platform;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One look at one item.
 *
 * @param controlAlive whether a known-live item on the same host answered as live in the same round; a miss without it
 *                     says nothing
 * @param httpStatus   of the deciding answer, if there was one
 * @param detail       what decided, in a few words; no content, no personal data
 * @param evidenceHash SHA-256 in hex of the deciding answer's bytes, if there were any
 */
public record Look(
        Availability availability,
        boolean controlAlive,
        OptionalInt httpStatus,
        String detail,
        Optional<String> evidenceHash) {

    public static Look unknown(String detail) {
        return new Look(Availability.UNKNOWN, false, OptionalInt.empty(), detail, Optional.empty());
    }
}
