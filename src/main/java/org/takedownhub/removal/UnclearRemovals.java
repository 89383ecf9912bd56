package org.takedownhub.removal;

import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** What the machine cannot tell, a person is asked to look at. */
@Component
class UnclearRemovals implements RemovalUnclear {

    private final Takedowns takedowns;
    private final RemovalClock removalClock;
    private final Transactions transactions;
    private final Audit audit;

    UnclearRemovals(Takedowns takedowns, RemovalClock removalClock, Transactions transactions, Audit audit) {
        this.takedowns = takedowns;
        this.removalClock = removalClock;
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public void unclear(CaseReference reference, int recipientNumber, String why) {
        transactions.run(() -> {
            boolean asked = takedowns.removalUnclear(reference, recipientNumber, removalClock.answerBy());
            if (asked) {
                audit.record(reference, "removal.unclear", why);
            }
            return asked;
        });
    }
}
