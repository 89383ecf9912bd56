package org.takedownhub.process;

/** This person may not decide this. The message says why and who may. */
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAllowed(String message) {
        super(message);
    }
}
