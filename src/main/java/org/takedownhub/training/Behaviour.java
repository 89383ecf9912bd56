package org.takedownhub.training;

import java.time.Duration;
import java.time.Instant;

/**
 * What the platform does with a post once it is reported. The first eight are promised to everyone who sets scenes;
 * the last three exist for training and tests only.
 */
enum Behaviour {
    /** Removed two seconds after the first report. */
    OBEDIENT(Duration.ofSeconds(2)),
    /** Removed {@code afterSeconds} after the first report. */
    SLOW(Duration.ofMinutes(1)),
    /** Stays up; nobody answers. */
    IGNORES(Duration.ZERO),
    /** Stays up; the report is closed two seconds later and the signed webhook {@code report.updated} says so. */
    REFUSES(Duration.ofSeconds(2)),
    /** Removed at once, back {@code afterSeconds} later; a further report removes it again for as long. */
    RETURNS(Duration.ofMinutes(1)),
    /** Stays up; from the first report on, only a person who is signed in sees it. */
    LOGIN_WALL(Duration.ZERO),
    /** Stays up for the API; from the first report on, its page is a shell that says "not found" with status 200. */
    SOFT_404(Duration.ZERO),
    /** Every call about it fails in turn in another way, then succeeds once; a report that gets through is obeyed. */
    FLAKY(Duration.ofSeconds(2)),
    /** Takes the first report and answers it only {@code afterSeconds} later; otherwise obedient. */
    TIMES_OUT(Duration.ofMinutes(1)),
    /** Takes every report but breaks its answer off half way; otherwise obedient. */
    BREAKS_OFF(Duration.ofSeconds(2)),
    /** Answers the first report with 429 and a date {@code afterSeconds} ahead; afterwards obedient. */
    RATE_LIMITS(Duration.ofSeconds(5));

    /** How long an obedient moderator takes. */
    static final Duration PROMPTLY = Duration.ofSeconds(2);

    private final Duration usually;

    Behaviour(Duration usually) {
        this.usually = usually;
    }

    /** The value of {@code afterSeconds} when a scene names none. */
    Duration usually() {
        return usually;
    }

    /**
     * How a reported post stands; computed from stored instants, so that a restart changes nothing.
     *
     * @param first when it was reported first
     * @param last  when it was reported last
     * @param after the scene's {@code afterSeconds}
     */
    Standing standing(Instant first, Instant last, Duration after, Instant now) {
        return switch (this) {
            case IGNORES, REFUSES -> Standing.UP;
            case LOGIN_WALL -> Standing.BEHIND_LOGIN;
            case SOFT_404 -> Standing.SHELL_ONLY;
            case RETURNS -> now.isBefore(last.plus(after)) ? Standing.REMOVED : Standing.UP;
            case SLOW -> now.isBefore(first.plus(after)) ? Standing.UP : Standing.REMOVED;
            case OBEDIENT, FLAKY, TIMES_OUT, BREAKS_OFF, RATE_LIMITS -> now.isBefore(first.plus(PROMPTLY))
                    ? Standing.UP
                    : Standing.REMOVED;
        };
    }
}
