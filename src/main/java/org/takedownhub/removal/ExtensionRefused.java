package org.takedownhub.removal;

/** The rule of a recipient's clock lets nobody extend it, or no clock runs that could be extended. */
public final class ExtensionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExtensionRefused(String message) {
        super(message);
    }
}
