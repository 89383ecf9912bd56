package org.takedownhub.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * The platform cannot be asked right now, and the call certainly had no effect: connection refused, rate limit, an error
 * before anything was accepted.
 */
public final class PlatformUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> retryAt;

    /** @param retryAt when the platform said to come back, UTC; empty when it did not say */
    public PlatformUnavailable(String message, Optional<Instant> retryAt) {
        super(message);
        this.retryAt = retryAt;
    }

    public PlatformUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.retryAt = Optional.empty();
    }

    public Optional<Instant> retryAt() {
        return retryAt;
    }

    /** Whether an answer was on its way when the time was over. */
    public boolean timedOut() {
        return getCause() instanceof NoAnswer failure && failure.timedOut();
    }
}
