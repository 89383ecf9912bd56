package org.takedownhub.clock;

import java.time.Instant;
import java.util.Optional;

/**
 * A policy applied to a notice.
 *
 * @param startedAt from when the time counts
 * @param dueAt     the first instant that is overdue; empty where nothing sets a period
 * @param reviewAt  where nothing sets a period: when the hub means to look at it again, no duty of the platform
 * @param remindAt  when a reminder goes out, if one does
 */
public record Deadline(
        Instant startedAt,
        Optional<Instant> dueAt,
        Optional<Instant> reviewAt,
        Optional<Instant> remindAt,
        DeadlinePolicy policy) {

    /** When the hub acts with nobody watching: at the due date, or where there is none at its own target. */
    public Optional<Instant> alarmAt() {
        return dueAt.or(() -> reviewAt);
    }

    public int policyVersion() {
        return policy.version();
    }

    public StartEvent startEvent() {
        return policy.startEvent();
    }

    public String legalReference() {
        return policy.legalReference();
    }
}
