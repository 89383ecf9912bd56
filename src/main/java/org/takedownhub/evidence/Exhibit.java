package org.takedownhub.evidence;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.takedownhub.casefile.CaseReference;

/**
 * One capture of a case's content, without the content itself.
 *
 * @param requestedAt UTC, as all instants here
 * @param requestedBy the user who set it off, or {@code system}
 * @param method      how it was fetched and, after a semicolon, how it is kept: {@code text} or {@code base64}
 * @param sha256      in hex, over the bytes as they were received
 * @param failure     why there is nothing
 */
public record Exhibit(
        String evidenceId,
        CaseReference reference,
        String platform,
        URI url,
        State state,
        Instant requestedAt,
        String requestedBy,
        Optional<Instant> capturedAt,
        Optional<String> method,
        OptionalInt httpStatus,
        Optional<String> mediaType,
        Optional<String> sha256,
        OptionalLong sizeInBytes,
        Optional<String> failure) {

    public enum State {
        REQUESTED,
        CAPTURED,
        FAILED
    }
}
