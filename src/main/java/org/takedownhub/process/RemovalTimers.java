package org.takedownhub.process;

import java.time.Instant;
import java.util.List;
import org.takedownhub.casefile.CaseReference;

/**
 * The alarms of a recipient's wait as they stand in the engine. The ledger of clocks is the truth; here it is seen
 * whether the engine will act on it, and put right what will not. Every call joins the caller's transaction.
 */
public interface RemovalTimers {

    /** Where the follow-up of a recipient stands, with its alarms. */
    Standing standing(CaseReference reference, int recipientNumber);

    /** Sets an alarm to another instant. */
    void move(Alarm alarm, Instant at);

    /** Lets an alarm that somebody suspended go off again. */
    void resume(Alarm alarm);

    /** Takes an alarm away that must not go off. */
    void drop(Alarm alarm);

    /**
     * Begins the wait of a recipient anew, where it stands, because alarms are missing. Nothing is told to anybody and
     * tasks that are open stay open.
     *
     * @param remindAt the due date itself for no reminder
     */
    void renew(CaseReference reference, int recipientNumber, Instant dueAt, Instant remindAt);

    /** Where a follow-up stands. */
    enum Place {
        /** It waits for the removal. */
        AWAITING,
        /** The deadline has passed, or the recipient refused, and the ladder is climbed. */
        ESCALATED,
        /** Between two places, or at a question of the recipient that stops the clock. */
        ELSEWHERE,
        /** Somebody suspended the whole process of the case. */
        SUSPENDED,
        /** There is none. */
        NOWHERE
    }

    /**
     * A follow-up.
     *
     * @param alarms        of the wait; none where it does not wait
     * @param sendsReminder a reminder is on its way: its alarm went off just now
     */
    record Standing(Place place, List<Alarm> alarms, boolean sendsReminder) {

        /** The alarms of one kind. */
        public List<Alarm> alarms(Kind kind) {
            return alarms.stream().filter(alarm -> alarm.kind() == kind).toList();
        }
    }

    /** What an alarm is for. */
    enum Kind {
        DEADLINE,
        REMINDER
    }

    /**
     * An alarm of the engine.
     *
     * @param id        the engine's own
     * @param at        UTC
     * @param suspended it will not go off
     * @param failed    it went off in vain as often as it may, and an operator has an incident about it
     */
    record Alarm(Kind kind, String id, Instant at, boolean suspended, boolean failed) {}
}
