package org.takedownhub.api;

import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;

/**
 * What was answered to which {@code Idempotency-Key}. A key belongs to one user. Every statement commits by itself, so
 * that a second request sees the first one while it is still being worked on.
 */
@Component
class IdempotencyKeys {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApiSettings settings;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    IdempotencyKeys(JdbcClient jdbc, Clock clock, ApiSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /** Takes a key for a request, or says why it cannot be had. */
    Taken take(String owner, String key, String requestHash) {
        Taken taken = tryTo(owner, key, requestHash);
        if (taken instanceof Mine mine) {
            held.add(new Held(owner, key, mine));
        }
        return taken;
    }

    private Taken tryTo(String owner, String key, String requestHash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Row> found = find(owner, key);
        if (found.isEmpty()) {
            return insert(owner, key, requestHash, now) ? new Mine(now) : new InProgress();
        }
        Row row = found.get();
        boolean expired = row.createdAt().plus(settings.answersKept()).isBefore(now);
        if (!expired && !row.requestHash().equals(requestHash)) {
            return new Reused();
        }
        if (!expired && row.answer() != null) {
            return row.answer();
        }
        boolean abandoned =
                expired || row.aliveAt().plus(settings.takenOverAfter()).isBefore(now);
        return abandoned && takeOver(owner, key, requestHash, row, now) ? new Mine(now) : new InProgress();
    }

    /** Keeps the answer; does nothing when the key was taken over meanwhile. */
    void keep(String owner, String key, Mine mine, Answered answer) {
        held.remove(new Held(owner, key, mine));
        jdbc.sql("update idempotency_key set status = :status, media_type = :media, answer = :answer"
                        + " where owner = :owner and idempotency_key = :key and created_at = :since")
                .param("status", answer.status())
                .param("media", answer.mediaType())
                .param("answer", new String(answer.body(), StandardCharsets.UTF_8))
                .param("owner", owner)
                .param("key", key)
                .param("since", stored(mine.since()))
                .update();
    }

    /** Gives a key back that has no answer worth keeping, so that the client may simply try again. */
    void release(String owner, String key, Mine mine) {
        held.remove(new Held(owner, key, mine));
        jdbc.sql("delete from idempotency_key where owner = ? and idempotency_key = ? and created_at = ?")
                .params(owner, key, stored(mine.since()))
                .update();
    }

    /** A long batch keeps its key by this, however long it takes; a dead process loses all of its keys. */
    @Scheduled(fixedDelayString = "PT10S")
    void beat() {
        held.forEach(mine -> jdbc.sql("update idempotency_key set alive_at = ? where owner = ? and idempotency_key = ?"
                        + " and created_at = ?")
                .params(
                        stored(clock.instant()),
                        mine.owner(),
                        mine.key(),
                        stored(mine.mine().since()))
                .update());
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetExpired() {
        jdbc.sql("delete from idempotency_key where created_at < ?")
                .param(stored(clock.instant().minus(settings.answersKept())))
                .update();
    }

    private boolean insert(String owner, String key, String requestHash, Instant now) {
        try {
            jdbc.sql("insert into idempotency_key (owner, idempotency_key, request_hash, created_at, alive_at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(owner, key, requestHash, stored(now), stored(now))
                    .update();
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    private boolean takeOver(String owner, String key, String requestHash, Row before, Instant now) {
        return jdbc.sql("update idempotency_key set request_hash = :hash, status = null, media_type = null,"
                                + " answer = null, created_at = :now, alive_at = :now"
                                + " where owner = :owner and idempotency_key = :key and created_at = :created"
                                + " and alive_at = :alive")
                        .param("hash", requestHash)
                        .param("now", stored(now))
                        .param("owner", owner)
                        .param("key", key)
                        .param("created", stored(before.createdAt()))
                        .param("alive", stored(before.aliveAt()))
                        .update()
                == 1;
    }

    private Optional<Row> find(String owner, String key) {
        return jdbc.sql("select * from idempotency_key where owner = ? and idempotency_key = ?")
                .params(owner, key)
                .query((row, number) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        String body = row.getString("answer");
        return new Row(
                row.getString("request_hash"),
                Instants.required(row, "created_at"),
                Instants.required(row, "alive_at"),
                body == null
                        ? null
                        : new Answered(status, row.getString("media_type"), body.getBytes(StandardCharsets.UTF_8)));
    }

    private record Row(String requestHash, Instant createdAt, Instant aliveAt, @Nullable Answered answer) {}

    private record Held(String owner, String key, Mine mine) {}

    sealed interface Taken permits Mine, Answered, Reused, InProgress {}

    /** @param since tells this holder of the key from one that takes over later */
    record Mine(Instant since) implements Taken {}

    /** @param mediaType empty when the answer has no body */
    record Answered(int status, @Nullable String mediaType, byte[] body) implements Taken {}

    record Reused() implements Taken {}

    record InProgress() implements Taken {}
}
