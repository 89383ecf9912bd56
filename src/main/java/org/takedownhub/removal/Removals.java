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

/** Content seen gone, by whoever saw it. Said twice, it is written once. */
@Component
class Removals implements RemovalSeen {

    private final Notices notices;
    private final RemovalClock removalClock;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;

    Removals(Notices notices, RemovalClock removalClock, Takedowns takedowns, Transactions transactions, Audit audit) {
        this.notices = notices;
        this.removalClock = removalClock;
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
            boolean news = notices.settle(reference, recipientNumber, outcome, scope, by);
            if (news) {
                audit.record(reference, "removal.seen", outcome + " by " + by + " at " + at + ": " + detail);
                removalClock.ended(recipient, at);
                endSuccessor(reference, recipientNumber);
                if (outcome == Outcome.REMOVED) {
                    takedowns.removalConfirmed(reference, recipientNumber);
                } else {
                    takedowns.noticeSettled(reference, recipientNumber);
                }
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
}
