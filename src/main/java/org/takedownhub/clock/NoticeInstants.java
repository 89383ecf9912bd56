package org.takedownhub.clock;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The four instants of a notice to one recipient; each is absent until it has happened.
 *
 * @param issuedAt       the hub signed it
 * @param givenAt        the hub sent it
 * @param receivedAt     there is proof that it arrived
 * @param acknowledgedAt the platform confirmed that it has it
 */
public record NoticeInstants(
        @Nullable Instant issuedAt,
        @Nullable Instant givenAt,
        @Nullable Instant receivedAt,
        @Nullable Instant acknowledgedAt) {

    /** The instant that sets a clock going, when it has happened. */
    public Optional<Instant> of(StartEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case ISSUED -> issuedAt;
                    case GIVEN, DAY_AFTER_GIVEN -> givenAt;
                    case RECEIVED -> receivedAt;
                    case ACKNOWLEDGED -> acknowledgedAt;
                });
    }
}
