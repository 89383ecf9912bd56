package org.takedownhub.escalation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** The statutory notices that the ladder proposed, and what became of them. */
@Component
@Order(61)
class FormalNoticeChapter implements CaseChapter {

    private final JdbcClient jdbc;

    FormalNoticeChapter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "formalNotices";
    }

    @Override
    public String title() {
        return "Statutory notices proposed";
    }

    @Override
    @Transactional(readOnly = true)
    public List<Proposed> entries(CaseReference reference) {
        return jdbc.sql("select p.*, r.superseded_by from formal_proposal p join recipient r on r.case_reference ="
                        + " p.case_reference and r.number = p.recipient_number where p.case_reference = ? order by"
                        + " p.proposed_at, p.recipient_number")
                .params(reference.value())
                .query((row, number) -> new Proposed(
                        row.getInt("recipient_number"),
                        row.getString("instrument"),
                        row.getString("legal_reference"),
                        row.getString("unverified"),
                        row.getString("state"),
                        Instants.required(row, "proposed_at"),
                        Instants.required(row, "decide_by"),
                        Instants.optional(row, "decided_at").orElse(null),
                        row.getString("reasons"),
                        row.getObject("superseded_by", Integer.class)))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Sheet> sheet(CaseReference reference) {
        List<List<Cell>> rows = entries(reference).stream()
                .map(proposed -> Stream.of(
                                Integer.toString(proposed.recipientNumber()),
                                proposed.instrument() + ", " + proposed.legalReference()
                                        + (proposed.unverified() == null ? "" : ". " + proposed.unverified()),
                                proposed.state(),
                                proposed.reasons() == null ? "–" : proposed.reasons(),
                                proposed.successor() == null ? "–" : Integer.toString(proposed.successor()))
                        .map(Cell::of)
                        .toList())
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        List.of("In place of recipient", "Notice and law", "State", "Reasons", "Went on as recipient"),
                        rows));
    }

    /**
     * @param unverified what nobody has verified about the law
     * @param successor  the recipient that the notice was made out to
     */
    record Proposed(
            int recipientNumber,
            String instrument,
            String legalReference,
            @Nullable String unverified,
            String state,
            Instant proposedAt,
            Instant decideBy,
            @Nullable Instant decidedAt,
            @Nullable String reasons,
            @Nullable Integer successor) {}
}
