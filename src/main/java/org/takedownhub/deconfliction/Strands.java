package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** What is being done about a case, and by whom. The operation behind it is sealed under its owner's key. */
@Component
@Transactional
public class Strands {

    /** The owner of the strand that is removal itself. */
    public static final String HUB = "hub";

    private final JdbcClient jdbc;
    private final ForceKeys keys;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Strands(JdbcClient jdbc, ForceKeys keys, Audit audit, Actor actor, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * One strand of a case.
     *
     * @param operation the owner's own name for it: given to the owner alone
     * @param closedAt  UTC; removal itself ends with the outcome of the case
     */
    public record Row(
            long id,
            CaseReference reference,
            Strand strand,
            String owner,
            Strand.Place place,
            Optional<String> operation,
            Instant openedAt,
            Optional<Instant> closedAt) {}

    void open(CaseReference reference, String owner, ForceAnswer.Taken taken, String by) {
        insert(
                reference,
                owner,
                taken.strand(),
                taken.place(),
                taken.operation().map(name -> keys.of(owner)
                        .orElseThrow(() -> new IllegalStateException("Force " + owner + " has no key"))
                        .sealed(name)),
                by);
    }

    /** Opens the strand that is removal itself, once. */
    void refer(CaseReference reference) {
        int open = jdbc.sql("select count(*) from strand where case_reference = ? and owner_force = ?")
                .params(reference.value(), HUB)
                .query(Integer.class)
                .single();
        if (open == 0) {
            insert(reference, HUB, Strand.REFER, Strand.Place.BESIDE, Optional.empty(), Actor.SYSTEM);
        }
    }

    private void insert(
            CaseReference reference,
            String owner,
            Strand strand,
            Strand.Place place,
            Optional<String> operation,
            String by) {
        jdbc.sql("insert into strand (case_reference, strand, owner_force, place, operation, opened_by, opened_at)"
                        + " values (:reference, :strand, :owner, :place, :operation, :by, :at)")
                .param("reference", reference.value())
                .param("strand", strand.name())
                .param("owner", owner)
                .param("place", place.name())
                .param("operation", operation.orElse(null))
                .param("by", by.length() > 255 ? by.substring(0, 255) : by)
                .param("at", stored(clock.instant()))
                .update();
        audit.record(reference, "strand.opened", strand + " by " + owner + ", " + place + " removal");
    }

    /** The strands of a case, oldest first, without their operations. */
    @Transactional(readOnly = true)
    public List<Row> of(CaseReference reference) {
        return jdbc.sql(SELECT + " where s.case_reference = ? order by s.id")
                .params(reference.value())
                .query((row, number) -> strand(row, Optional.empty()))
                .list();
    }

    /** The strands of a force in overt cases, newest first, with its operations: for its officers alone. */
    @Transactional(readOnly = true)
    public List<Row> ofForce(String force, int limit) {
        Optional<ForceKeys.ForceKey> key = keys.of(force);
        return jdbc.sql(
                        SELECT + " where s.owner_force = ? and exists (select 1 from takedown_case c where"
                                + " c.case_reference = s.case_reference and c.source <> 'COVERT') order by s.id desc fetch first ? rows only")
                .params(force, limit)
                .query((row, number) -> strand(row, key))
                .list();
    }

    /**
     * Closes a strand.
     *
     * @return false when it is closed, or none of this case
     */
    public boolean close(CaseReference reference, long id, String reason) {
        int closed = jdbc.sql("update strand set closed_by = ?, closed_at = ?, closing_reason = ? where id = ? and"
                        + " case_reference = ? and closed_at is null and owner_force <> ?")
                .params(actor.current(), stored(clock.instant()), reason, id, reference.value(), HUB)
                .update();
        if (closed == 1) {
            audit.record(reference, "strand.closed", "strand " + id);
        }
        return closed == 1;
    }

    @Transactional(readOnly = true)
    public Optional<Row> find(CaseReference reference, long id) {
        return of(reference).stream().filter(row -> row.id() == id).findFirst();
    }

    /** Removal itself ends with the outcome of the case, which other rooms write down. */
    private static final String SELECT = "select s.*, (select max(e.at) from audit_entry e where e.stream ="
            + " s.case_reference and e.action = 'case.concluded') as concluded_at from strand s";

    private static Row strand(ResultSet row, Optional<ForceKeys.ForceKey> key) throws SQLException {
        String owner = row.getString("owner_force");
        return new Row(
                row.getLong("id"),
                new CaseReference(row.getString("case_reference")),
                Strand.valueOf(row.getString("strand")),
                owner,
                Strand.Place.valueOf(row.getString("place")),
                Optional.ofNullable(row.getString("operation")).flatMap(kept -> key.flatMap(its -> its.opened(kept))),
                Instants.required(row, "opened_at"),
                owner.equals(HUB) ? Instants.optional(row, "concluded_at") : Instants.optional(row, "closed_at"));
    }
}
