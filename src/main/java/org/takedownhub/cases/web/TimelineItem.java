package org.takedownhub.cases.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.takedownhub.audit.AuditEntry;

/** One thing that happened. */
@Schema(name = "TimelineItem")
record TimelineItem(
        Instant at,
        @Schema(description = "User id, or system") String actor,
        @Schema(example = "case.opened") String action,
        String detail,
        @Schema(description = "Version of the process model at that moment", example = "takedown:3") @Nullable
                String processVersion) {

    static TimelineItem of(AuditEntry entry) {
        return new TimelineItem(
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.detail(),
                entry.processVersion().orElse(null));
    }
}
