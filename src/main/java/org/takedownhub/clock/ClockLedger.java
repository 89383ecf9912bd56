package org.takedownhub.clock;

import static org.takedownhub.audit.Instants.stored;

import java.util.List;
import java.util.Locale;
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

    private final JdbcClient jdbc;
    private final Audit audit;

    ClockLedger(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(ClockEntry entry) {
        jdbc.sql(
                        "insert into clock_entry (case_reference, recipient_number, event, at, due_at, policy_code,"
                                + " policy_version, detail) values (:reference, :number, :event, :at, :due, :code, :version, :detail)")
                .param("reference", entry.reference().value())
                .param("number", entry.recipientNumber())
                .param("event", entry.event().name())
                .param("at", stored(entry.at()))
                .param("due", stored(entry.dueAt()))
                .param("code", entry.policyCode())
                .param("version", entry.policyVersion())
                .param("detail", entry.detail())
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
                .query((row, number) -> new ClockEntry(
                        new CaseReference(row.getString("case_reference")),
                        row.getInt("recipient_number"),
                        ClockEntry.Event.valueOf(row.getString("event")),
                        Instants.required(row, "at"),
                        Instants.optional(row, "due_at"),
                        row.getString("policy_code"),
                        row.getInt("policy_version"),
                        row.getString("detail")))
                .list();
    }

    public Optional<ClockEntry> last(CaseReference reference, int recipientNumber) {
        List<ClockEntry> entries = of(reference, recipientNumber);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }
}
