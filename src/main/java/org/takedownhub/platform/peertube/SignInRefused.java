package org.takedownhub.platform.peertube;

/** The server does not let our account in; the message says what to mend. */
final class SignInRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInRefused(String message) {
        super(message);
    }
}
