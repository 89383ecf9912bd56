package org.takedownhub.returning;

import static org.takedownhub.audit.Instants.stored;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** Whose content the watch looks at, and when next: all cases in state WATCHING. One without a row has not begun. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WatchedForReturn {

    private final JdbcClient jdbc;

    WatchedForReturn(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A case whose turn it is.
     *
     * @param removedAt when the watch began, UTC
     * @param seenSince since when the content has been seen again
     */
    record Due(
            CaseReference reference,
            String platform,
            Instant removedAt,
            Instant nextCheckAt,
            Optional<Instant> seenSince) {}

    /** Gives every case that has just begun to be watched its first turn. */
    void begin(Instant now) {
        jdbc.sql("select case_reference from takedown_case c where state = 'WATCHING' and not exists"
                        + " (select 1 from return_watch w where w.case_reference = c.case_reference)")
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list()
                .forEach(reference -> jdbc.sql("insert into return_watch (case_reference, next_check_at) values (?, ?)")
                        .params(reference.value(), stored(now))
                        .update());
    }

    @Transactional(readOnly = true)
    public List<String> platformsDue(Instant now) {
        return jdbc.sql("select distinct c.platform from return_watch w join takedown_case c on c.case_reference ="
                        + " w.case_reference where c.state = 'WATCHING' and w.next_check_at <= ?")
                .params(stored(now))
                .query(String.class)
                .list();
    }

    /** Takes what is due, so that no other node looks at it until then. */
    List<Due> take(String platform, Instant now, Instant until, int limit) {
        return jdbc
                .sql("select w.case_reference, c.platform, w.next_check_at, w.seen_since, s.entered_at from"
                        + " return_watch w join takedown_case c on c.case_reference = w.case_reference join case_step s on"
                        + " s.case_reference = w.case_reference and s.state = 'WATCHING' where c.state = 'WATCHING' and"
                        + " c.platform = ? and w.next_check_at <= ? order by w.next_check_at, w.case_reference"
                        + " fetch first ? rows only")
                .params(platform, stored(now), limit)
                .query((row, number) -> new Due(
                        new CaseReference(row.getString("case_reference")),
                        row.getString("platform"),
                        Instants.required(row, "entered_at"),
                        Instants.required(row, "next_check_at"),
                        Instants.optional(row, "seen_since")))
                .list()
                .stream()
                .filter(due -> move(due.reference(), due.nextCheckAt(), until, due.seenSince()))
                .toList();
    }

    /** Moves a turn on; false when somebody else has moved it meanwhile. */
    boolean move(CaseReference reference, Instant from, Instant to, Optional<Instant> seenSince) {
        return jdbc.sql("update return_watch set next_check_at = ?, seen_since = ? where case_reference = ? and"
                                + " next_check_at = ?")
                        .param(stored(to))
                        .param(stored(seenSince))
                        .param(reference.value())
                        .param(stored(from))
                        .update()
                == 1;
    }
}
