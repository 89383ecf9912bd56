package org.takedownhub.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** What went out and reached nobody. */
@Component
@Order(110)
class DeliveriesChapter implements CaseChapter {

    private static final List<String> COLUMNS = List.of("Recipient", "Sent (UTC)", "Came back (UTC)", "Why");

    private final JdbcClient jdbc;

    DeliveriesChapter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param recipient its number; all instants UTC */
    record FailedDelivery(int recipient, Instant sentAt, Instant failedAt, String detail) {}

    @Override
    public String key() {
        return "failedDeliveries";
    }

    @Override
    public String title() {
        return "What reached nobody";
    }

    @Override
    @Transactional(readOnly = true)
    public List<FailedDelivery> entries(CaseReference reference) {
        return jdbc.sql("select * from failed_delivery where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new FailedDelivery(
                        row.getInt("recipient_number"),
                        Instants.required(row, "sent_at"),
                        Instants.required(row, "failed_at"),
                        row.getString("detail")))
                .list();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<FailedDelivery> failed = entries(reference);
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        Optional.of("A notice counts as given once it went to somebody who got it. These did not."),
                        COLUMNS,
                        failed.stream()
                                .map(each -> List.of(
                                        Cell.of(Integer.toString(each.recipient())),
                                        Cell.of(each.sentAt().toString()),
                                        Cell.of(each.failedAt().toString()),
                                        Cell.of(each.detail())))
                                .toList()));
    }
}
