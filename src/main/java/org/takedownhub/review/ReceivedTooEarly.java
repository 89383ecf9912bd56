package org.takedownhub.review;

/** A request cannot be older than the notice it is about. */
public final class ReceivedTooEarly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReceivedTooEarly(String message) {
        super(message);
    }
}
