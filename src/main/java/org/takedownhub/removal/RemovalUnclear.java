package org.takedownhub.removal;

import org.takedownhub.casefile.CaseReference;

/**
 * Told when nobody has been able to tell for {@code takedown.removal.unknown-after} whether awaited content is still up:
 * only a person can find out. Told once for each such streak, in the transaction that keeps this in mind; if it throws,
 * it is told again after the next look. The person's finding comes back through {@link Observations#told}, which ends
 * the streak.
 */
public interface RemovalUnclear {

    /** @param why since when, and what stood in the way last, in words for a caseworker; no content */
    void unclear(CaseReference reference, int recipientNumber, String why);
}
