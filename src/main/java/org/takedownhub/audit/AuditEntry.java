package org.takedownhub.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param stream         the case reference, or {@link Audit#HUB} for what concerns no single case
 * @param position       1, 2, 3 … without gaps within the stream
 * @param at             UTC
 * @param actor          the person's or program's user id, or {@code system}
 * @param action         {@code room.event}, such as {@code case.opened}
 * @param processVersion {@code key:version} of the model the case runs on
 * @param hash           SHA-256 in hex over the previous entry's hash and this entry's fields
 */
public record AuditEntry(
        String stream,
        long position,
        Instant at,
        String actor,
        String action,
        String detail,
        Optional<String> processVersion,
        String previousHash,
        String hash) {}
