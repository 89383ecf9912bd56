package org.takedownhub.removal;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;

/**
 * Told that the watch has seen the content go. Told again after every further look until the recipient's part is
 * settled, so saying it twice must change nothing; if it throws, the next look tells it again.
 */
public interface RemovalSeen {

    /**
     * @param outcome {@link Outcome#REMOVED} or {@link Outcome#RESTRICTED}
     * @param at      when it was first seen gone, UTC: of looks that confirm each other, the first
     * @param detail  what was seen, in words for a caseworker
     */
    void seen(
            CaseReference reference,
            int recipientNumber,
            Outcome outcome,
            OutcomeScope scope,
            RemovedBy by,
            Instant at,
            String detail);
}
