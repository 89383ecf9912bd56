package org.takedownhub.platform;

import java.time.Instant;
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
 * @param recogniser    name and version of what read the answer, such as {@code x-oembed/1}, where it is not simply
 *                      {@link Platform#recogniser()}
 * @param retryAt       when the other side, or our own manners, say to come back, UTC; empty when nobody said
 */
public record Look(
        Availability availability,
        boolean controlAlive,
        OptionalInt httpStatus,
        String detail,
        Optional<String> evidenceHash,
        Optional<UnknownReason> unknownReason,
        Optional<String> recogniser,
        Optional<Instant> retryAt) {

    public Look {
        if (unknownReason.isPresent() != (availability == Availability.UNKNOWN)) {
            throw new IllegalArgumentException("A look has a reason for not knowing exactly when it does not know");
        }
    }

    public Look(
            Availability availability,
            boolean controlAlive,
            OptionalInt httpStatus,
            String detail,
            Optional<String> evidenceHash,
            Optional<UnknownReason> unknownReason) {
        this(
                availability,
                controlAlive,
                httpStatus,
                detail,
                evidenceHash,
                unknownReason,
                Optional.empty(),
                Optional.empty());
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

    /** A look that came to nothing because there was no answer; it says when to come back, if that was said. */
    public static Look unanswered(PlatformUnavailable failure) {
        UnknownReason reason = failure.retryAt().isPresent()
                ? UnknownReason.RATE_LIMITED
                : failure.timedOut() ? UnknownReason.TIME_OUT : UnknownReason.UNREACHABLE;
        return unknown(reason, String.valueOf(failure.getMessage())).comingBack(failure.retryAt());
    }

    /** The same look, read by the recogniser of that name and version. */
    public Look readBy(String name) {
        return new Look(
                availability,
                controlAlive,
                httpStatus,
                detail,
                evidenceHash,
                unknownReason,
                Optional.of(name),
                retryAt);
    }

    /** The same look, with the instant at which to come back. */
    public Look comingBack(Optional<Instant> at) {
        return new Look(availability, controlAlive, httpStatus, detail, evidenceHash, unknownReason, recogniser, at);
    }

    /**
     * Whether it leaves open what became of the item: nobody could tell, or it was missed while nothing else on the
     * host was seen alive either.
     */
    public boolean leavesOpen() {
        return availability == Availability.UNKNOWN || availability.isMiss() && !controlAlive;
    }
}
