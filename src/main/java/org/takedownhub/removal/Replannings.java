package org.takedownhub.removal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.clock.Deadline;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.MissingStartInstant;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;

/**
 * Running clocks under a newer table of deadlines: what they would come to, and, where a manager names the case and says
 * why, the end computed anew from the same start. A clock that the law sets is never touched.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Replannings {

    private final Notices notices;
    private final ClockLedger ledger;
    private final RemovalClock removalClock;
    private final Takedowns takedowns;
    private final Audit audit;
    private final Clock clock;

    Replannings(
            Notices notices,
            ClockLedger ledger,
            RemovalClock removalClock,
            Takedowns takedowns,
            Audit audit,
            Clock clock) {
        this.notices = notices;
        this.ledger = ledger;
        this.removalClock = removalClock;
        this.takedowns = takedowns;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The clock of one recipient, now and under a newer table. Instants UTC.
     *
     * @param recipientNumber counts the recipients of the case from 0
     * @param dueAt           when removal is due now
     * @param newDueAt        when it would be; empty where the newer table gives no time for it
     * @param overdueAtOnce   it is not overdue now and would be
     * @param hindrance       why it cannot be re-planned; empty when it can
     */
    public record Clocked(
            int recipientNumber,
            String recipient,
            Instant dueAt,
            Optional<Instant> newDueAt,
            boolean overdueAtOnce,
            Optional<String> hindrance) {

        /** Whether re-planning would change something, and is allowed. */
        public boolean isMovable() {
            return hindrance.isEmpty();
        }
    }

    /** All recipients of a case that are still asked and have a due date. Writes nothing. */
    public List<Clocked> preview(CaseReference reference, DeadlinePolicies newer) {
        Instant now = clock.instant();
        List<Clocked> clocks = new ArrayList<>();
        for (Recipient recipient : running(reference)) {
            Instant due = recipient.dueAt().orElseThrow();
            Optional<Deadline> under = under(recipient, newer);
            Optional<Instant> newDue = under.flatMap(Deadline::alarmAt);
            clocks.add(new Clocked(
                    recipient.number(),
                    recipient.name(),
                    due,
                    newDue,
                    now.isBefore(due) && newDue.filter(at -> !now.isBefore(at)).isPresent(),
                    hindrance(recipient, due, newDue, now)));
        }
        return clocks;
    }

    /**
     * Computes the ends of a case's running clocks anew and sets the engine's alarms by them. Needs the caller's
     * transaction, and leaves the ledger, the log and the timers in step in it.
     *
     * @return the clocks as they were found, of which those that {@link Clocked#isMovable()} have been moved
     * @throws ReplanningRefused none of them may be moved, or the case is just moving on
     */
    public List<Clocked> replan(CaseReference reference, DeadlinePolicies newer, String reason) {
        List<Clocked> clocks = preview(reference, newer);
        if (clocks.stream().noneMatch(Clocked::isMovable)) {
            throw new ReplanningRefused(
                    clocks.isEmpty()
                            ? "no clock runs"
                            : clocks.get(0).hindrance().orElseThrow());
        }
        for (Clocked moved : clocks) {
            if (moved.isMovable()) {
                move(notices.require(reference, moved.recipientNumber()), newer, moved.dueAt(), reason);
            }
        }
        return clocks;
    }

    private void move(Recipient recipient, DeadlinePolicies newer, Instant before, String reason) {
        CaseReference reference = recipient.reference();
        RemovalClock.Alarms alarms = removalClock.replan(recipient, removalClock.under(recipient, newer), reason);
        audit.record(
                reference,
                "clock.re-planned",
                recipient.name() + " has until " + alarms.removalDueAt() + " instead of " + before + ": " + reason);
        if (!takedowns.dueMoved(reference, recipient.number(), alarms.removalDueAt(), alarms.reminderDueAt())) {
            throw new ReplanningRefused("nothing waits for " + recipient.name() + " at this moment");
        }
    }

    private List<Recipient> running(CaseReference reference) {
        return notices.of(reference).stream()
                .filter(recipient -> recipient.outcome().isEmpty())
                .filter(recipient ->
                        recipient.givenAt().isPresent() && recipient.dueAt().isPresent())
                .toList();
    }

    private Optional<Deadline> under(Recipient recipient, DeadlinePolicies newer) {
        try {
            return Optional.of(removalClock.under(recipient, newer));
        } catch (MissingStartInstant | IllegalStateException noTime) {
            // The instant it counts from has not come, or the table has no single answer.
            return Optional.empty();
        }
    }

    private Optional<String> hindrance(Recipient recipient, Instant due, Optional<Instant> newDue, Instant now) {
        if (!removalClock.isMovable(recipient)) {
            return Optional.of("the law sets the time of " + recipient.name() + " (" + removalClock.law(recipient)
                    + "), and it has been told of it");
        }
        if (newDue.isEmpty()) {
            return Optional.of("the table gives no time for " + recipient.name());
        }
        if (newDue.get().equals(due)) {
            return Optional.of("the table gives " + recipient.name() + " the same time");
        }
        Optional<ClockEntry> last = ledger.last(recipient.reference(), recipient.number());
        if (last.filter(entry -> entry.event() == ClockEntry.Event.MISSED).isPresent() && !now.isBefore(newDue.get())) {
            return Optional.of(recipient.name() + " has missed its time already, and would have missed the other");
        }
        return Optional.empty();
    }
}
