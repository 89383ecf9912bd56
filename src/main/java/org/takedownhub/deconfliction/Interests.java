package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;

/**
 * What forces watch, as hashes under each force's own key. Nothing here, in the log or in an answer tells what an entry
 * stands for; whether a given case is watched can be told, and only that.
 */
@Component
@Transactional
public class Interests {

    static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final JdbcClient jdbc;
    private final ForceKeys keys;
    private final DeconflictionSettings settings;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Interests(JdbcClient jdbc, ForceKeys keys, DeconflictionSettings settings, Audit audit, Actor actor, Clock clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.keys = keys;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /** What an entry is about. */
    public enum Kind {
        CONTENT,
        ACCOUNT
    }

    /**
     * One entry as its force sees it again.
     *
     * @param operation the force's own name for why it watches; for its officers alone
     */
    public record Entry(
            long id, Kind kind, String contact, Optional<String> operation, Instant addedAt, Instant expiresAt) {}

    /** A force that a case concerns. */
    record Hit(String contact, List<Long> entries) {}

    /** How long an entry lasts at most. */
    public Duration longest() {
        return settings.longestInterest();
    }

    /** Whether the force has a key, without which nothing can be kept for it. */
    public boolean possible(String force) {
        return keys.of(force).isPresent();
    }

    /**
     * The hash of a key under the force's key: HMAC-SHA-256 over {@code content:} or {@code account:}, in lower case, and
     * the normalised key after it, in UTF-8; in lower-case hexadecimal.
     *
     * @throws IllegalStateException the force has no key
     */
    public String hash(String force, Kind kind, String key) {
        return key(force).hash(text(kind, key));
    }

    /**
     * Adds an entry, or gives one that is there another contact and end.
     *
     * @param contact whom the officer who asks is to call
     * @return its number
     */
    public long add(
            String force, Kind kind, String keyedHash, String contact, Optional<String> operation, Instant expiresAt) {
        ForceKeys.ForceKey key = key(force);
        Instant now = clock.instant();
        jdbc.sql("delete from interest where expires_at <= ?")
                .params(stored(now))
                .update();
        jdbc.sql("delete from interest where force = ? and keyed_hash = ?")
                .params(force, keyedHash)
                .update();
        jdbc.sql("insert into interest (force, kind, keyed_hash, key_id, contact, operation, added_by, added_at,"
                        + " expires_at) values (:force, :kind, :hash, :key, :contact, :operation, :by, :at, :until)")
                .param("force", force)
                .param("kind", kind.name())
                .param("hash", keyedHash)
                .param("key", key.id())
                .param("contact", contact)
                .param("operation", operation.map(key::sealed).orElse(null))
                .param("by", actor.current())
                .param("at", stored(now))
                .param("until", stored(expiresAt))
                .update();
        long id = jdbc.sql("select id from interest where force = ? and keyed_hash = ?")
                .params(force, keyedHash)
                .query(Long.class)
                .single();
        audit.record("interest.added", "force " + force + ", entry " + id + ", until " + expiresAt);
        return id;
    }

    /** A force's entries, oldest first. */
    @Transactional(readOnly = true)
    public List<Entry> of(String force, long after, int limit) {
        Optional<ForceKeys.ForceKey> key = keys.of(force);
        return jdbc.sql("select * from interest where force = ? and id > ? and expires_at > ? order by id fetch first ?"
                        + " rows only")
                .params(force, after, stored(clock.instant()), limit)
                .query((row, number) -> entry(row, key))
                .list();
    }

    /** Removes an entry; false when the force has no such entry. */
    public boolean remove(String force, long id) {
        int removed = jdbc.sql("delete from interest where force = ? and id = ?")
                .params(force, id)
                .update();
        if (removed == 1) {
            audit.record("interest.removed", "force " + force + ", entry " + id);
        }
        return removed == 1;
    }

    /** Whether and where a case is on a force's list, by every key it has or had. */
    @Transactional(readOnly = true)
    Optional<Hit> hit(String force, CaseReference reference) {
        Optional<ForceKeys.ForceKey> key = keys.of(force);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Set<String> hashes = keysOf(reference).stream().map(key.get()::hash).collect(Collectors.toSet());
        List<Entry> entries = jdbc.sql("select * from interest where force = :force and keyed_hash in (:hashes) and"
                        + " expires_at > :now order by id")
                .param("force", force)
                .param("hashes", hashes)
                .param("now", stored(clock.instant()))
                .query((row, number) -> entry(row, key))
                .list();
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hit(
                        entries.get(0).contact(),
                        entries.stream().map(Entry::id).toList()));
    }

    /** Whether a force has entries that nobody can compare with anything: its key is gone, or is another one. */
    @Transactional(readOnly = true)
    boolean unreadable(String force) {
        String current = keys.of(force).map(ForceKeys.ForceKey::id).orElse("");
        return jdbc.sql("select count(*) from interest where force = ? and expires_at > ? and key_id <> ?")
                        .params(force, stored(clock.instant()), current)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The entries by number, in words for the force's own officers. */
    @Transactional(readOnly = true)
    String inWords(String force, List<Long> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        Optional<ForceKeys.ForceKey> key = keys.of(force);
        return jdbc
                .sql("select * from interest where force = :force and id in (:entries) order by id")
                .param("force", force)
                .param("entries", entries)
                .query((row, number) -> entry(row, key))
                .list()
                .stream()
                .map(entry -> "entry " + entry.id()
                        + entry.operation().map(name -> ", " + name).orElse(""))
                .collect(Collectors.joining("; "));
    }

    private Set<String> keysOf(CaseReference reference) {
        Set<String> texts = new LinkedHashSet<>();
        jdbc.sql("select content_key, copy_of_key, account_key from takedown_case where case_reference = ?")
                .params(reference.value())
                .query(row -> {
                    add(texts, Kind.CONTENT, row.getString("content_key"));
                    add(texts, Kind.CONTENT, row.getString("copy_of_key"));
                    add(texts, Kind.ACCOUNT, row.getString("account_key"));
                });
        jdbc.sql("select distinct content_key from flag where case_reference = ?")
                .params(reference.value())
                .query(row -> {
                    add(texts, Kind.CONTENT, row.getString("content_key"));
                });
        return texts;
    }

    private static void add(Set<String> texts, Kind kind, @Nullable String key) {
        if (key != null) {
            texts.add(text(kind, key));
        }
    }

    private static String text(Kind kind, String key) {
        return (kind == Kind.CONTENT ? "content:" : "account:") + key;
    }

    private ForceKeys.ForceKey key(String force) {
        return keys.of(force).orElseThrow(() -> new IllegalStateException("Force " + force + " has no key"));
    }

    private static Entry entry(ResultSet row, Optional<ForceKeys.ForceKey> key) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("contact"),
                Optional.ofNullable(row.getString("operation")).flatMap(kept -> key.flatMap(its -> its.opened(kept))),
                Instants.required(row, "added_at"),
                Instants.required(row, "expires_at"));
    }
}
