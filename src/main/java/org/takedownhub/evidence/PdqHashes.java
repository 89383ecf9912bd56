package org.takedownhub.evidence;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;
import org.takedownhub.evidence.PdqIndex.Near;

/** The hashes of the table, kept in memory on every node: all of them at the first question, then what is new. */
@Component
class PdqHashes {

    private static final int PAGE = 10_000;

    /** Rows become visible a little after the time they bear, and nodes' clocks differ a little. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final MediaSettings settings;
    private final PdqIndex index = new PdqIndex();
    /** What was loaded of the time that will be asked about again. */
    private final Set<Long> recent = new HashSet<>();

    private @Nullable Instant loadedUntil;

    PdqHashes(JdbcClient jdbc, Clock clock, MediaSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings;
    }

    /** All committed ones within a distance, the nearest first. */
    synchronized List<Near> near(PdqHash hash, int farthest) {
        Instant now = clock.instant();
        if (loadedUntil == null) {
            loadAll(now.minus(OVERLAP));
        } else {
            loadSince(loadedUntil.minus(OVERLAP));
        }
        loadedUntil = now;
        return index.near(hash, farthest);
    }

    private record Row(long mediaId, String pdq, Instant fetchedAt) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(row.getLong("media_id"), row.getString("pdq"), Instants.required(row, "fetched_at"));
        }
    }

    private void loadAll(Instant askedAgainFrom) {
        long last = Long.MIN_VALUE;
        List<Row> page;
        do {
            page = jdbc.sql("select media_id, pdq, fetched_at from media where pdq is not null and pdq_quality >= ? and"
                            + " media_id > ? order by media_id fetch first ? rows only")
                    .params(settings.leastQuality(), last, PAGE)
                    .query(Row::of)
                    .list();
            for (Row row : page) {
                index.add(row.mediaId(), PdqHash.of(row.pdq()));
                last = row.mediaId();
                if (!row.fetchedAt().isBefore(askedAgainFrom)) {
                    recent.add(row.mediaId());
                }
            }
        } while (page.size() == PAGE);
    }

    private void loadSince(Instant since) {
        List<Row> rows = jdbc.sql(
                        "select media_id, pdq, fetched_at from media where pdq is not null and pdq_quality >= ?"
                                + " and fetched_at >= ?")
                .params(settings.leastQuality(), stored(since))
                .query(Row::of)
                .list();
        Set<Long> known = Set.copyOf(recent);
        recent.clear();
        for (Row row : rows) {
            recent.add(row.mediaId());
            if (!known.contains(row.mediaId())) {
                index.add(row.mediaId(), PdqHash.of(row.pdq()));
            }
        }
    }
}
