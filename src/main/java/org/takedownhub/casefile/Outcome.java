package org.takedownhub.casefile;

/** How a recipient's part, and in the end the case, came out. */
public enum Outcome {
    REMOVED,
    RESTRICTED,
    ALREADY_GONE,
    REFUSED,
    IMPOSSIBLE,
    WITHDRAWN,
    NOT_REFERRED,
    NOT_REMOVED
}
