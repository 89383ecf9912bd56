package org.takedownhub.training;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post and what became of it.
 *
 * @param media           names of its pictures; equal names are equal pictures
 * @param ordinary        true for the platform's own posts, which are listed publicly and never removed
 * @param deletedAt       when its author deleted it
 * @param firstReportedAt when it was reported first
 * @param lastReportedAt  when it was reported last
 */
record Post(
        long id,
        Account author,
        String text,
        List<String> media,
        Behaviour behaviour,
        Duration after,
        boolean ordinary,
        Instant createdAt,
        @Nullable Instant deletedAt,
        @Nullable Instant firstReportedAt,
        @Nullable Instant lastReportedAt) {

    Post {
        media = List.copyOf(media);
    }

    Standing standing(Instant now) {
        if (deletedAt != null && !now.isBefore(deletedAt)) {
            return Standing.DELETED;
        }
        if (firstReportedAt == null || lastReportedAt == null) {
            return Standing.UP;
        }
        return behaviour.standing(firstReportedAt, lastReportedAt, after, now);
    }

    /** Mastodon keeps a reported post out of sight for its moderators, so it can be reported again; others are lost. */
    boolean canBeReported(Instant now) {
        return firstReportedAt != null || standing(now) != Standing.DELETED;
    }
}
