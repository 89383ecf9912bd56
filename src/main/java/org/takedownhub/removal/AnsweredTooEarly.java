package org.takedownhub.removal;

/** An answer cannot be older than the notice it answers. */
public final class AnsweredTooEarly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnsweredTooEarly(String message) {
        super(message);
    }
}
