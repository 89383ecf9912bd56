package org.takedownhub.modelling.migration;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.modelling.migration.MigratedCase.Replanned;
import org.takedownhub.modelling.migration.Migration.CaseState;

/** Migrations as rows. What is read for people leaves out the cases that whoever asks may not know of. */
@Component
class MigrationStore {

    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_VERSIONS = 500;

    private final JdbcClient jdbc;
    private final CaseVisibility visibility;

    MigrationStore(JdbcClient jdbc, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.visibility = visibility;
    }

    String insert(Order order, String by, Instant at) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("insert into case_migration (migration_id, change_number, target_deployment_id, state, reason,"
                        + " created_by, created_at) values (?, ?, ?, 'RUNNING', ?, ?, ?)")
                .params(id, order.change(), order.deploymentId(), order.reason(), by, stored(at))
                .update();
        order.timers().forEach((event, choice) -> jdbc.sql(
                        "insert into case_migration_timer (migration_id, event_id, treatment) values (?, ?, ?)")
                .params(id, event, choice.name())
                .update());
        return id;
    }

    void insert(String migration, CaseReference reference, CaseState state, String message, @Nullable String replan) {
        jdbc.sql("insert into case_migration_case (migration_id, case_reference, state, attempts, message,"
                        + " from_versions, to_versions, replan_reason) values (?, ?, ?, 0, ?, '', '', ?)")
                .params(migration, reference.value(), state.name(), cut(message, LONGEST_MESSAGE))
                .param(replan)
                .update();
    }

    /** Ids of migrations that are not over, the oldest first. */
    List<String> running() {
        return jdbc.sql("select migration_id from case_migration where state = 'RUNNING' order by created_at")
                .query(String.class)
                .list();
    }

    /** Whoever asks: for the worker. */
    Migration require(String id) {
        return jdbc.sql("select * from case_migration where migration_id = ?")
                .param(id)
                .query((row, count) -> migration(row, counts(id, "")))
                .single();
    }

    List<CaseReference> pending(String migration) {
        return jdbc.sql("select case_reference from case_migration_case where migration_id = ? and state = 'PENDING'"
                        + " order by case_reference")
                .param(migration)
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }

    /** Keeps other nodes from this row until the transaction ends; empty when one of them has it, or it is settled. */
    Optional<Turn> lock(String migration, CaseReference reference) {
        return jdbc.sql("select attempts, replan_reason from case_migration_case where migration_id = ? and"
                        + " case_reference = ? and state = 'PENDING' for update skip locked")
                .params(migration, reference.value())
                .query((row, number) ->
                        new Turn(row.getInt("attempts"), Optional.ofNullable(row.getString("replan_reason"))))
                .optional();
    }

    /** @param attempts how often it was tried before */
    record Turn(int attempts, Optional<String> replanReason) {}

    void settle(
            String migration,
            CaseReference reference,
            CaseState state,
            String message,
            String from,
            String to,
            Instant at) {
        jdbc.sql(
                        "update case_migration_case set state = ?, message = ?, from_versions = ?, to_versions = ?, settled_at = ?"
                                + " where migration_id = ? and case_reference = ? and state = 'PENDING'")
                .params(
                        state.name(),
                        cut(message, LONGEST_MESSAGE),
                        cut(from, LONGEST_VERSIONS),
                        cut(to, LONGEST_VERSIONS),
                        stored(at),
                        migration,
                        reference.value())
                .update();
    }

    void triedInVain(String migration, CaseReference reference) {
        jdbc.sql("update case_migration_case set attempts = attempts + 1 where migration_id = ? and case_reference = ?"
                        + " and state = 'PENDING'")
                .params(migration, reference.value())
                .update();
    }

    void replanned(String migration, CaseReference reference, Replanned clock) {
        jdbc.sql("insert into case_migration_clock (migration_id, case_reference, recipient_number, recipient,"
                        + " due_before, due_after) values (?, ?, ?, ?, ?, ?)")
                .params(
                        migration,
                        reference.value(),
                        clock.recipientNumber(),
                        clock.recipient(),
                        stored(clock.before()),
                        stored(clock.after()))
                .update();
    }

    /** @return false when it is over already, or has cases left */
    boolean finish(String migration, Instant at) {
        return jdbc.sql(
                                "update case_migration set state = 'DONE', finished_at = ? where migration_id = ? and state = 'RUNNING'"
                                        + " and not exists (select 1 from case_migration_case c where c.migration_id ="
                                        + " case_migration.migration_id"
                                        + " and c.state = 'PENDING')")
                        .params(stored(at), migration)
                        .update()
                == 1;
    }

    /** @return false when it is over already */
    boolean cancel(String migration, Instant at) {
        boolean cancelled =
                jdbc.sql("update case_migration set state = 'CANCELLED', finished_at = ? where migration_id = ? and"
                                        + " state = 'RUNNING'")
                                .params(stored(at), migration)
                                .update()
                        == 1;
        if (cancelled) {
            jdbc.sql("update case_migration_case set state = 'SKIPPED', message = 'The migration was stopped before its"
                            + " turn came.', settled_at = ? where migration_id = ? and state = 'PENDING'")
                    .params(stored(at), migration)
                    .update();
        }
        return cancelled;
    }

    /** Whether any of its cases is one that everybody may know of; only then the log of the hub tells of it. */
    boolean isOvert(String migration) {
        return jdbc.sql("select count(*) from case_migration_case c join takedown_case t on t.case_reference ="
                                + " c.case_reference where c.migration_id = ? and t.source <> 'COVERT'")
                        .param(migration)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** A migration as far as whoever asks may know of it; not there when all of its cases are hidden from them. */
    Optional<Migration> find(String id) {
        return jdbc.sql("select * from case_migration where migration_id = ?" + known())
                .param(id)
                .query((row, count) -> shown(row))
                .optional();
    }

    /** Those of a change request, the newest first. */
    List<Migration> of(long change) {
        return jdbc.sql("select * from case_migration where change_number = ?" + known() + " order by created_at desc")
                .param(change)
                .query((row, count) -> shown(row))
                .list();
    }

    /** In order of the references. */
    List<MigratedCase> cases(String migration, Optional<CaseState> state, String after, int limit) {
        return jdbc.sql("select * from case_migration_case where migration_id = :migration and case_reference > :after"
                        + (state.isPresent() ? " and state = :state" : "") + visible()
                        + " order by case_reference fetch first :limit rows only")
                .param("migration", migration)
                .param("after", after)
                .param("state", state.map(Enum::name).orElse(""))
                .param("limit", limit)
                .query((row, number) -> migrated(row))
                .list();
    }

    private String known() {
        return visibility.seesCovertCases()
                ? ""
                : " and exists (select 1 from case_migration_case c where c.migration_id ="
                        + " case_migration.migration_id and c.case_reference in (" + visibility.references() + "))";
    }

    private String visible() {
        return visibility.seesCovertCases() ? "" : " and case_reference in (" + visibility.references() + ")";
    }

    /** For somebody who does not see all of its cases it is over when those they see are. */
    private Migration shown(ResultSet row) throws SQLException {
        Map<CaseState, Integer> counts = counts(row.getString("migration_id"), visible());
        Migration stored = migration(row, counts);
        boolean over = stored.state() == Migration.State.RUNNING
                && !visibility.seesCovertCases()
                && stored.count(CaseState.PENDING) == 0;
        return over
                ? new Migration(
                        stored.id(),
                        stored.change(),
                        stored.deploymentId(),
                        Migration.State.DONE,
                        stored.reason(),
                        stored.createdBy(),
                        stored.createdAt(),
                        Optional.empty(),
                        stored.timers(),
                        counts)
                : stored;
    }

    private Map<CaseState, Integer> counts(String migration, String which) {
        Map<CaseState, Integer> counts = new EnumMap<>(CaseState.class);
        jdbc.sql("select state, count(*) from case_migration_case where migration_id = ?" + which + " group by state")
                .param(migration)
                .query(row -> {
                    counts.put(CaseState.valueOf(row.getString(1)), row.getInt(2));
                });
        return counts;
    }

    private Migration migration(ResultSet row, Map<CaseState, Integer> counts) throws SQLException {
        String id = row.getString("migration_id");
        Map<String, TimerChoice> timers = new TreeMap<>();
        jdbc.sql("select event_id, treatment from case_migration_timer where migration_id = ?")
                .param(id)
                .query(timer -> {
                    timers.put(timer.getString(1), TimerChoice.valueOf(timer.getString(2)));
                });
        return new Migration(
                id,
                row.getLong("change_number"),
                row.getString("target_deployment_id"),
                Migration.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("created_by"),
                Instants.required(row, "created_at"),
                Instants.optional(row, "finished_at"),
                timers,
                counts);
    }

    private MigratedCase migrated(ResultSet row) throws SQLException {
        CaseReference reference = new CaseReference(row.getString("case_reference"));
        List<Replanned> clocks =
                new ArrayList<>(jdbc.sql("select * from case_migration_clock where migration_id = ? and"
                                + " case_reference = ? order by recipient_number")
                        .params(row.getString("migration_id"), reference.value())
                        .query((clock, number) -> new Replanned(
                                clock.getInt("recipient_number"),
                                clock.getString("recipient"),
                                Instants.required(clock, "due_before"),
                                Instants.required(clock, "due_after")))
                        .list());
        return new MigratedCase(
                reference,
                CaseState.valueOf(row.getString("state")),
                row.getString("message"),
                row.getString("from_versions"),
                row.getString("to_versions"),
                Optional.ofNullable(row.getString("replan_reason")),
                clocks,
                Instants.optional(row, "settled_at"));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
