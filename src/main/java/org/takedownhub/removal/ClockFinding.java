package org.takedownhub.removal;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.RemovalTimers;

/**
 * Something in the engine that did not agree with the ledger of clocks.
 *
 * @param timer    which alarm it is about, where it is about one
 * @param found    the instant in the engine, UTC; empty where there was none
 * @param wanted   the instant of the ledger, UTC
 * @param repaired false: a person has to look
 */
public record ClockFinding(
        CaseReference reference,
        int recipientNumber,
        Problem problem,
        Optional<RemovalTimers.Kind> timer,
        Optional<Instant> found,
        Optional<Instant> wanted,
        boolean repaired,
        String detail) {

    /** What was wrong. */
    public enum Problem {
        /** The alarm was gone. */
        MISSING,
        /** It would have gone off at another instant. */
        MOVED,
        /** It would not have gone off at all. */
        SUSPENDED,
        /** There was more than one of a kind. */
        DOUBLE,
        /** It went off in vain as often as it may: there is an incident. */
        FAILED,
        /** The ladder was being climbed although the clock runs. */
        ESCALATED_EARLY,
        /** The clock stands still, and an alarm waited all the same. */
        NOT_STOPPED,
        /** Nothing in the engine follows this recipient up, or somebody suspended the process of the case. */
        NOT_FOLLOWED,
        /** The due date kept with the recipient is another than that of the ledger. */
        OTHER_DUE_DATE
    }
}
