package org.takedownhub.modelling.replay;

import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Instants;
import org.takedownhub.modelling.replay.PastCases.Selection;

/** The replays that were asked for, and what came of them. A node that stops while it has one in hand is found out. */
@Component
class ReplayStore {

    /** A node beats every second; one that has been silent for so long has stopped. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int LONGEST_FAILURE = 1000;
    private static final int LONGEST_VALUE = 1000;
    private static final String OPEN = "state in ('QUEUED', 'RUNNING')";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final String node = UUID.randomUUID().toString();

    ReplayStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long queue(long change, String who, String draftHash, String liveHash, Selection selection) {
        KeyHolder key = new GeneratedKeyHolder();
        Instant now = clock.instant();
        jdbc.sql("insert into replay (change_number, state, started_by, started_at, draft_sha256, live_sha256,"
                        + " flagged_from, flagged_until, case_limit, cases, done, node, alive_at) values (:change,"
                        + " 'QUEUED', :who, :now, :draft, :live, :from, :until, :limit, 0, 0, :node, :now)")
                .param("change", change)
                .param("who", who)
                .param("now", stored(now))
                .param("draft", draftHash)
                .param("live", liveHash)
                .param("from", stored(selection.from()))
                .param("until", stored(selection.until()))
                .param("limit", selection.limit())
                .param("node", node)
                .update(key, "id");
        Number id = key.getKey();
        if (id == null) {
            throw new IllegalStateException("The database gives every replay a number");
        }
        return id.longValue();
    }

    /** False when somebody called it off before it began. */
    boolean begin(long id) {
        return jdbc.sql("update replay set state = 'RUNNING', alive_at = ? where id = ? and state = 'QUEUED'")
                        .params(stored(clock.instant()), id)
                        .update()
                == 1;
    }

    /** Tells how far it is, and that this node lives with all that waits for it; false when somebody called it off. */
    boolean progress(long id, int cases, int done) {
        jdbc.sql("update replay set alive_at = ? where node = ? and (state = 'QUEUED' or state = 'RUNNING' and id = ?)")
                .params(stored(clock.instant()), node, id)
                .update();
        return jdbc.sql("update replay set cases = ?, done = ? where id = ? and state = 'RUNNING'")
                        .params(cases, done, id)
                        .update()
                == 1;
    }

    /** False when somebody called it off meanwhile. */
    boolean finish(long id, int cases, Summary summary, List<Difference> differences) {
        boolean finished =
                jdbc.sql("update replay set state = 'DONE', finished_at = ?, cases = ?, done = ?, summary = ?"
                                        + " where id = ? and state = 'RUNNING'")
                                .params(stored(clock.instant()), cases, cases, written(summary), id)
                                .update()
                        == 1;
        if (finished) {
            for (int position = 0; position < differences.size(); position++) {
                Difference one = differences.get(position);
                jdbc.sql("insert into replay_difference (replay_id, position, case_reference, aspect, value_before,"
                                + " value_after) values (?, ?, ?, ?, ?, ?)")
                        .params(
                                id,
                                position,
                                one.reference(),
                                one.aspect().name(),
                                shortened(one.before(), LONGEST_VALUE),
                                shortened(one.after(), LONGEST_VALUE))
                        .update();
            }
        }
        return finished;
    }

    void fail(long id, String why) {
        jdbc.sql("update replay set state = 'FAILED', finished_at = ?, failure = ? where id = ? and " + OPEN)
                .params(stored(clock.instant()), shortened(why, LONGEST_FAILURE), id)
                .update();
    }

    /** False when it was over already. */
    boolean cancel(long id, String who) {
        return jdbc.sql("update replay set state = 'CANCELLED', finished_at = ?, finished_by = ? where id = ? and "
                                + OPEN)
                        .params(stored(clock.instant()), who, id)
                        .update()
                == 1;
    }

    /** What a node that stopped had in hand will never be done. */
    void giveUpOnTheSilent() {
        jdbc.sql("update replay set state = 'FAILED', finished_at = :now, failure = 'The program was stopped while this"
                        + " replay was under way. Start it again.' where alive_at < :before and " + OPEN)
                .param("now", stored(clock.instant()))
                .param("before", stored(clock.instant().minus(SILENCE)))
                .update();
    }

    Optional<Replay> find(long id) {
        return jdbc.sql("select * from replay where id = ?")
                .params(id)
                .query((row, number) -> replay(row))
                .optional();
    }

    /** The newest first. */
    List<Replay> of(long change) {
        return jdbc.sql("select * from replay where change_number = ? order by id desc")
                .params(change)
                .query((row, number) -> replay(row))
                .list();
    }

    List<Difference> differences(long id) {
        return jdbc.sql("select * from replay_difference where replay_id = ? order by position")
                .params(id)
                .query((row, number) -> new Difference(
                        row.getString("case_reference"),
                        Aspect.valueOf(row.getString("aspect")),
                        row.getString("value_before"),
                        row.getString("value_after")))
                .list();
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    private String written(Summary summary) {
        try {
            return json.writeValueAsString(summary);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A summary is made of numbers and texts", impossible);
        }
    }

    private Optional<Summary> read(@Nullable String summary) {
        try {
            return summary == null ? Optional.empty() : Optional.of(json.readValue(summary, Summary.class));
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("The database holds a summary that this program did not write", foreign);
        }
    }

    private Replay replay(ResultSet row) throws SQLException {
        return new Replay(
                row.getLong("id"),
                row.getLong("change_number"),
                Replay.State.valueOf(row.getString("state")),
                row.getString("started_by"),
                Instants.required(row, "started_at"),
                Instants.optional(row, "finished_at"),
                row.getString("draft_sha256"),
                row.getString("live_sha256"),
                Instants.required(row, "flagged_from"),
                Instants.required(row, "flagged_until"),
                row.getInt("case_limit"),
                row.getInt("cases"),
                row.getInt("done"),
                read(row.getString("summary")),
                Optional.ofNullable(row.getString("failure")));
    }
}
