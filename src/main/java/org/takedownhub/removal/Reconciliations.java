package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.process.RemovalTimers;

/** What the rounds of reconciliation found, kept for operators. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Reconciliations {

    private static final int FINDINGS_SHOWN = 200;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    Reconciliations(JdbcClient jdbc, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One round over all clocks. Instants UTC.
     *
     * @param key        why and when it began
     * @param finishedAt empty while it lasts, or when its node stopped in the middle
     */
    public record Round(
            String key, Instant startedAt, Optional<Instant> finishedAt, int checked, int repaired, int unrepaired) {}

    /**
     * Begins a round; false when another node has begun the one of this key.
     *
     * @throws org.springframework.dao.DuplicateKeyException another node has begun it at the same moment
     */
    public boolean begin(String key) {
        boolean begun = jdbc.sql("select count(*) from clock_reconciliation where round_key = ?")
                        .params(key)
                        .query(Integer.class)
                        .single()
                > 0;
        if (!begun) {
            jdbc.sql("insert into clock_reconciliation (round_key, started_at, checked, repaired, unrepaired) values"
                            + " (?, ?, 0, 0, 0)")
                    .params(key, stored(clock.instant()))
                    .update();
        }
        return !begun;
    }

    /** Every recipient that is open and has a clock, in order of the case references. */
    @Transactional(readOnly = true)
    public List<Clocked> clocked() {
        return jdbc.sql("select r.case_reference, r.number from recipient r join takedown_case c on c.case_reference ="
                        + " r.case_reference where r.outcome is null and c.state <> 'CLOSED' and c.state <> 'WATCHING'"
                        + " and exists (select 1 from clock_entry e where e.case_reference = r.case_reference and"
                        + " e.recipient_number = r.number) order by r.case_reference, r.number")
                .query((row, number) ->
                        new Clocked(new CaseReference(row.getString("case_reference")), row.getInt("number")))
                .list();
    }

    /** A recipient with a clock. */
    public record Clocked(CaseReference reference, int recipientNumber) {}

    /** Keeps other nodes from this recipient until the transaction ends. */
    public void lock(Clocked clocked) {
        jdbc.sql("select number from recipient where case_reference = ? and number = ? for update")
                .params(clocked.reference().value(), clocked.recipientNumber())
                .query(Integer.class)
                .single();
    }

    /** Writes a finding down, with the case and in the round. */
    public void found(String key, ClockFinding finding) {
        jdbc.sql("insert into clock_finding (round_key, case_reference, recipient_number, problem, timer, found_at,"
                        + " wanted_at, repaired, detail) values (:key, :reference, :number, :problem, :timer, :found,"
                        + " :wanted, :repaired, :detail)")
                .param("key", key)
                .param("reference", finding.reference().value())
                .param("number", finding.recipientNumber())
                .param("problem", finding.problem().name())
                .param("timer", finding.timer().map(Enum::name).orElse(null))
                .param("found", stored(finding.found()))
                .param("wanted", stored(finding.wanted()))
                .param("repaired", finding.repaired())
                .param("detail", finding.detail())
                .update();
        audit.record(
                finding.reference(),
                finding.repaired() ? "clock.timer-repaired" : "clock.timer-wrong",
                "recipient " + finding.recipientNumber() + ", " + finding.problem()
                        + finding.timer().map(timer -> " " + timer).orElse("")
                        + finding.found().map(at -> ", was " + at).orElse("")
                        + finding.wanted().map(at -> ", is to be " + at).orElse("") + ": " + finding.detail());
    }

    /** Ends a round; the hub's own log keeps its figures. */
    public void end(String key, int checked, int repaired, int unrepaired) {
        jdbc.sql("update clock_reconciliation set finished_at = ?, checked = ?, repaired = ?, unrepaired = ? where"
                        + " round_key = ?")
                .params(stored(clock.instant()), checked, repaired, unrepaired, key)
                .update();
        audit.record(
                "clock.reconciled",
                key + ": " + checked + " clocks checked, " + repaired + " timers repaired, " + unrepaired
                        + " left for a person");
    }

    /** The newest rounds first. */
    @Transactional(readOnly = true)
    public List<Round> rounds(int limit) {
        return jdbc.sql("select * from clock_reconciliation order by id desc fetch first ? rows only")
                .params(limit)
                .query((row, number) -> round(row))
                .list();
    }

    /** The newest round that came to its end. */
    @Transactional(readOnly = true)
    public Optional<Round> lastFinished() {
        return jdbc.sql("select * from clock_reconciliation where finished_at is not null order by finished_at desc,"
                        + " id desc fetch first 1 rows only")
                .query((row, number) -> round(row))
                .optional();
    }

    /** What a round found, without cases whose existence is covered; the newest 200. */
    @Transactional(readOnly = true)
    public List<ClockFinding> findings(String key) {
        return jdbc.sql("select f.* from clock_finding f join takedown_case c on c.case_reference = f.case_reference"
                        + " where f.round_key = ? and c.source <> 'COVERT' order by f.id desc fetch first ? rows only")
                .params(key, FINDINGS_SHOWN)
                .query((row, number) -> finding(row))
                .list();
    }

    private static Round round(ResultSet row) throws SQLException {
        return new Round(
                row.getString("round_key"),
                Instants.required(row, "started_at"),
                Instants.optional(row, "finished_at"),
                row.getInt("checked"),
                row.getInt("repaired"),
                row.getInt("unrepaired"));
    }

    private static ClockFinding finding(ResultSet row) throws SQLException {
        return new ClockFinding(
                new CaseReference(row.getString("case_reference")),
                row.getInt("recipient_number"),
                ClockFinding.Problem.valueOf(row.getString("problem")),
                Optional.ofNullable(row.getString("timer")).map(RemovalTimers.Kind::valueOf),
                Instants.optional(row, "found_at"),
                Instants.optional(row, "wanted_at"),
                row.getBoolean("repaired"),
                row.getString("detail"));
    }
}
