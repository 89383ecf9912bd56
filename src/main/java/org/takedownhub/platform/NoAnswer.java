package org.takedownhub.platform;

/**
 * A request was under way and no complete answer came back: time-out, a connection that broke, an answer too large. It
 * may have had its effect. Its opposite, certainly no effect, is {@link PlatformUnavailable}; the two are never mixed.
 */
public final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean timedOut;

    public NoAnswer(String message) {
        super(message);
        this.timedOut = false;
    }

    public NoAnswer(String message, Throwable cause) {
        this(message, cause, false);
    }

    NoAnswer(String message, Throwable cause, boolean timedOut) {
        super(message, cause);
        this.timedOut = timedOut;
    }

    /** Whether the time was over before the answer was complete. */
    public boolean timedOut() {
        return timedOut;
    }
}
