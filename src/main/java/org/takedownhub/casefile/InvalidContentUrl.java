package org.takedownhub.casefile;

/** An address that cannot be that of a post. The message says what is wrong and what to send instead. */
public final class InvalidContentUrl extends IllegalArgumentException {

    public InvalidContentUrl(String message) {
        super(message);
    }
}
