package org.takedownhub.removal;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.Takedowns;

/** What the machine cannot tell, a person is asked to look at. */
@Component
class UnclearRemovals implements RemovalUnclear {

    /** Why a person is asked to look after a platform said that it modified the content. */
    static final String MODIFIED =
            "The platform says that it changed the content so that it no longer breaches anything.";

    private final Takedowns takedowns;
    private final RemovalClock removalClock;
    private final Audit audit;

    UnclearRemovals(Takedowns takedowns, RemovalClock removalClock, Audit audit) {
        this.takedowns = takedowns;
        this.removalClock = removalClock;
        this.audit = audit;
    }

    @Override
    @Transactional
    public void unclear(CaseReference reference, int recipientNumber, String why) {
        if (takedowns.removalUnclear(reference, recipientNumber, removalClock.answerBy())) {
            audit.record(reference, "removal.unclear", why);
        }
    }
}
