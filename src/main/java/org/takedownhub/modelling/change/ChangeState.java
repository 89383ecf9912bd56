package org.takedownhub.modelling.change;

/** How far a change request has come. */
public enum ChangeState {
    /** May be edited. */
    DRAFT,
    /** Waits for a second manager; may not be edited. */
    SUBMITTED,
    /** Approved; goes live by itself at the instant it takes effect. */
    SCHEDULED,
    PUBLISHED,
    REJECTED,
    WITHDRAWN;

    public boolean isOpen() {
        return this == DRAFT || this == SUBMITTED || this == SCHEDULED;
    }
}
