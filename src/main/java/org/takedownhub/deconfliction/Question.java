package org.takedownhub.deconfliction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.UploaderNotification;

/**
 * What one force is asked about one case, and what came of it. All instants are UTC.
 *
 * @param number   counts the questions of one round from 0
 * @param ground   why this force is asked
 * @param contact  whom its entry names, where an entry was hit
 * @param entries  its entries that were hit
 * @param dueAt    until when it should answer
 * @param silentAt since when the duty officer is asked, because it did not
 * @param hold     while removal waits, or waited, for it
 */
record Question(
        long id,
        CaseReference reference,
        int number,
        String force,
        Ground ground,
        Optional<String> contact,
        List<Long> entries,
        boolean threatToLife,
        int policyVersion,
        Optional<Instant> askedAt,
        Optional<Instant> dueAt,
        Optional<Instant> silentAt,
        Optional<Given> given,
        Optional<Hold> hold,
        Proof proof,
        boolean dropped) {

    enum Ground {
        /** The case is on the force's list. */
        HIT,
        /** The force has a list that cannot be read any more: better to ask than to miss. */
        UNREADABLE,
        /** Every force is asked about every case. */
        EVERY_CASE
    }

    /** In what capacity an answer was given. */
    enum As {
        FORCE,
        LINK,
        DUTY
    }

    /** @param takenOver removal does not follow: the force deals with the content itself */
    record Given(
            DeconflictionAnswer answer,
            Instant at,
            String by,
            As as,
            Optional<String> reasons,
            UploaderNotification notification,
            boolean takenOver) {}

    record Hold(Instant from, Instant until, Optional<Instant> endedAt, Optional<String> end) {

        boolean open() {
            return endedAt.isEmpty();
        }
    }

    /** @param waived a duty officer let the content go without proof */
    record Proof(Optional<Instant> dueAt, Optional<Instant> preservedAt, boolean waived) {

        boolean owed() {
            return dueAt.isPresent() && preservedAt.isEmpty() && !waived;
        }
    }
}
