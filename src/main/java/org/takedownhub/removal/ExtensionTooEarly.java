package org.takedownhub.removal;

/** The end that was asked for is not later than the one that holds, or has passed already. */
public final class ExtensionTooEarly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExtensionTooEarly(String message) {
        super(message);
    }
}
