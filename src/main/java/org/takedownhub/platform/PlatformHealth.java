package org.takedownhub.platform;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;

/** Whether each platform instance answers, as the last calls showed. For people; the workers keep their own count. */
@Component
public class PlatformHealth {

    private static final int LONGEST_ERROR = 1000;

    /** Success is the rule and would be a write for every call. */
    private static final Duration UNCHANGED_FOR = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Instant> knownHealthy = new ConcurrentHashMap<>();

    PlatformHealth(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An instance's health.
     *
     * @param checkedAt UTC
     * @param lastError the newest one, kept when the platform is well again
     */
    public record Health(
            String instance,
            boolean healthy,
            Instant checkedAt,
            Optional<String> lastError,
            Optional<Instant> lastErrorAt) {}

    /** The instance answered as it should. Not to be called within a transaction. */
    public void answered(String instance) {
        Instant now = clock.instant();
        Instant known = knownHealthy.get(instance);
        if (known != null && now.isBefore(known.plus(UNCHANGED_FOR))) {
            return;
        }
        int updated = jdbc.sql("update platform_health set healthy = true, checked_at = ? where platform = ?")
                .params(stored(now), instance)
                .update();
        if (updated == 0) {
            insert(instance, true, now, Optional.empty());
        }
        knownHealthy.put(instance, now);
    }

    /** The instance could not be used; the error holds no secrets. Not to be called within a transaction. */
    public void failed(String instance, String error) {
        Instant now = clock.instant();
        knownHealthy.remove(instance);
        String text = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
        int updated = jdbc.sql("update platform_health set healthy = false, checked_at = :now, last_error = :error,"
                        + " last_error_at = :now where platform = :platform")
                .param("now", stored(now))
                .param("error", text)
                .param("platform", instance)
                .update();
        if (updated == 0) {
            insert(instance, false, now, Optional.of(text));
        }
    }

    /** Every instance that has been called so far. */
    public List<Health> all() {
        return jdbc.sql("select * from platform_health order by platform")
                .query(PlatformHealth::health)
                .list();
    }

    /** One instance; empty while it has not been called. */
    public Optional<Health> of(String instance) {
        return jdbc.sql("select * from platform_health where platform = ?")
                .params(instance)
                .query(PlatformHealth::health)
                .optional();
    }

    private static Health health(ResultSet row, int number) throws SQLException {
        return new Health(
                row.getString("platform"),
                row.getBoolean("healthy"),
                Instants.required(row, "checked_at"),
                Optional.ofNullable(row.getString("last_error")),
                Instants.optional(row, "last_error_at"));
    }

    private void insert(String instance, boolean healthy, Instant now, Optional<String> error) {
        try {
            jdbc.sql("insert into platform_health (platform, healthy, checked_at, last_error, last_error_at) values"
                            + " (?, ?, ?, ?, ?)")
                    .params(instance, healthy, stored(now))
                    .param(error.orElse(null))
                    .param(stored(error.map(text -> now)))
                    .update();
        } catch (DuplicateKeyException e) {
            // Another worker was first; its row is as new as ours.
        }
    }
}
