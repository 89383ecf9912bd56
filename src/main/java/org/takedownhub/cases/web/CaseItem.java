package org.takedownhub.cases.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;

/** A case in a list: what one needs to choose which one to open. */
@Schema(name = "CaseItem")
record CaseItem(
        @Schema(example = "TH-2026-000123") String caseReference,
        CaseState state,
        String platform,
        String contentKey,
        String url,
        Category category,
        boolean threatToLife,
        @Nullable Verdict verdict,
        Instant flaggedAt,
        @Nullable Instant removalDueAt,
        int rung,
        @Nullable Outcome outcome,
        @Nullable Instant closedAt) {

    static CaseItem of(CaseFile file) {
        return new CaseItem(
                file.reference().value(),
                file.state(),
                file.platform(),
                file.contentKey().value(),
                file.url(),
                file.category(),
                file.threatToLife(),
                file.verdict().orElse(null),
                file.flaggedAt(),
                file.removalDueAt().orElse(null),
                file.rung(),
                file.outcome().orElse(null),
                file.closedAt().orElse(null));
    }
}
