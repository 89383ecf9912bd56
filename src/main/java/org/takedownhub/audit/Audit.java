package org.takedownhub.audit;

import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/**
 * The log. Rows are only ever added, in the transaction of what they describe, and each carries the hash of the one
 * before it, so that a changed or missing row shows. There is one chain per case, so that two cases never wait for
 * each other.
 */
@Component
public class Audit {

    /** The stream of what concerns no single case. */
    public static final String HUB = "HUB";

    private static final int DETAIL_LENGTH = 4000;
    private static final String FIRST = "0".repeat(64);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Actor actor;

    Audit(JdbcClient jdbc, Clock clock, Actor actor) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.actor = actor;
    }

    /** Adds a row about a case, by whoever acts on this thread. Needs a running transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(CaseReference reference, String action, String detail) {
        append(reference.value(), actor.current(), action, detail);
    }

    /** Adds a row about the hub itself. Needs a running transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(String action, String detail) {
        append(HUB, actor.current(), action, detail);
    }

    /** The rows of a stream after a position, oldest first. */
    public List<AuditEntry> entries(String stream, long afterPosition, int limit) {
        return jdbc.sql(
                        "select * from audit_entry where stream = ? and position > ? order by position fetch first ? rows only")
                .params(stream, afterPosition, limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** The position of the newest row of a stream, 0 when it has none. */
    public long lastPosition(String stream) {
        return jdbc.sql("select position from audit_stream where stream = ?")
                .params(stream)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The position of the first row whose hash does not follow from the row before it, if there is one. */
    public Optional<Long> firstBrokenPosition(String stream) {
        String previous = FIRST;
        long expected = 0;
        for (AuditEntry entry : entries(stream, 0, Integer.MAX_VALUE)) {
            expected++;
            String hash = hash(
                    previous,
                    entry.stream(),
                    entry.position(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.detail(),
                    entry.processVersion().orElse(null));
            if (entry.position() != expected
                    || !entry.previousHash().equals(previous)
                    || !entry.hash().equals(hash)) {
                return Optional.of(expected);
            }
            previous = entry.hash();
        }
        String head = jdbc.sql("select hash from audit_stream where stream = ? and position = ?")
                .params(stream, expected)
                .query(String.class)
                .optional()
                .orElse(expected == 0 ? FIRST : "");
        return head.equals(previous) ? Optional.empty() : Optional.of(expected + 1);
    }

    private void append(String stream, String who, String action, String detail) {
        Head head = lockedHead(stream);
        long position = head.position() + 1;
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String text = detail.length() > DETAIL_LENGTH ? detail.substring(0, DETAIL_LENGTH) : detail;
        String version = processVersion(stream);
        String hash = hash(head.hash(), stream, position, at, who, action, text, version);
        jdbc.sql("insert into audit_entry (stream, position, at, actor, action, detail, process_version, previous_hash,"
                        + " hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(stream, position, stored(at), who, action, text)
                .param(version)
                .params(head.hash(), hash)
                .update();
        jdbc.sql("update audit_stream set position = ?, hash = ? where stream = ?")
                .params(position, hash, stream)
                .update();
    }

    private Head lockedHead(String stream) {
        return head(stream).orElseGet(() -> {
            jdbc.sql("insert into audit_stream (stream, position, hash) values (?, 0, ?)")
                    .params(stream, FIRST)
                    .update();
            return head(stream).orElseThrow();
        });
    }

    private Optional<Head> head(String stream) {
        return jdbc.sql("select position, hash from audit_stream where stream = ? for update")
                .params(stream)
                .query((row, number) -> new Head(row.getLong("position"), row.getString("hash")))
                .optional();
    }

    private @Nullable String processVersion(String stream) {
        return jdbc.sql("select process_version from takedown_case where case_reference = ?")
                .params(stream)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(version -> version)
                .orElse(null);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString("stream"),
                row.getLong("position"),
                Instants.required(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("detail"),
                Optional.ofNullable(row.getString("process_version")),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** Every field is preceded by its length, so that no two different rows read the same. */
    private static String hash(
            String previous,
            String stream,
            long position,
            Instant at,
            String actor,
            String action,
            String detail,
            @Nullable String version) {
        StringBuilder text = new StringBuilder();
        for (String field : List.of(
                previous,
                stream,
                Long.toString(position),
                at.toString(),
                actor,
                action,
                detail,
                version == null ? "" : version)) {
            text.append(field.length()).append(':').append(field);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private record Head(long position, String hash) {}
}
