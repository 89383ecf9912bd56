package org.takedownhub.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** Everything on file about a case, to be shown. Other rooms write these tables; here they are only read. */
@Component
@Transactional(readOnly = true)
public class CaseFolders {

    /** Long lists are cut here on a page, newest kept: a watched case gathers hundreds of observations. */
    private static final int SHOWN = 50;

    private final JdbcClient jdbc;

    CaseFolders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<NoticeSheet> notices(CaseReference reference) {
        List<RecipientSheet> recipients = recipients(reference);
        return jdbc.sql("select * from notice where case_reference = ? order by issued_at, notice_id")
                .params(reference.value())
                .query((row, number) -> {
                    String noticeId = row.getString("notice_id");
                    return new NoticeSheet(
                            noticeId,
                            row.getString("instrument"),
                            Instants.required(row, "issued_at"),
                            recipients.stream()
                                    .filter(recipient -> recipient.noticeId().equals(noticeId))
                                    .toList());
                })
                .list();
    }

    private List<RecipientSheet> recipients(CaseReference reference) {
        return jdbc.sql("select * from recipient where case_reference = ? order by number")
                .params(reference.value())
                .query((row, number) -> new RecipientSheet(
                        row.getInt("number"),
                        row.getString("notice_id"),
                        row.getString("role"),
                        row.getString("name"),
                        row.getString("channel"),
                        row.getString("policy_code"),
                        row.getObject("policy_version", Integer.class),
                        row.getString("legal_reference"),
                        Instants.required(row, "issued_at"),
                        instant(row, "given_at"),
                        instant(row, "received_at"),
                        row.getString("proof_of_delivery"),
                        row.getString("proof_detail"),
                        instant(row, "acknowledged_at"),
                        instant(row, "due_at"),
                        row.getInt("rung"),
                        row.getString("outcome"),
                        row.getString("outcome_scope"),
                        instant(row, "restricted_at"),
                        instant(row, "settled_at")))
                .list();
    }

    public List<FlagSheet> flags(CaseReference reference) {
        return jdbc.sql("select * from flag where case_reference = ? order by received_at, flag_id")
                .params(reference.value())
                .query((row, number) -> new FlagSheet(
                        Instants.required(row, "received_at"),
                        row.getString("source"),
                        row.getString("reporting_force"),
                        row.getString("category"),
                        row.getBoolean("threat_to_life"),
                        row.getString("reason")))
                .list();
    }

