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
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/** Which recipients the watch looks after, and when next: all that have a next check, until somebody empties it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Watched {

    private static final String DUE =
            "select case_reference, number, platform, coalesce(given_at, issued_at) as sent_at,"
                    + " due_at, next_check_at from recipient";

    private final JdbcClient jdbc;
    private final Clock clock;

    Watched(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A recipient whose turn it is. */
    record Due(
            CaseReference reference,
            int recipientNumber,
            String platform,
            Instant sentAt,
            Optional<Instant> dueAt,
            Instant nextCheckAt) {}

    /** What is watched anyway is looked at as soon as possible. */
    void lookNow(CaseReference reference, String platform) {
        Instant now = clock.instant();
        jdbc.sql("update recipient set next_check_at = ? where case_reference = ? and platform = ?"
                        + " and next_check_at > ?")
                .params(stored(now), reference.value(), platform, stored(now))
                .update();
    }

    @Transactional(readOnly = true)
    List<String> platformsDue(Instant now) {
        return jdbc.sql("select distinct r.platform from recipient r where r.next_check_at <= ? and not exists (select"
                        + " 1 from watch_pause p where p.platform = r.platform and p.until_at > ?)")
                .params(stored(now), stored(now))
                .query(String.class)
                .list();
    }

    @Transactional(readOnly = true)
    List<Due> due(String platform, Instant now, int limit) {
        return jdbc.sql(DUE + " where next_check_at <= ? and platform = ?"
                        + " order by next_check_at, case_reference, number fetch first ? rows only")
                .params(stored(now), platform, limit)
                .query((row, number) -> due(row))
                .list();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                new CaseReference(row.getString("case_reference")),
                row.getInt("number"),
                row.getString("platform"),
                Instants.required(row, "sent_at"),
                Instants.optional(row, "due_at"),
                Instants.required(row, "next_check_at"));
    }

    /** Leaves a platform alone until then, on every node; never shorter than somebody else has said. */
    void pause(String platform, Instant until) {
        int updated = jdbc.sql("update watch_pause set until_at = ? where platform = ? and until_at < ?")
                .params(stored(until), platform, stored(until))
                .update();
        boolean known = updated > 0
                || jdbc.sql("select count(*) from watch_pause where platform = ?")
                                .params(platform)
                                .query(Integer.class)
                                .single()
                        > 0;
        if (!known) {
            jdbc.sql("insert into watch_pause (platform, until_at) values (?, ?)")
                    .params(platform, stored(until))
                    .update();
        }
    }

    /** Whose turn does not come because the platform is left alone. */
    @Transactional(readOnly = true)
    List<Due> waiting(Instant now, int limit) {
        return jdbc.sql(DUE
                        + " where next_check_at is not null and outcome is null and exists (select 1 from watch_pause p where"
                        + " p.platform = recipient.platform and p.until_at > ?) order by next_check_at, case_reference,"
                        + " number fetch first ? rows only")
                .params(stored(now), limit)
                .query((row, number) -> due(row))
                .list();
    }

    /** Moves a turn on; false when somebody else has moved it meanwhile. */
    boolean move(CaseReference reference, int recipientNumber, Instant from, Instant to) {
        return jdbc.sql(
                                "update recipient set next_check_at = ? where case_reference = ? and number = ? and next_check_at ="
                                        + " ?")
                        .params(stored(to), reference.value(), recipientNumber, stored(from))
                        .update()
                == 1;
    }
}
