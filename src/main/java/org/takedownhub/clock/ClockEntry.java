package org.takedownhub.clock;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * One line of the clock ledger of a recipient. All instants UTC.
 *
 * @param at       when it happened: for a start, the instant from which the law counts
 * @param dueAt    the due date that held from then on; empty while the clock stands still
 * @param remindAt when a reminder goes out, if one does
 * @param rule     the rule of the period that begins here; empty for events that begin none
 */
public record ClockEntry(
        CaseReference reference,
        int recipientNumber,
        Event event,
        Instant at,
        Optional<Instant> dueAt,
        Optional<Instant> remindAt,
        String policyCode,
        int policyVersion,
        Optional<ClockRule> rule,
        String detail) {

    /** An entry that neither plans a reminder nor begins a period under a rule. */
    public ClockEntry(
            CaseReference reference,
            int recipientNumber,
            Event event,
            Instant at,
            Optional<Instant> dueAt,
            String policyCode,
            int policyVersion,
            String detail) {
        this(
                reference,
                recipientNumber,
                event,
                at,
                dueAt,
                Optional.empty(),
                policyCode,
                policyVersion,
                Optional.empty(),
                detail);
    }

    /** The beginning of a period that was computed under a policy. */
    public static ClockEntry begins(
            CaseReference reference, int recipientNumber, Event event, Deadline deadline, String detail) {
        return new ClockEntry(
                reference,
                recipientNumber,
                event,
                deadline.startedAt(),
                deadline.alarmAt(),
                deadline.remindAt(),
                deadline.policy().code(),
                deadline.policyVersion(),
                Optional.of(ClockRule.of(deadline.policy())),
                detail);
    }

    /** The same period with an end that a newer table gives it, from an instant on. */
    public static ClockEntry replanned(
            CaseReference reference, int recipientNumber, Instant at, Deadline deadline, String detail) {
        return new ClockEntry(
                reference,
                recipientNumber,
                Event.REPLANNED,
                at,
                deadline.alarmAt(),
                deadline.remindAt(),
                deadline.policy().code(),
                deadline.policyVersion(),
                Optional.of(ClockRule.of(deadline.policy())),
                detail);
    }

    /** What can happen to a clock. */
    public enum Event {
        /** The period of the law began. */
        STARTED(true),
        /** The platform could not, or had to ask: time stands still. */
        PAUSED(false),
        /** The cause of the pause has ended: a fresh period began. */
        RESTARTED(true),
        /** The issuer moved the end of the period to later. */
        EXTENDED(true),
        /** A review confirmed or varied the notice; the end of the period may have moved to later. */
        REVIEWED(true),
        /** A manager had the end computed anew by a newer table; it may have moved either way. */
        REPLANNED(true),
        /** The recipient's part came out in time. */
        MET(false),
        /** The end passed, or the recipient's part came out after it. */
        MISSED(false);

        private final boolean runs;

        Event(boolean runs) {
            this.runs = runs;
        }

        /** Whether time runs after it. */
        public boolean runs() {
            return runs;
        }
    }
}
