package org.takedownhub.platform;

import java.time.Instant;
import java.util.Map;

/**
 * The platform took the notice.
 *
 * @param reference  the platform's own id of the report
 * @param receivedAt when the platform says it has it, UTC
 * @param identities what the platform calls the item: kept with the case
 */
public record Receipt(String reference, Instant receivedAt, Map<String, String> identities) implements ReferralAnswer {

    public Receipt {
        identities = Map.copyOf(identities);
    }
}
