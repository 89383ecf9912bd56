package org.takedownhub.escalation;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Submission;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** Puts together what a file about an overdue removal holds. Other rooms write these tables; here they are only read. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Dossiers {

    /**
     * What of the log concerns the notice and its following up. Everything else stays in the house: who looked, what
     * forces said, what was searched for.
     */
    private static final List<String> CHRONICLED = List.of(
            "case.opened",
            "case.verified",
            "notice.",
            "submission.",
            "clock.",
            "removal.",
            "escalation.",
            "formal-notice.",
            "letter.",
            "referral.approved",
            "evidence.captured",
            "evidence.failed",
            "evidence.kept");

    /** Log entries whose words the hub itself chose. What a person typed stays in the house. */
    private static final List<String> WORDED = List.of(
            "case.opened",
            "case.verified",
            "notice.issued",
            "notice.rerouted",
            "notice.given",
            "notice.received",
            "notice.acknowledged",
            "notice.settled",
            "notice.formalised",
            "notice.superseded",
            "submission.",
            "clock.",
            "removal.reminded",
            "escalation.climbed",
            "escalation.done",
            "formal-notice.",
            "evidence.captured",
            "evidence.failed");

    private static final int MOST_EVENTS = 5000;

    private final JdbcClient jdbc;
    private final Notices notices;
    private final Letters letters;
    private final DecisionTables tables;
    private final Audit audit;

    Dossiers(JdbcClient jdbc, Notices notices, Letters letters, DecisionTables tables, Audit audit) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.letters = letters;
        this.tables = tables;
        this.audit = audit;
    }

    Dossier of(CaseFile file, Recipient recipient) {
        CaseReference reference = file.reference();
        return new Dossier(
                subject(file, recipient),
                law(recipient),
                notices.of(reference).stream().map(this::given).toList(),
                Stream.of(submissions(reference), letters(reference), proofs(reference))
                        .flatMap(List::stream)
                        .sorted(Comparator.comparing(Dossier.Delivery::at))
                        .toList(),
                clock(reference),
                observations(reference),
                answers(reference),
                ladder(reference),
                custody(reference),
                chronology(reference));
    }

    private Dossier.Subject subject(CaseFile file, Recipient recipient) {
        return new Dossier.Subject(
                file.reference().value(),
                file.platform(),
                recipient.name(),
                recipient.number(),
                recipient.instrument().name(),
                file.contentKey().value(),
                file.url(),
                file.category().name(),
                file.verdict().map(Enum::name).orElse(null),
                jdbc.sql("select offence from verification where case_reference = ? and offence is not null"
                                + " order by id desc fetch first 1 rows only")
                        .params(file.reference().value())
                        .query(String.class)
                        .optional()
                        .orElse(null),
                file.threatToLife(),
                file.flaggedAt());
    }

    private Dossier.Law law(Recipient recipient) {
        return tables.decide(
                        TakedownProcess.DECISION_PENALTY_EXPOSURE,
                        Map.of(
                                TakedownProcess.INSTRUMENT.name(),
                                recipient.instrument().name()))
                .map(ruling -> new Dossier.Law(
                        ruling.text("legalReference"),
                        ruling.text("exposure"),
                        ruling.text("decidedBy"),
                        ruling.text("procedure"),
                        Optional.of(ruling.text("unverified"))
                                .filter(text -> !text.isBlank())
                                .orElse(null),
                        ruling.version()))
                .orElseGet(() -> new Dossier.Law(
                        "Unknown",
                        "The table penalty-exposure has no row for " + recipient.instrument(),
                        "Unknown",
                        "Unknown",
                        "everything",
                        0));
    }

    private Dossier.NoticeGiven given(Recipient recipient) {
        return new Dossier.NoticeGiven(
                recipient.number(),
                recipient.name(),
                recipient.instrument().name(),
                recipient.channel().name(),
                recipient.explanation(),
                recipient.issuedAt(),
                recipient.givenAt().orElse(null),
                recipient.receivedAt().orElse(null),
                recipient.acknowledgedAt().orElse(null),
                recipient.dueAt().orElse(null),
                jdbc.sql("select legal_reference from recipient where case_reference = ? and number = ? and"
                                + " legal_reference is not null")
                        .params(recipient.reference().value(), recipient.number())
                        .query(String.class)
                        .optional()
                        .orElse(null),
                recipient.outcome().map(Enum::name).orElse(null));
    }

    private List<Dossier.Delivery> submissions(CaseReference reference) {
        return jdbc.sql("select * from submission where case_reference = ? and purpose <> ?")
                .params(reference.value(), Submission.Purpose.ANSWER.name())
                .query((row, number) -> new Dossier.Delivery(
                        "interface of " + row.getString("platform"),
                        row.getString("purpose"),
                        "recipient " + row.getInt("recipient_number"),
                        row.getString("state"),
                        Instants.optional(row, "sending_at").orElse(Instants.required(row, "prepared_at")),
                        row.getString("platform_reference"),
                        null,
                        row.getString("detail")))
                .list();
    }

    private List<Dossier.Delivery> letters(CaseReference reference) {
        return letters.of(reference).stream()
                .filter(letter -> !letter.purpose().equals("CLOSED"))
                .map(letter -> new Dossier.Delivery(
                        "letter",
                        letter.purpose(),
                        letter.addressee(),
                        letter.state().name(),
                        letter.sentAt().orElse(letter.writtenAt()),
                        null,
                        Sha256.hex(letter.body().getBytes(StandardCharsets.UTF_8)),
                        letter.detail().orElse(null)))
                .toList();
    }

    /** Proof of a hand-in: its hash, not the picture. */
    private List<Dossier.Delivery> proofs(CaseReference reference) {
        return jdbc.sql("select * from evidence where case_reference = ? and method like 'proof%'")
                .params(reference.value())
                .query((row, number) -> new Dossier.Delivery(
                        "proof of hand-in",
                        "PROOF",
                        null,
                        row.getString("state"),
                        Instants.required(row, "requested_at"),
                        row.getString("evidence_id"),
                        row.getString("sha256"),
                        row.getString("media_type")))
                .list();
    }

    private List<Dossier.ClockLine> clock(CaseReference reference) {
        return jdbc.sql("select * from clock_entry where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new Dossier.ClockLine(
                        row.getInt("recipient_number"),
                        row.getString("event"),
                        Instants.required(row, "at"),
                        instant(row, "due_at"),
                        row.getString("policy_code") + ", version " + row.getInt("policy_version"),
                        row.getString("detail")))
                .list();
    }

    private List<Dossier.Seen> observations(CaseReference reference) {
        return jdbc.sql("select * from observation where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new Dossier.Seen(
                        Instants.required(row, "observed_at"),
                        row.getInt("recipient_number"),
                        row.getString("availability"),
                        row.getString("vantage"),
                        row.getString("connector"),
                        row.getString("recogniser"),
                        row.getBoolean("control_alive"),
                        row.getObject("http_status", Integer.class),
                        row.getString("evidence_hash"),
                        row.getString("detail")))
                .list();
    }

    private List<Dossier.Told> answers(CaseReference reference) {
        return jdbc.sql("select * from platform_answer where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new Dossier.Told(
                        Instants.required(row, "answered_at"),
                        row.getInt("recipient_number"),
                        row.getString("answer"),
                        row.getString("detail")))
                .list();
    }

    List<Dossier.Step> ladder(CaseReference reference) {
        return jdbc.sql("select * from rung where case_reference = ? order by climbed_at, recipient_number, rung")
                .params(reference.value())
                .query((row, number) -> new Dossier.Step(
                        row.getInt("recipient_number"),
                        row.getInt("rung"),
                        row.getString("action"),
                        row.getString("addressee"),
                        Instants.required(row, "climbed_at"),
                        Instants.required(row, "due_at"),
                        done(reference, row.getInt("recipient_number"), row.getInt("rung"))))
                .list();
    }

    private List<String> done(CaseReference reference, int recipientNumber, int rung) {
        return jdbc.sql("select summary from rung_effect where case_reference = ? and recipient_number = ? and rung = ?"
                        + " order by done_at, kind, reference")
                .params(reference.value(), recipientNumber, rung)
                .query(String.class)
                .list();
    }

    private List<Dossier.Custody> custody(CaseReference reference) {
        return jdbc.sql("select * from evidence where case_reference = ? order by requested_at, evidence_id")
                .params(reference.value())
                .query((row, number) -> new Dossier.Custody(
                        row.getString("evidence_id"),
                        row.getString("state"),
                        row.getString("url"),
                        Instants.required(row, "requested_at"),
                        instant(row, "captured_at"),
                        row.getString("method"),
                        row.getString("media_type"),
                        row.getString("sha256"),
                        row.getObject("size_in_bytes", Long.class),
                        row.getString("failure")))
                .list();
    }

    private List<Dossier.Event> chronology(CaseReference reference) {
        return audit.entries(reference.value(), 0, MOST_EVENTS).stream()
                .filter(entry -> CHRONICLED.stream().anyMatch(entry.action()::startsWith))
                .map(Dossiers::event)
                .toList();
    }

    private static Dossier.Event event(AuditEntry entry) {
        boolean worded = WORDED.stream().anyMatch(entry.action()::startsWith);
        return new Dossier.Event(
                entry.at(),
                entry.actor().equals(Actor.SYSTEM) ? "hub" : "officer",
                entry.action(),
                worded ? entry.detail() : "");
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return Instants.optional(row, column).orElse(null);
    }
}
