package org.takedownhub.training;

import java.time.Duration;
import java.time.Instant;

/**
 * What the platform does with a post once it is reported. The first eight are promised to everyone who sets scenes;
 * the last three exist for training and tests only.
 */
enum Behaviour {
    /** Removed two seconds after the first report. */
    OBEDIENT("removes it two seconds later", Duration.ofSeconds(2)),
    /** Removed {@code afterSeconds} after the first report. */
    SLOW("removes it after the seconds below (60)", Duration.ofMinutes(1)),
    /** Stays up; nobody answers. */
    IGNORES("leaves it up and says nothing", Duration.ZERO),
    /** Stays up; the report is closed two seconds later and the signed webhook {@code report.updated} says so. */
    REFUSES("leaves it up and says that the report is closed", Duration.ofSeconds(2)),
    /** Removed at once, back {@code afterSeconds} later; a further report removes it again for as long. */
    RETURNS("removes it at once; it is back after the seconds below (60)", Duration.ofMinutes(1)),
    /** Stays up; from the first report on, only a person who is signed in sees it. */
    LOGIN_WALL("shows it to people who are signed in only", Duration.ZERO),
    /** Stays up for the API; from the first report on, its page is a shell that says "not found" with status 200. */
    SOFT_404("shows a page that says not found, while the post is still up", Duration.ZERO),
    /** Every API call about it fails in turn in another way, then succeeds once; a report that gets through is obeyed. */
    FLAKY("fails four calls of five, each in another way", Duration.ofSeconds(2)),
    /** Takes the first report and answers it only {@code afterSeconds} later; otherwise obedient. */
    TIMES_OUT("takes the report and answers after the seconds below (60)", Duration.ofMinutes(1)),
    /** Takes every report but breaks its answer off half way; otherwise obedient. */
    BREAKS_OFF("takes the report and breaks its answer off", Duration.ofSeconds(2)),
    /** Answers the first report with 429 and a date {@code afterSeconds} ahead; afterwards obedient. */
    RATE_LIMITS("asks to come back after the seconds below (5)", Duration.ofSeconds(5));

    /** How long an obedient moderator takes. */
    static final Duration PROMPTLY = Duration.ofSeconds(2);

    private final String inWords;
    private final Duration usually;

    Behaviour(String inWords, Duration usually) {
        this.inWords = inWords;
        this.usually = usually;
    }

    /** What it does, for the person who chooses. */
    String inWords() {
        return inWords;
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
