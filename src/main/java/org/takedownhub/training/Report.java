package org.takedownhub.training;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as the moderators have it.
 *
 * @param category    {@code spam}, {@code legal}, {@code violation} or {@code other}
 * @param closingAt   when a moderator closes it without removing anything; null when nobody does
 */
record Report(
        long id,
        Account target,
        List<Long> statusIds,
        List<Long> ruleIds,
        String category,
        String comment,
        Instant createdAt,
        @Nullable Instant closingAt) {

    Report {
        statusIds = List.copyOf(statusIds);
        ruleIds = List.copyOf(ruleIds);
    }

    boolean closed(Instant now) {
        return closingAt != null && !now.isBefore(closingAt);
    }
}
