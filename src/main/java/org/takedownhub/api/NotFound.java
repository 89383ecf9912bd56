package org.takedownhub.api;

/** What was asked for does not exist, or not for this caller. Answered with 404. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
        super(message);
    }
}
