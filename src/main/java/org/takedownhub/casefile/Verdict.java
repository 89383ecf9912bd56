package org.takedownhub.casefile;

/** What the caseworker decided about the content. */
public enum Verdict {
    UNLAWFUL,
    BREACHES_TERMS,
    LAWFUL,
    CANNOT_TELL
}
