package org.takedownhub.crisis;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseOpened;
import org.takedownhub.process.PriorityFloor;

/** The store of crises, and which cases belong to them. Every change runs in the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Crises implements PriorityFloor {

    private static final String SELECT = "select c.*, (select count(*) from crisis_case m join takedown_case t on"
            + " t.case_reference = m.case_reference where m.crisis_id = c.crisis_id and t.state not in ('WATCHING',"
            + " 'CLOSED') and t.source <> 'COVERT') as cases from crisis c ";

    private final JdbcClient jdbc;
    private final CaseTexts texts;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Crises(JdbcClient jdbc, CaseTexts texts, Audit audit, Actor actor, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /** Writes a crisis down. Nobody is raised yet. */
    String declare(Terms terms, String reason, int priority, Instant endsAt) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("insert into crisis (crisis_id, reason, priority, declared_by, declared_at, ends_at) values (?, ?, ?,"
                        + " ?, ?, ?)")
                .params(id, reason, priority, actor.current(), stored(clock.instant()), stored(endsAt))
                .update();
        terms.names().forEach(name -> term(id, "NAME", name));
        terms.tags().forEach(tag -> term(id, "TAG", tag));
        audit.record(
                "crisis.declared",
                id + ", " + terms.names().size() + " names and " + terms.tags().size() + " tags, priority " + priority
                        + " until " + endsAt + ": " + reason);
        return id;
    }

    private void term(String id, String kind, String term) {
        jdbc.sql("insert into crisis_term (crisis_id, kind, term) values (?, ?, ?)")
                .params(id, kind, term)
                .update();
    }

    /** Links a case; false when it was linked before. */
    boolean join(Crisis crisis, CaseReference reference) {
        int joined = jdbc.sql("insert into crisis_case (crisis_id, case_reference, joined_at) select :crisis,"
                        + " case_reference, cast(:now as timestamp(6) with time zone) from takedown_case where"
                        + " case_reference = :case and not exists (select 1 from crisis_case where crisis_id = :crisis"
                        + " and case_reference = :case)")
                .param("crisis", crisis.crisisId())
                .param("case", reference.value())
                .param("now", stored(clock.instant()))
                .update();
        if (joined == 1) {
            audit.record(
                    reference,
                    "crisis.joined",
                    crisis.crisisId() + ", priority " + crisis.priority() + " until " + crisis.endsAt());
        }
        return joined == 1;
    }

    /** A new case is looked at at once, so that its first task is raised already. */
    @EventListener
    void on(CaseOpened opened) {
        for (Crisis crisis : raising()) {
            if (terms(crisis).match(texts.written(opened.reference()))) {
                join(crisis, opened.reference());
            }
        }
    }

    static Terms terms(Crisis crisis) {
        return Terms.of(crisis.names(), crisis.tags());
    }

    /** Ends a crisis now; false when it is over already. Its cases are lowered afterwards. */
    boolean cutShort(Crisis crisis) {
        int cut = jdbc.sql("update crisis set ends_at = :now, ended_by = :by where crisis_id = :id and ended_at is null"
                        + " and ends_at > :now")
                .param("now", stored(clock.instant()))
                .param("by", actor.current())
                .param("id", crisis.crisisId())
                .update();
        if (cut == 1) {
            audit.record("crisis.cut-short", crisis.crisisId() + " instead of " + crisis.endsAt());
        }
        return cut == 1;
    }

    /** The cases that have not been lowered yet. */
    @Transactional(readOnly = true)
    List<CaseReference> stillRaised(Crisis crisis) {
        return jdbc.sql("select case_reference from crisis_case where crisis_id = ? and left_at is null order by 1")
                .params(crisis.crisisId())
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }

    /** Takes a case out; false when it is out already. */
    boolean leave(Crisis crisis, CaseReference reference) {
        int left = jdbc.sql("update crisis_case set left_at = ? where crisis_id = ? and case_reference = ? and left_at"
                        + " is null")
                .params(stored(clock.instant()), crisis.crisisId(), reference.value())
                .update();
        if (left == 1) {
            audit.record(reference, "crisis.left", crisis.crisisId());
        }
        return left == 1;
    }

    /** All cases are lowered again. */
    void ended(Crisis crisis) {
        int ended = jdbc.sql("update crisis set ended_at = :now, ended_by = coalesce(ended_by, :by) where crisis_id ="
                        + " :id and ended_at is null")
                .param("now", stored(clock.instant()))
                .param("by", Actor.SYSTEM)
                .param("id", crisis.crisisId())
                .update();
        if (ended == 1) {
            audit.record("crisis.ended", crisis.crisisId());
        }
    }

    /** The end date counts by itself, even before the sweep has lowered anything. */
    @Override
    @Transactional(readOnly = true)
    public OptionalInt floor(CaseReference reference) {
        return of(reference).stream().mapToInt(Crisis::priority).max();
    }

    /** What raises a case now. */
    @Transactional(readOnly = true)
    List<Crisis> of(CaseReference reference) {
        return read(
                "where c.ended_at is null and c.ends_at > ? and exists (select 1 from crisis_case m where m.crisis_id"
                        + " = c.crisis_id and m.case_reference = ?) order by c.declared_at, c.crisis_id",
                stored(clock.instant()),
                reference.value());
    }

    @Transactional(readOnly = true)
    List<Crisis> raising() {
        return read(
                "where c.ended_at is null and c.ends_at > ? order by c.declared_at, c.crisis_id",
                stored(clock.instant()));
    }

    /** Those that are over and whose cases are still raised. */
    @Transactional(readOnly = true)
    List<Crisis> over() {
        return read(
                "where c.ended_at is null and c.ends_at <= ? order by c.declared_at, c.crisis_id",
                stored(clock.instant()));
    }

    /** All, the newest first. */
    @Transactional(readOnly = true)
    List<Crisis> all(int limit) {
        return read("order by c.declared_at desc, c.crisis_id fetch first ? rows only", limit);
    }

    @Transactional(readOnly = true)
    Optional<Crisis> find(String crisisId) {
        return read("where c.crisis_id = ?", crisisId).stream().findFirst();
    }

    private List<Crisis> read(String condition, Object... values) {
        return jdbc.sql(SELECT + condition)
                .params(values)
                .query((row, number) -> crisis(row))
                .list();
    }

    private Crisis crisis(ResultSet row) throws SQLException {
        String id = row.getString("crisis_id");
        return new Crisis(
                id,
                terms(id, "NAME"),
                terms(id, "TAG"),
                row.getString("reason"),
                row.getInt("priority"),
                row.getString("declared_by"),
                Instants.required(row, "declared_at"),
                Instants.required(row, "ends_at"),
                Instants.optional(row, "ended_at"),
                Optional.ofNullable(row.getString("ended_by")),
                row.getInt("cases"));
    }

    private List<String> terms(String crisisId, String kind) {
        return new ArrayList<>(jdbc.sql("select term from crisis_term where crisis_id = ? and kind = ? order by term")
                .params(crisisId, kind)
                .query(String.class)
                .list());
    }
}
