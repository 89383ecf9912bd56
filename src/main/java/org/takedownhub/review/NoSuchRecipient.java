package org.takedownhub.review;

/** The notice has no recipient of that name, or several and none was named. */
public final class NoSuchRecipient extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchRecipient(String message) {
        super(message);
    }
}
