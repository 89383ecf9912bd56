package org.takedownhub.evidence;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;

/**
 * Another case with the same media, as one of the two sees it: a proposal to a person, who looks at both.
 *
 * @param other    the other case
 * @param exact    the same file, byte for byte (SHA-256)
 * @param distance how many of 256 bits of the PDQ hashes of the nearest two files differ; 0 when exact
 * @param foundAt  UTC
 */
public record MediaMatch(CaseReference other, boolean exact, int distance, Instant foundAt) {

    /** Such as {@code same media as TH-2026-000001 (distance 12 of 256)}. */
    public String inWords() {
        return "same media as " + other + " (" + how(exact, distance) + ")";
    }

    static String how(boolean exact, int distance) {
        return exact ? "exact" : "distance " + distance + " of " + PdqHash.BITS;
    }
}
