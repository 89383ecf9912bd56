package org.takedownhub.casefile;

/** How a recipient's part, and in the end the case, came out. */
public enum Outcome {
    REMOVED,
    /** Still there, but changed so that it no longer breaches anything, as a person saw: as good as removed. */
    MODIFIED,
    RESTRICTED,
    ALREADY_GONE,
    REFUSED,
    IMPOSSIBLE,
    WITHDRAWN,
    NOT_REFERRED,
    NOT_REMOVED
}
