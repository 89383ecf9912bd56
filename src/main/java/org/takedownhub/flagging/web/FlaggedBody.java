package org.takedownhub.flagging.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.takedownhub.flagging.Flagged;

/** The receipt for a flag. */
@Schema(name = "Flagged")
record FlaggedBody(
        @Schema(example = "0c6b3a52-0c0b-4c3e-9a34-1f6f8f1f4c11") String flagId,
        @Schema(example = "TH-2026-000123") String caseReference,
        @Schema(example = "ap:status:social.example/113002") String contentKey,
        @Schema(description = "The content was an open case already, and the flag has joined it") boolean duplicate) {

    static FlaggedBody of(Flagged flagged) {
        return new FlaggedBody(
                flagged.flagId(),
                flagged.caseReference().value(),
                flagged.contentKey().value(),
                flagged.duplicate());
    }
}
