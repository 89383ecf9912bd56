package org.takedownhub.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** The documents of a case's notices on its page, with what of their law nobody had verified. */
@Component
@Order(100)
class NoticeChapter implements CaseChapter {

    private final JdbcClient jdbc;

    NoticeChapter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param recipient counted from 1 */
    record Entry(
            String noticeId,
            String instrument,
            int recipient,
            String name,
            String sha256,
            int instrumentVersion,
            int templateVersion,
            String unverified) {}

    @Override
    public String key() {
        return "noticeDocuments";
    }

    @Override
    public String title() {
        return "Notices as they were sent";
    }

    @Override
    public List<Entry> entries(CaseReference reference) {
        return jdbc.sql("select d.notice_id, n.instrument, d.recipient_number, r.name, d.sha256, n.instrument_version,"
                        + " n.template_version, n.unverified from notice_document d join notice n on n.notice_id ="
                        + " d.notice_id join recipient r on r.case_reference = d.case_reference and r.number ="
                        + " d.recipient_number where d.case_reference = ? and d.kind = 'PDF' and d.redacted = false"
                        + " order by d.recipient_number")
                .params(reference.value())
                .query((row, number) -> entry(row))
                .list();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<Entry> entries = entries(reference);
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        Optional.of("Marked [BG]: nobody has checked this against the law."),
                        List.of(
                                "Recipient",
                                "PDF",
                                "Text",
                                "JSON",
                                "Redacted PDF",
                                "SHA-256 of the PDF",
                                "Not verified"),
                        entries.stream().map(entry -> row(reference, entry)).toList()));
    }

    private static List<Cell> row(CaseReference reference, Entry entry) {
        String path = "/api/v1/cases/" + reference + "/notices/" + entry.noticeId() + "/documents/";
        String which = "?recipient=" + entry.recipient();
        return List.of(
                Cell.of(entry.recipient() + ". " + entry.name()),
                Cell.leading("PDF", path + "pdf" + which),
                Cell.leading("Text", path + "text" + which),
                Cell.leading("JSON", path + "json" + which),
                Cell.leading("Redacted PDF", path + "pdf" + which + "&redacted=true"),
                Cell.of(entry.sha256()),
                Cell.of(entry.unverified().isEmpty() ? "–" : entry.unverified()));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("notice_id"),
                row.getString("instrument"),
                row.getInt("recipient_number") + 1,
                row.getString("name"),
                row.getString("sha256"),
                row.getInt("instrument_version"),
                row.getInt("template_version"),
                Optional.ofNullable(row.getString("unverified")).orElse(""));
    }
}
