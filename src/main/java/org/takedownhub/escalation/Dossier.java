package org.takedownhub.escalation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that shows what was asked of a recipient, what came of it and how that is known. No media and no officer's
 * name, only addresses, hashes and instants (UTC).
 */
record Dossier(
        Subject subject,
        Law law,
        List<NoticeGiven> notices,
        List<Delivery> deliveries,
        List<ClockLine> clock,
        List<Seen> observations,
        List<Told> answers,
        List<Step> ladder,
        List<Custody> evidence,
        List<Event> chronology) {

    /** @param url as first flagged, so that no program makes a link of it */
    record Subject(
            String caseReference,
            String platform,
            String recipient,
            int recipientNumber,
            String instrument,
            String contentKey,
            String url,
            String category,
            @Nullable String verdict,
            @Nullable String offence,
            boolean threatToLife,
            Instant flaggedAt) {}

    /** @param unverified what nobody has verified about it; null when everything has been */
    record Law(
            String legalReference,
            String exposure,
            String decidedBy,
            String procedure,
            @Nullable String unverified,
            int tableVersion) {}

    record NoticeGiven(
            int recipientNumber,
            String name,
            String instrument,
            String channel,
            String text,
            Instant issuedAt,
            @Nullable Instant givenAt,
            @Nullable Instant receivedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant dueAt,
            @Nullable String legalReference,
            @Nullable String outcome) {}

    /** One thing that went out, or was filed: through an interface, by letter, or proof that a person handed in. */
    record Delivery(
            String way,
            String purpose,
            @Nullable String to,
            String state,
            Instant at,
            @Nullable String platformReference,
            @Nullable String sha256,
            @Nullable String detail) {}

    record ClockLine(
            int recipientNumber,
            String event,
            Instant at,
            @Nullable Instant dueAt,
            String policy,
            @Nullable String detail) {}

    record Seen(
            Instant at,
            int recipientNumber,
            String availability,
            String vantage,
            String connector,
            String recogniser,
            boolean controlAlive,
            @Nullable Integer httpStatus,
            @Nullable String evidenceSha256,
            @Nullable String detail) {}

    record Told(Instant at, int recipientNumber, String answer, @Nullable String detail) {}

    record Step(
            int recipientNumber,
            int rung,
            String action,
            String addressee,
            Instant climbedAt,
            Instant dueAt,
            List<String> done) {}

    record Custody(
            String evidenceId,
            String state,
            String url,
            Instant requestedAt,
            @Nullable Instant capturedAt,
            @Nullable String method,
            @Nullable String mediaType,
            @Nullable String sha256,
            @Nullable Long sizeInBytes,
            @Nullable String failure) {}

    /** @param by {@code hub} or {@code officer}, never a name */
    record Event(Instant at, String by, String action, String detail) {}
}
