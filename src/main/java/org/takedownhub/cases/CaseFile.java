package org.takedownhub.cases;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/**
 * A case as it stands.
 *
 * @param platform       the platform instance that serves the content's host, else the host itself
 * @param url            as first seen, never followed
 * @param host           of the canonical address, lower case
 * @param flaggedAt      UTC, as all instants here
 * @param removalDueAt   the earliest due date of its open recipients
 * @param rung           the highest rung climbed, 0 for none
 * @param processVersion {@code key:version} of the model it runs on
 */
public record CaseFile(
        CaseReference reference,
        CaseState state,
        String platform,
        ContentKey contentKey,
        String url,
        URI canonicalUrl,
        String host,
        boolean weakKey,
        Optional<String> accountKey,
        Category category,
        Source source,
        String reason,
        boolean threatToLife,
        Optional<Verdict> verdict,
        Instant flaggedAt,
        Optional<Instant> removalDueAt,
        int rung,
        Optional<Outcome> outcome,
        Optional<OutcomeScope> outcomeScope,
        Optional<RemovedBy> removedBy,
        Optional<Instant> closedAt,
        Optional<String> processVersion) {

    /** The address as people may see it: text that no program turns into a link. */
    public String defangedUrl() {
        return url.replaceFirst("(?i)^http", "hxxp");
    }

    /** Whether there is still something to do about the content: nothing has come of the case yet. */
    public boolean open() {
        return outcome.isEmpty();
    }
}
