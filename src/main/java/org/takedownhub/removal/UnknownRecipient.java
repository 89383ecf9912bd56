package org.takedownhub.removal;

/** The case has no recipient of this name, or several of them are open and none was named. */
public final class UnknownRecipient extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownRecipient(String message) {
        super(message);
    }
}
