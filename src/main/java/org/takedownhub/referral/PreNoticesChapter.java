package org.takedownhub.referral;

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

/** Who was told of procedures and deadlines before its first order, and who was not and why. */
@Component
@Order(105)
class PreNoticesChapter implements CaseChapter {

    private static final List<String> COLUMNS =
            List.of("Recipient", "Decision", "Sent (UTC)", "Order not before (UTC)", "Why");

    private final JdbcClient jdbc;

    PreNoticesChapter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param recipient its number
     * @param decision  {@code SENT}, {@code RUNNING} (told about another order already) or {@code SKIPPED} (emergency)
     * @param endsAt    when the order may follow, UTC
     */
    record PreNotice(
            int recipient,
            String decision,
            Instant decidedAt,
            @Nullable Instant sentAt,
            @Nullable Instant endsAt,
            String reason) {}

    @Override
    public String key() {
        return "preNotices";
    }

    @Override
    public String title() {
        return "Told before a first order";
    }

    @Override
    @Transactional(readOnly = true)
    public List<PreNotice> entries(CaseReference reference) {
        return jdbc.sql("select * from pre_notice where case_reference = ? order by decided_at, recipient_number")
                .params(reference.value())
                .query((row, number) -> new PreNotice(
                        row.getInt("recipient_number"),
                        row.getString("decision"),
                        Instants.required(row, "decided_at"),
                        Instants.optional(row, "sent_at").orElse(null),
                        Instants.optional(row, "ends_at").orElse(null),
                        row.getString("reason")))
                .list();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<PreNotice> preNotices = entries(reference);
        return preNotices.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        Optional.of("Regulation (EU) 2021/784 Art. 3(2)"),
                        COLUMNS,
                        preNotices.stream().map(PreNoticesChapter::row).toList()));
    }

    private static List<Cell> row(PreNotice preNotice) {
        return List.of(
                Cell.of(Integer.toString(preNotice.recipient())),
                Cell.of(preNotice.decision()),
                Cell.of(Optional.ofNullable(preNotice.sentAt())
                        .map(Instant::toString)
                        .orElse("–")),
                Cell.of(Optional.ofNullable(preNotice.endsAt())
                        .map(Instant::toString)
                        .orElse("–")),
                Cell.of(preNotice.reason()));
    }
}
