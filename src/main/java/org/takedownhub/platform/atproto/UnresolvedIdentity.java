package org.takedownhub.platform.atproto;

/** A handle or DID that leads to no repository. The message is for a caseworker. */
final class UnresolvedIdentity extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean tombstoned;

    UnresolvedIdentity(String message) {
        this(message, false);
    }

    /** @param tombstoned the directory says that the identity existed and was ended for good */
    UnresolvedIdentity(String message, boolean tombstoned) {
        super(message);
        this.tombstoned = tombstoned;
    }

    boolean tombstoned() {
        return tombstoned;
    }
}
