package org.takedownhub.clock;

/** What may change a clock that runs: a platform's "cannot" or "please clarify", or the issuer. */
public enum PauseRule {
    /** Nothing: the clock runs on. */
    NONE,
    /** The clock stops, and a fresh full period starts when the cause has ended. */
    RESTART,
    /** The clock runs on, but whoever issued the notice may give more time. */
    ISSUER_MAY_EXTEND
}
