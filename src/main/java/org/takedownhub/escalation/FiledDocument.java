package org.takedownhub.escalation;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;

/**
 * A file that the hub made out about a case, without its content.
 *
 * @param sha256 in hex, over the bytes as they are handed out
 * @param madeAt UTC
 */
public record FiledDocument(
        String documentId,
        CaseReference reference,
        int recipientNumber,
        int rung,
        Kind kind,
        String fileName,
        String mediaType,
        String sha256,
        long sizeInBytes,
        Instant madeAt) {

    public enum Kind {
        /** For the coordinating officer. */
        PENALTY_FILE,
        /** For the regulator. */
        EVIDENCE_PACK
    }
}
