package org.takedownhub.platform;

import java.time.Instant;

/**
 * What a platform said to one of our reports, of its own accord or asked.
 *
 * @param text in words for a caseworker, at most 4,000 characters; a stranger's words
 * @param at   when it said so, UTC
 * @param key  the same for the same reply, whenever and however often it is read, at most 200 characters
 */
public record PlatformReply(Kind kind, String text, Instant at, String key) {

    /** What it means for the case. */
    public enum Kind {
        /** Proof that the notice arrived; nobody has said yet that they read it. */
        DELIVERED,
        /** It has the report, perhaps under a number of its own. */
        ACKNOWLEDGED,
        /** It says that it acted. That is not yet "removed": look. */
        ACTION_TAKEN,
        /** It says that it will leave the content up. */
        NO_ACTION,
        /** A question, or anything else that a person has to read. */
        MESSAGE,
        /** It cannot be reached this way: the notice did not arrive. */
        UNDELIVERABLE
    }
}
