package org.takedownhub.platform.youtube;

/** Our credentials are missing, or Google does not accept them. The message says what to mend; it holds no secrets. */
final class SignInRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInRefused(String message) {
        super(message);
    }
}
