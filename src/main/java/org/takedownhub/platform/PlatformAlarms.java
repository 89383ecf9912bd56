package org.takedownhub.platform;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an operator has to mend at a platform, until it is mended. Other than the health, which the next call that goes
 * well turns up again, an alarm stands until the very matter it is about is in order. All nodes see the same ones.
 */
@Component
public class PlatformAlarms {

    private static final int LONGEST_TEXT = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    public PlatformAlarms(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Raises an alarm, or keeps it with the newer words. Not to be called within a transaction.
     *
     * @param topic what it is about, such as {@code reason-threat}, at most 60 characters
     * @param text  what is wrong and what to mend, in words for an operator; no secrets
     */
    public void raise(String instance, String topic, String text) {
        String shortened = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        if (update(instance, topic, shortened)) {
            return;
        }
        try {
            jdbc.sql("insert into platform_alarm (platform, topic, text, raised_at) values (?, ?, ?, ?)")
                    .params(instance, topic, shortened, stored(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            // another worker was first, with the same matter
            update(instance, topic, shortened);
        }
    }

    private boolean update(String instance, String topic, String text) {
        return jdbc.sql("update platform_alarm set text = ? where platform = ? and topic = ?")
                        .params(text, instance, topic)
                        .update()
                > 0;
    }

    /** The matter is in order. Not to be called within a transaction. */
    public void clear(String instance, String topic) {
        jdbc.sql("delete from platform_alarm where platform = ? and topic = ?")
                .params(instance, topic)
                .update();
    }

    /** What is wrong at this instance, the oldest first. */
    public List<String> of(String instance) {
        return jdbc.sql("select text from platform_alarm where platform = ? order by raised_at, topic")
                .params(instance)
                .query(String.class)
                .list();
    }
}
