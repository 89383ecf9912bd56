package org.takedownhub.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a platform may tell the uploader of a notice.
 *
 * @param until when it may, UTC; only with {@link Rule#DEFER_UNTIL}
 */
public record UploaderNotification(Rule rule, Optional<Instant> until) {

    /** From the loosest to the strictest. */
    public enum Rule {
        ALLOWED,
        DEFER_UNTIL,
        PROHIBITED
    }

    public static final UploaderNotification ALLOWED = new UploaderNotification(Rule.ALLOWED, Optional.empty());

    public UploaderNotification {
        if ((rule == Rule.DEFER_UNTIL) != until.isPresent()) {
            throw new IllegalArgumentException("An instant goes with DEFER_UNTIL, and with nothing else");
        }
    }

    /** Of two words the stricter, and of two instants the later. */
    public UploaderNotification stricter(UploaderNotification other) {
        int compared = rule.compareTo(other.rule);
        if (compared != 0) {
            return compared > 0 ? this : other;
        }
        return until.isPresent() && other.until.isPresent() && other.until.get().isAfter(until.get()) ? other : this;
    }
}
