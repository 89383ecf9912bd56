package org.takedownhub.crisis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time in which what is linked to names or tags goes before other work. Instants UTC.
 *
 * @param priority what tasks of linked cases are raised to; those that are higher already stay
 * @param endsAt   the first instant at which it raises nothing any more
 * @param endedAt  when the priorities had been lowered again; empty until then
 * @param cases    how many open cases it is about, without those whose existence is covered
 */
public record Crisis(
        String crisisId,
        List<String> names,
        List<String> tags,
        String reason,
        int priority,
        String declaredBy,
        Instant declaredAt,
        Instant endsAt,
        Optional<Instant> endedAt,
        Optional<String> endedBy,
        int cases) {

    /** Whether it raises anything at an instant. */
    public boolean raises(Instant now) {
        return endedAt.isEmpty() && now.isBefore(endsAt);
    }
}
