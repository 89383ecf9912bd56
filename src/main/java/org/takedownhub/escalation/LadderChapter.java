package org.takedownhub.escalation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** What each rung sent or filed, with the files to save. */
@Component
@Order(60)
class LadderChapter implements CaseChapter {

    private final JdbcClient jdbc;

    LadderChapter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "ladder";
    }

    @Override
    public String title() {
        return "Sent and filed by the ladder";
    }

    @Override
    @Transactional(readOnly = true)
    public List<Effect> entries(CaseReference reference) {
        return jdbc.sql(
                        "select e.*, r.action, d.file_name, d.sha256 from rung_effect e join rung r on r.case_reference ="
                                + " e.case_reference and r.recipient_number = e.recipient_number and r.rung = e.rung left join"
                                + " filed_document d on d.case_reference = e.case_reference and d.document_id = e.reference"
                                + " where e.case_reference = ? order by e.done_at, e.recipient_number, e.rung, e.kind,"
                                + " d.file_name")
                .params(reference.value())
                .query((row, number) -> {
                    boolean filed = row.getString("file_name") != null;
                    return new Effect(
                            row.getInt("recipient_number"),
                            row.getInt("rung"),
                            row.getString("action"),
                            row.getString("kind"),
                            row.getString("summary"),
                            Instants.required(row, "done_at"),
                            filed ? row.getString("reference") : null,
                            row.getString("file_name"),
                            row.getString("sha256"));
                })
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Sheet> sheet(CaseReference reference) {
        List<List<Cell>> rows = entries(reference).stream()
                .map(effect -> List.of(
                        Cell.of(effect.recipientNumber() + ", rung " + effect.rung()),
                        Cell.of(effect.summary()),
                        effect.documentId() == null
                                ? Cell.of("–")
                                : Cell.leading(
                                        "Save " + effect.fileName(),
                                        "/api/v1/cases/" + reference + "/files/" + effect.documentId())))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(List.of("Recipient and rung", "What was sent or filed", "File"), rows));
    }

    /**
     * @param doneAt     UTC
     * @param documentId of the file that was made out; null where the rung did something else
     * @param sha256     of that file, in hex
     */
    record Effect(
            int recipientNumber,
            int rung,
            String action,
            String kind,
            String summary,
            Instant doneAt,
            @Nullable String documentId,
            @Nullable String fileName,
            @Nullable String sha256) {}
}
