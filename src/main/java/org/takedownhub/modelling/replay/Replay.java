package org.takedownhub.modelling.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A replay that somebody asked for.
 *
 * @param change    the number of the change request
 * @param from      cases flagged from then on, UTC
 * @param until     and before then
 * @param limit     at most so many, the newest first
 * @param cases     how many there are; 0 until that is known
 * @param done      how many of them have been tried
 * @param summary   once it is done
 * @param failure   why it could not be done
 * @param draftHash of the draft's whole set, SHA-256 in hex
 * @param liveHash  of the set that was live
 */
public record Replay(
        long id,
        long change,
        State state,
        String startedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        String draftHash,
        String liveHash,
        Instant from,
        Instant until,
        int limit,
        int cases,
        int done,
        Optional<Summary> summary,
        Optional<String> failure) {

    /** How far a replay is. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        public boolean over() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /** How long it took, once it is over. */
    public Optional<Duration> took() {
        return finishedAt.map(end -> Duration.between(startedAt, end));
    }
}
