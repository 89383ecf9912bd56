package org.takedownhub.clock;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * One line of the clock ledger of a recipient. All instants UTC.
 *
 * @param at    when it happened
 * @param dueAt the due date that held from then on; empty while the clock stands still
 */
public record ClockEntry(
        CaseReference reference,
        int recipientNumber,
        Event event,
        Instant at,
        Optional<Instant> dueAt,
        String policyCode,
        int policyVersion,
        String detail) {

    public enum Event {
        STARTED,
        PAUSED,
        RESTARTED,
        /** A review confirmed or varied the notice; the due date may have moved back. */
        REVIEWED,
        MET,
        MISSED
    }
}
