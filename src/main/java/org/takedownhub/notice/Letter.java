package org.takedownhub.notice;

import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * Something written to somebody about a case.
 *
 * @param key       names it for good: writing it again changes nothing
 * @param purpose   what it is for, such as {@code rung.platform-contact}
 * @param addressee to whom, in words
 * @param address   where mail reaches the addressee; empty: a person hands it over
 * @param writtenAt UTC
 * @param sentAt    when the mail server took it, UTC
 * @param detail    why it was not sent, or what is uncertain about it
 */
public record Letter(
        String key,
        CaseReference reference,
        String purpose,
        String addressee,
        Optional<String> address,
        String subject,
        String body,
        State state,
        Instant writtenAt,
        Optional<Instant> sentAt,
        Optional<String> detail) {

    public enum State {
        QUEUED,
        SENDING,
        SENT,
        /** On record, for a person to hand over. */
        FILED,
        /** The mail server may or may not have taken it; never sent again by itself. */
        UNCERTAIN
    }
}
