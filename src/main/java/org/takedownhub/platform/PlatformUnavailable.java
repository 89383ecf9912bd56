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
    private final boolean oneHost;

    /** @param retryAt when the platform said to come back, UTC; empty when it did not say */
    public PlatformUnavailable(String message, Optional<Instant> retryAt) {
        this(message, retryAt, false);
    }

    private PlatformUnavailable(String message, Optional<Instant> retryAt, boolean oneHost) {
        super(message);
        this.retryAt = retryAt;
        this.oneHost = oneHost;
    }

    /**
     * Only one of the many hosts that an instance speaks to cannot be asked: the others go on.
     *
     * @param retryAt when to come back, UTC; empty when it did not say
     */
    public static PlatformUnavailable ofOneHost(String message, Optional<Instant> retryAt) {
        return new PlatformUnavailable(message, retryAt, true);
    }

    public PlatformUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.retryAt = Optional.empty();
        this.oneHost = false;
    }

    public Optional<Instant> retryAt() {
        return retryAt;
    }

    /** Whether the instance itself is well, and only the item's own host is not. */
    public boolean concernsOneHost() {
        return oneHost;
    }

    /** Whether an answer was on its way when the time was over. */
    public boolean timedOut() {
        return getCause() instanceof NoAnswer failure && failure.timedOut();
    }
}
