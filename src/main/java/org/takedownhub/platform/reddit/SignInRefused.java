package org.takedownhub.platform.reddit;

/** Our credentials are missing, or Reddit does not accept them. The message says what to mend; it holds no secrets. */
final class SignInRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInRefused(String message) {
        super(message);
    }
}
