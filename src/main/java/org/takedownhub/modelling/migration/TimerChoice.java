package org.takedownhub.modelling.migration;

/** What becomes of a running timer when its case moves. */
public enum TimerChoice {
    /** It goes off at the instant it was set to. */
    KEEP,
    /** It is set anew by the newer model. */
    NEW,
    /** The newer model has no such timer, and the manager lets it end. */
    END
}
