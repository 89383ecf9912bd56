package org.takedownhub.clock;

/** What a platform's "cannot" or "please clarify" does to the clock. */
public enum PauseRule {
    /** Nothing: the clock runs on. */
    NONE,
    /** The clock stops, and a fresh full period starts when the cause has ended. */
    RESTART
}
