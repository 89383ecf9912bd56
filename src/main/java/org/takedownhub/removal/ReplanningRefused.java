package org.takedownhub.removal;

/** A clock whose end nobody may compute anew. The message says why, as the rest of a sentence. */
public final class ReplanningRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplanningRefused(String message) {
        super(message);
    }
}
