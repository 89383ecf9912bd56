package org.takedownhub.modelling.migration;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Open cases on their way to another set.
 *
 * @param id           opaque: a running number would tell of migrations that are not shown
 * @param change       number of the change request that brought the set
 * @param deploymentId of the set
 * @param timers       what was chosen for running timers; all others keep their instant
 * @param counts       cases per {@link CaseState}, of those that whoever asked may know of
 */
public record Migration(
        String id,
        long change,
        String deploymentId,
        State state,
        String reason,
        String createdBy,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Map<String, TimerChoice> timers,
        Map<CaseState, Integer> counts) {

    /** How far it has come. */
    public enum State {
        RUNNING,
        DONE,
        /** Somebody stopped it; what had moved by then has moved. */
        CANCELLED
    }

    /** What became of a case. */
    public enum CaseState {
        /** Its turn will come. */
        PENDING,
        MIGRATED,
        /** It was on that set already. */
        UNCHANGED,
        /** It could not move and stays where it was; the message says why. */
        FAILED,
        /** It was not to move any more: it had ended, or the migration was stopped. */
        SKIPPED
    }

    public int all() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int settled() {
        return all() - count(CaseState.PENDING);
    }

    public int count(CaseState state) {
        return counts.getOrDefault(state, 0);
    }
}
