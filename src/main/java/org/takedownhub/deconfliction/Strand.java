package org.takedownhub.deconfliction;

/** What can be done about content: a case can have several at once. */
public enum Strand {
    REFER,
    INVESTIGATE,
    DISRUPT,
    ENFORCE;

    /** Where a strand stands to removal. */
    public enum Place {
        INSTEAD,
        BEFORE,
        BESIDE
    }
}
