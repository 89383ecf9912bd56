package org.takedownhub.platform;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One look at one item.
 *
 * @param controlAlive  whether a known-live item on the same host answered as live in the same round; a miss without it
 *                      says nothing
 * @param httpStatus    of the deciding answer, if there was one
 * @param detail        what decided, in a few words; no content, no personal data
 * @param evidenceHash  SHA-256 in hex of the deciding answer's bytes, if there were any
 * @param unknownReason present exactly when nobody can tell
 */
public record Look(
        Availability availability,
        boolean controlAlive,
        OptionalInt httpStatus,
        String detail,
        Optional<String> evidenceHash,
        Optional<UnknownReason> unknownReason) {

    public Look {
        if (unknownReason.isPresent() != (availability == Availability.UNKNOWN)) {
            throw new IllegalArgumentException("A look has a reason for not knowing exactly when it does not know");
        }
    }

    /** A look whose answer speaks for itself: where nobody can tell, its status says why. */
    public Look(
            Availability availability,
            boolean controlAlive,
            OptionalInt httpStatus,
            String detail,
            Optional<String> evidenceHash) {
        this(
                availability,
                controlAlive,
                httpStatus,
                detail,
                evidenceHash,
                availability == Availability.UNKNOWN
                        ? Optional.of(UnknownReason.of(httpStatus.orElse(200)))
                        : Optional.empty());
    }

    public static Look unknown(UnknownReason reason, String detail) {
        return new Look(
                Availability.UNKNOWN, false, OptionalInt.empty(), detail, Optional.empty(), Optional.of(reason));
    }
}
