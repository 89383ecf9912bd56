package org.takedownhub.platform.mail;

import static org.takedownhub.audit.Instants.stored;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What RDAP servers answered. Nothing is overwritten: who was written to, and why, stays provable. */
final class RdapAnswers {

    private final JdbcClient jdbc;

    RdapAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param status 200, or 404 when the server has nothing to say */
    record Kept(int status, String sha256, String text) {}

    /** The newest answer that is not older than this. */
    Optional<Kept> newest(String query, Instant since) {
        return jdbc.sql("select status, sha256, answer from rdap_answer where query = ? and fetched_at >= ? order by"
                        + " fetched_at desc, id desc limit 1")
                .params(query, stored(since))
                .query((row, number) ->
                        new Kept(row.getInt("status"), row.getString("sha256"), row.getString("answer")))
                .optional();
    }

    void keep(String query, Kept answer, Instant at) {
        jdbc.sql("insert into rdap_answer (query, status, sha256, answer, fetched_at) values (?, ?, ?, ?, ?)")
                .params(query, answer.status(), answer.sha256(), answer.text(), stored(at))
                .update();
    }
}
