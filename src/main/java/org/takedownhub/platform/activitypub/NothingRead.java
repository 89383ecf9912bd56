package org.takedownhub.platform.activitypub;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.UnknownReason;

/** A server could not be read, which says nothing about what lies on it. */
final class NothingRead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UnknownReason reason;
    private final transient Optional<Instant> retryAt;
    private final boolean ourselves;

    NothingRead(UnknownReason reason, String message, Optional<Instant> retryAt) {
        this(reason, message, retryAt, false);
    }

    private NothingRead(UnknownReason reason, String message, Optional<Instant> retryAt, boolean ourselves) {
        super(message);
        this.reason = reason;
        this.retryAt = retryAt;
        this.ourselves = ourselves;
    }

    /** Our own budget of requests is used up, for all hosts. */
    static NothingRead ourBudget(PlatformUnavailable cause) {
        return new NothingRead(UnknownReason.NOT_ASKED, String.valueOf(cause.getMessage()), cause.retryAt(), true);
    }

    UnknownReason reason() {
        return reason;
    }

    PlatformUnavailable unavailable() {
        String message = String.valueOf(getMessage());
        return ourselves ? new PlatformUnavailable(message, retryAt) : PlatformUnavailable.ofOneHost(message, retryAt);
    }
}
