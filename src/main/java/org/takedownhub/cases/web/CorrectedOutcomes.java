package org.takedownhub.cases.web;

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
import org.takedownhub.pages.Moments;

/** What outcomes said before they were corrected: a figure that changed shows that it did. */
@Component
@Order(610)
@Transactional(readOnly = true)
class CorrectedOutcomes implements CaseChapter {

    private final JdbcClient jdbc;

    CorrectedOutcomes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "corrections";
    }

    @Override
    public String title() {
        return "Corrected outcomes";
    }

    @Override
    public List<Correction> entries(CaseReference reference) {
        return jdbc.sql("select * from outcome_correction where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new Correction(
                        row.getObject("recipient_number", Integer.class),
                        row.getString("outcome_before"),
                        row.getString("outcome_after"),
                        row.getString("reason"),
                        Instants.required(row, "corrected_at")))
                .list();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<List<Cell>> rows = entries(reference).stream()
                .map(correction -> List.of(
                        Cell.of(Moments.words(correction.correctedAt())),
                        Cell.of(
                                correction.recipientNumber() == null
                                        ? "The case"
                                        : "Recipient " + correction.recipientNumber()),
                        Cell.of(Words.of(correction.outcomeBefore())),
                        Cell.of(Words.of(correction.outcomeAfter())),
                        Cell.of(correction.reason())))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(List.of("When", "Of", "Said before", "Says now", "Why"), rows));
    }

    /** @param recipientNumber empty where the outcome of the case as a whole was corrected */
    record Correction(
            @Nullable Integer recipientNumber,
            String outcomeBefore,
            String outcomeAfter,
            String reason,
            Instant correctedAt) {}
}
