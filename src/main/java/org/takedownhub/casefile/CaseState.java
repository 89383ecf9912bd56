package org.takedownhub.casefile;

/** Where a case stands. */
public enum CaseState {
    FLAGGED,
    VERIFYING,
    DECONFLICTING,
    ON_HOLD,
    APPROVING,
    REFERRING,
    AWAITING_REMOVAL,
    ESCALATED,
    WATCHING,
    CLOSED
}
