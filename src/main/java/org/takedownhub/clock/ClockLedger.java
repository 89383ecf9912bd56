package org.takedownhub.clock;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** The truth about every clock: intervals are added, never changed. The engine's timers are only its alarms. */
@Component
public class ClockLedger {

    private static final int LONGEST_DETAIL = 1000;

    private final JdbcClient jdbc;
    private final Audit audit;

    ClockLedger(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(ClockEntry entry) {
        jdbc.sql("insert into clock_entry (case_reference, recipient_number, event, at, due_at, remind_at, policy_code,"
                        + " policy_version, rule_words, legal_reference, unverified, detail) values (:reference, :number,"
                        + " :event, :at, :due, :remind, :code, :version, :words, :law, :unverified, :detail)")
                .param("reference", entry.reference().value())
                .param("number", entry.recipientNumber())
                .param("event", entry.event().name())
                .param("at", stored(entry.at()))
                .param("due", stored(entry.dueAt()))
                .param("remind", stored(entry.remindAt()))
                .param("code", entry.policyCode())
                .param("version", entry.policyVersion())
                .param("words", entry.rule().map(ClockRule::words).orElse(null))
                .param("law", entry.rule().map(ClockRule::legalReference).orElse(null))
                .param("unverified", entry.rule().map(ClockRule::unverified).orElse(null))
                .param("detail", shortened(entry.detail()))
                .update();
        audit.record(
                entry.reference(),
                "clock." + entry.event().name().toLowerCase(Locale.ROOT),
                "recipient " + entry.recipientNumber()
                        + entry.dueAt().map(due -> ", due " + due).orElse("") + ", policy " + entry.policyCode() + " v"
                        + entry.policyVersion());
    }

    /** All entries of a recipient, oldest first. */
    public List<ClockEntry> of(CaseReference reference, int recipientNumber) {
        return jdbc.sql("select * from clock_entry where case_reference = ? and recipient_number = ? order by id")
                .params(reference.value(), recipientNumber)
                .query((row, number) -> entry(row))
                .list();
    }

    public Optional<ClockEntry> last(CaseReference reference, int recipientNumber) {
        List<ClockEntry> entries = of(reference, recipientNumber);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    /** Every stretch in which a recipient's clock ran or stood still, oldest first. */
    public List<ClockInterval> intervals(CaseReference reference, int recipientNumber) {
        return ClockInterval.of(of(reference, recipientNumber));
    }

    /** The whole text stands where it was said, in the answer of the platform. */
    private static String shortened(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL - 1) + "…";
    }

    private static ClockEntry entry(ResultSet row) throws SQLException {
        Optional<String> words = Optional.ofNullable(row.getString("rule_words"));
        String law = Objects.requireNonNullElse(row.getString("legal_reference"), "");
        String unverified = Objects.requireNonNullElse(row.getString("unverified"), "");
        return new ClockEntry(
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                ClockEntry.Event.valueOf(row.getString("event")),
                Instants.required(row, "at"),
                Instants.optional(row, "due_at"),
                Instants.optional(row, "remind_at"),
                row.getString("policy_code"),
                row.getInt("policy_version"),
                words.map(said -> new ClockRule(said, law, unverified)),
                Objects.requireNonNullElse(row.getString("detail"), ""));
    }
}
