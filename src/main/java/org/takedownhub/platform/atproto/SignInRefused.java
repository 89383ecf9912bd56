package org.takedownhub.platform.atproto;

/** The PDS gives our account no session. The message says, without secrets, which setting to mend. */
final class SignInRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInRefused(String message) {
        super(message);
    }
}
