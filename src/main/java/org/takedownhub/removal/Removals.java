package org.takedownhub.removal;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/**
 * Content seen gone, by whoever saw it. Said twice, it is written once. Each recipient's part comes out by itself; but what
 * is gone need not be given to those who have not got their notice yet.
 */
@Component
class Removals implements RemovalSeen {

    private final Notices notices;
    private final RemovalClock removalClock;
    private final Restrictions restrictions;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;

    Removals(
            Notices notices,
            RemovalClock removalClock,
            Restrictions restrictions,
            Takedowns takedowns,
            Transactions transactions,
            Audit audit) {
        this.notices = notices;
        this.removalClock = removalClock;
        this.restrictions = restrictions;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public void seen(
            CaseReference reference,
            int recipientNumber,
            Outcome outcome,
            OutcomeScope scope,
            RemovedBy by,
            Instant at,
            String detail) {
        transactions.run(() -> {
            Recipient recipient = notices.require(reference, recipientNumber);
            boolean comes = outcome != Outcome.RESTRICTED || restrictions.comply(recipient, restrictions.home(), at);
            boolean news = comes && settle(recipient, outcome, scope, by, at, detail);
            if (news && outcome == Outcome.REMOVED) {
                notices.of(reference).stream()
                        .filter(other -> other.open() && other.givenAt().isEmpty())
                        .forEach(this::goneBeforeGiven);
            }
            return news;
        });
    }

    /** A statutory notice that was made out in this one's place and has not been given has nothing left to ask for. */
    private void endSuccessor(CaseReference reference, int recipientNumber) {
        notices.successor(reference, recipientNumber)
                .filter(successor -> notices.settle(
                        reference, successor.number(), Outcome.ALREADY_GONE, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN))
                .ifPresent(successor -> takedowns.noticeSettled(reference, successor.number()));
    }

    /** Writes down how one recipient's part came out, in the caller's transaction; false when it had come out before. */
    boolean settle(Recipient recipient, Outcome outcome, OutcomeScope scope, RemovedBy by, Instant at, String detail) {
        CaseReference reference = recipient.reference();
        int number = recipient.number();
        if (!notices.settle(reference, number, outcome, scope, by)) {
            return false;
        }
        audit.record(reference, "removal.seen", outcome + " by " + by + " at " + at + ": " + detail);
        removalClock.ended(recipient, at);
        endSuccessor(reference, number);
        if (outcome == Outcome.REMOVED) {
            takedowns.removalConfirmed(reference, number);
        } else {
            takedowns.noticeSettled(reference, number);
        }
        return true;
    }

    private void goneBeforeGiven(Recipient recipient) {
        CaseReference reference = recipient.reference();
        if (notices.settle(
                reference, recipient.number(), Outcome.ALREADY_GONE, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN)) {
            takedowns.noticeSettled(reference, recipient.number());
        }
    }
}
