package org.takedownhub.platform;

/** What one look at an item showed. */
public enum Availability {
    AVAILABLE,
    /** Up, but changed so that it no longer breaches anything. Only a person can say so. */
    MODIFIED,
    /** The platform's typed answer says that it took the item down. */
    REMOVED_BY_PLATFORM,
    /** The platform's typed answer says that the author deleted it. */
    DELETED_BY_AUTHOR,
    /** Not found, and nothing says who removed it. One such miss proves nothing. */
    GONE_UNATTRIBUTED,
    ACCOUNT_SUSPENDED,
    ACCOUNT_DEACTIVATED,
    /** Blocked in some country or for legal reasons (HTTP 451). */
    GEO_BLOCKED,
    /** Behind an age gate, a log-in, a label. */
    RESTRICTED,
    /** Time-out, 401, 403, 429, 5xx, a challenge, an empty or broken answer: nobody can tell. */
    UNKNOWN;

    /** The platform's own typed answer: gone without a second look. */
    public boolean provesRemoval() {
        return this == REMOVED_BY_PLATFORM || this == DELETED_BY_AUTHOR || this == ACCOUNT_SUSPENDED;
    }

    /** A miss, to be confirmed by others some minutes apart while a control item on the same host is alive. */
    public boolean isMiss() {
        return this == GONE_UNATTRIBUTED || this == ACCOUNT_DEACTIVATED;
    }
}
