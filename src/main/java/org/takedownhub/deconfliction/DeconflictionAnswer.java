package org.takedownhub.deconfliction;

/** What a force says about the removal of content. */
public enum DeconflictionAnswer {
    NO_INTEREST,
    INTEREST_OK_TO_REMOVE,
    /** Not before the evidence is kept. */
    PRESERVE_FIRST,
    /** Not before a date. */
    HOLD_UNTIL
}
