package org.takedownhub.removal;

/** There is no open notice that this could be about. */
public final class NothingToSettle extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingToSettle(String message) {
        super(message);
    }
}
