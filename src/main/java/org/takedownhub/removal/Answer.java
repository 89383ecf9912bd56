package org.takedownhub.removal;

/** What a platform told a person. */
public enum Answer {
    ACKNOWLEDGED,
    REMOVED,
    RESTRICTED,
    REFUSED,
    IMPOSSIBLE,
    CLARIFICATION,
    CLARIFICATION_ENDED
}
