package org.takedownhub.evidence;

import org.takedownhub.casefile.CaseReference;

/**
 * Told once of every pair of cases that turn out to have the same media, in the transaction that records the pair: what
 * a listener does in the database holds or falls with it. A listener that throws is told again later.
 */
public interface MediaSeenAgain {

    /**
     * @param newCase  the later of the two cases, by its number
     * @param earlier  the earlier one; it may be open, or closed with any outcome
     * @param exact    the same file, byte for byte
     * @param distance how many of 256 bits of their PDQ hashes differ; 0 when the file is the same
     */
    void seenAgain(CaseReference newCase, CaseReference earlier, boolean exact, int distance);
}
