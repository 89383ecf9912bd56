package org.takedownhub.platform;

/**
 * A request was under way and no complete answer came back: time-out, a connection that broke, an answer too large. It
 * may have had its effect. Its opposite, certainly no effect, is {@link PlatformUnavailable}; the two are never mixed.
 */
public final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoAnswer(String message) {
        super(message);
    }

    public NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