    public List<VerificationSheet> verifications(CaseReference reference) {
        return jdbc.sql("select * from verification where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new VerificationSheet(
                        Instants.required(row, "verified_at"),
                        row.getString("verdict"),
                        row.getString("category"),
                        row.getString("offence"),
                        row.getString("reasons"),
                        row.getString("verified_by")))
                .list();
    }

    /** What the network was asked about the identity of the content, where there was anything to ask. */
    public Optional<IdentitySheet> identity(CaseReference reference) {
        return jdbc.sql("select * from identity_question where case_reference = ?")
                .params(reference.value())
                .query((row, number) -> new IdentitySheet(
                        row.getString("kind"),
                        row.getString("state"),
                        row.getInt("tries"),
                        row.getString("resolved_url"),
                        row.getString("detail")))
                .optional();
    }

    public List<RungSheet> rungs(CaseReference reference) {
        return jdbc.sql("select * from rung where case_reference = ? order by recipient_number, rung")
                .params(reference.value())
                .query((row, number) -> new RungSheet(
                        row.getInt("recipient_number"),
                        row.getInt("rung"),
                        row.getString("action"),
                        row.getString("addressee"),
                        Instants.required(row, "climbed_at"),
                        Instants.required(row, "due_at")))
                .list();
    }

    public List<LetterSheet> letters(CaseReference reference) {
        return jdbc.sql("select * from letter where case_reference = ? order by written_at desc, letter_key"
                        + " fetch first ? rows only")
                .params(reference.value(), SHOWN)
                .query((row, number) -> new LetterSheet(
                        row.getString("purpose"),
                        row.getString("addressee"),
                        row.getString("subject"),
                        row.getString("state"),
                        Instants.required(row, "written_at"),
                        instant(row, "sent_at")))
                .list();
    }

    public List<ObservationSheet> observations(CaseReference reference) {
        return jdbc.sql("select * from observation where case_reference = ? order by id desc fetch first ? rows only")
                .params(reference.value(), SHOWN)
                .query((row, number) -> new ObservationSheet(
                        row.getInt("recipient_number"),
                        row.getString("availability"),
                        row.getString("vantage"),
                        row.getString("connector"),
                        row.getBoolean("control_alive"),
                        row.getObject("http_status", Integer.class),
                        Instants.required(row, "observed_at"),
                        row.getString("evidence_hash"),
                        row.getString("detail"),
                        row.getString("recogniser")))
                .list();
    }

    public List<ReplySheet> replies(CaseReference reference) {
        return jdbc.sql(
                        "select kind, text, replied_at from platform_reply where case_reference = ? order by recorded_at"
                                + " desc, reply_key fetch first ? rows only")
                .params(reference.value(), SHOWN)
                .query((row, number) -> new ReplySheet(
                        row.getString("kind"), row.getString("text"), Instants.required(row, "replied_at")))
                .list();
    }

    public List<EvidenceSheet> evidence(CaseReference reference) {
        return jdbc.sql("select evidence_id, state, requested_at, captured_at, method, media_type, sha256,"
                        + " size_in_bytes, failure from evidence where case_reference = ?"
                        + " order by requested_at, evidence_id")
                .params(reference.value())
                .query((row, number) -> new EvidenceSheet(
                        row.getString("evidence_id"),
                        row.getString("state"),
                        Instants.required(row, "requested_at"),
                        instant(row, "captured_at"),
                        row.getString("method"),
                        row.getString("media_type"),
                        row.getString("sha256"),
                        row.getObject("size_in_bytes", Long.class),
                        row.getString("failure")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return Instants.optional(row, column).orElse(null);
    }

    public record NoticeSheet(String noticeId, String instrument, Instant issuedAt, List<RecipientSheet> recipients) {}

    public record RecipientSheet(
            int number,
            String noticeId,
            String role,
            String name,
            String channel,
            @Nullable String policyCode,
            @Nullable Integer policyVersion,
            @Nullable String legalReference,
            Instant issuedAt,
            @Nullable Instant givenAt,
            @Nullable Instant receivedAt,
            @Nullable String proofOfDelivery,
            @Nullable String proofDetail,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant dueAt,
            int rung,
            @Nullable String outcome,
            @Nullable String outcomeScope,
            @Nullable Instant restrictedAt,
            @Nullable Instant settledAt) {}

    public record FlagSheet(
            Instant receivedAt,
            String source,
            @Nullable String reportingForce,
            String category,
            boolean threatToLife,
            String reason) {}

    public record VerificationSheet(
            Instant verifiedAt,
            String verdict,
            String category,
            @Nullable String offence,
            String reasons,
            String verifiedBy) {}

    public record IdentitySheet(
            String kind, String state, int tries, @Nullable String resolvedUrl, @Nullable String detail) {}

    public record RungSheet(
            int recipientNumber, int rung, String action, String addressee, Instant climbedAt, Instant dueAt) {}

    public record LetterSheet(
            String purpose,
            String addressee,
            String subject,
            String state,
            Instant writtenAt,
            @Nullable Instant sentAt) {}

    public record ObservationSheet(
            int recipientNumber,
            String availability,
            String vantage,
            String connector,
            boolean controlAlive,
            @Nullable Integer httpStatus,
            Instant observedAt,
            @Nullable String evidenceHash,
            @Nullable String detail,
            String recogniser) {}

    /** @param text a stranger's words */
    public record ReplySheet(String kind, String text, Instant repliedAt) {}

    public record EvidenceSheet(
            String evidenceId,
            String state,
            Instant requestedAt,
            @Nullable Instant capturedAt,
            @Nullable String method,
            @Nullable String mediaType,
            @Nullable String sha256,
            @Nullable Long sizeInBytes,
            @Nullable String failure) {}
}
