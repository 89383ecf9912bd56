package org.takedownhub.clock;

/**
 * The rule a period runs under, kept with the period: what a table says later changes nothing about it.
 *
 * @param words          such as {@code 48 hours beginning with the time given}
 * @param legalReference the law, or the words that there is none
 * @param unverified     what of it nobody has checked against the law's own text; empty when all of it was
 */
public record ClockRule(String words, String legalReference, String unverified) {

    static ClockRule of(DeadlinePolicy policy) {
        return new ClockRule(policy.inWords(), policy.legalReference(), policy.unverified());
    }

    /** One sentence with the law and, where something is unverified, the words that it is. */
    public String sentence() {
        return words + " (" + legalReference + ")" + (unverified.isEmpty() ? "" : ". Unverified: " + unverified);
    }
}
