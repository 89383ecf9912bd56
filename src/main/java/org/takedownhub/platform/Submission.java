package org.takedownhub.platform;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * One thing that goes out to a platform's API, exactly once.
 *
 * @param key       SHA-256 in hex over case, recipient, rung, attempt and purpose
 * @param rung      0 for the referral itself, else the rung of the ladder
 * @param attempt   0, and one more each time a person says that an uncertain one did not arrive
 */
public record Submission(
        String key,
        CaseReference reference,
        int recipientNumber,
        int rung,
        int attempt,
        Purpose purpose,
        String platform,
        String explanation,
        State state,
        Instant notBefore,
        Optional<String> platformReference,
        Optional<String> detail) {

    /** Why it goes out. Only a referral looks first whether the item is still up. */
    public enum Purpose {
        REFERRAL,
        REMINDER,
        RUNG,
        /** What the hub answers to a moderator's question. */
        ANSWER
    }

    /** Each is a committed fact of its own. */
    public enum State {
        PREPARED,
        SENDING,
        SENT,
        REFUSED,
        GONE,
        BY_HAND,
        UNCERTAIN,
        /** Not sent: the recipient's part had been settled before its turn came. */
        DROPPED
    }
}
