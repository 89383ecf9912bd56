package org.takedownhub.modelling.migration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * One case of a migration.
 *
 * @param message      what became of it, in a sentence; empty where the state says it all
 * @param from         versions it stood on, such as {@code takedown 3, escalation 3}; empty while nothing has happened
 * @param to           versions it stands on since; empty when it has not moved
 * @param replanReason why its removal deadline was to be computed anew; empty where it was not
 * @param replanned    what that came to
 */
public record MigratedCase(
        CaseReference reference,
        Migration.CaseState state,
        String message,
        String from,
        String to,
        Optional<String> replanReason,
        List<Replanned> replanned,
        Optional<Instant> settledAt) {

    /** Instants UTC. */
    public record Replanned(int recipientNumber, String recipient, Instant before, Instant after) {}
}
