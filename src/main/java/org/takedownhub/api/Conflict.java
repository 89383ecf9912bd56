package org.takedownhub.api;

/** The request does not fit the state that the case is in now. Answered with 409. */
public final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
        super(message);
    }
}
