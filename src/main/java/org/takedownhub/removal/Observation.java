package org.takedownhub.removal;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.UnknownReason;

/**
 * One look whether content is still up.
 *
 * @param vantage      where we looked from
 * @param connector    the connector's kind
 * @param platform     the platform instance
 * @param controlAlive whether a known-live item on the same host answered in the same round
 * @param evidenceHash SHA-256 in hex of the deciding answer
 * @param observedAt   UTC
 * @param recogniser   name and version of what read the answer
 * @param unknownReason why it could not tell, when it could not
 */
public record Observation(
        CaseReference reference,
        int recipientNumber,
        Availability availability,
        String vantage,
        String connector,
        String platform,
        boolean controlAlive,
        OptionalInt httpStatus,
        String detail,
        Optional<String> evidenceHash,
        Instant observedAt,
        String recogniser,
        Optional<UnknownReason> unknownReason) {}
