package org.takedownhub.platform.youtube;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;

/**
 * How many of the day's units are used. The API never says, so every call is entered before it is made; all nodes share
 * one entry per day, which begins at midnight in {@code America/Los_Angeles} and has 23 or 25 hours when the clocks
 * change there.
 */
final class QuotaLedger {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private final String instance;
    private final long limit;
    private final JdbcClient jdbc;
    private final Clock clock;

    QuotaLedger(String instance, long limit, JdbcClient jdbc, Clock clock) {
        this.instance = instance;
        this.limit = limit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Enters a call before it is made.
     *
     * @param kept units that this call may not touch
     * @return the day it is entered on
     * @throws PlatformUnavailable there are not so many left; says when the next day begins
     */
    LocalDate take(long units, long kept) {
        LocalDate day = today();
        open(day);
        int taken = jdbc.sql("update youtube_quota set used = used + :units where platform = :platform"
                        + " and quota_day = :day and used + :units <= :limit")
                .param("units", units)
                .param("platform", instance)
                .param("day", day)
                .param("limit", limit - kept)
                .update();
        if (taken == 0) {
            throw new PlatformUnavailable(
                    "The day's quota of YouTube's interface is used up: " + units + " units were needed",
                    Optional.of(end(day)));
        }
        return day;
    }

    /** The call was not made after all. */
    void giveBack(LocalDate day, long units) {
        jdbc.sql("update youtube_quota set used = used - :units where platform = :platform and quota_day = :day"
                        + " and used >= :units")
                .param("units", units)
                .param("platform", instance)
                .param("day", day)
                .update();
    }

    /**
     * YouTube says that nothing is left, whatever we counted: others may use the same project.
     *
     * @return when the next day begins, UTC
     */
    Instant exhaust() {
        LocalDate day = today();
        open(day);
        jdbc.sql("update youtube_quota set used = ? where platform = ? and quota_day = ? and used < ?")
                .params(limit, instance, day, limit)
                .update();
        return end(day);
    }

    Quota quota() {
        LocalDate day = today();
        long used = jdbc.sql("select used from youtube_quota where platform = ? and quota_day = ?")
                .params(instance, day)
                .query(Long.class)
                .optional()
                .orElse(0L);
        return new Quota("units", limit, used, end(day));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), PACIFIC);
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(PACIFIC).toInstant();
    }

    private void open(LocalDate day) {
        boolean known = jdbc.sql("select count(*) from youtube_quota where platform = ? and quota_day = ?")
                        .params(instance, day)
                        .query(Integer.class)
                        .single()
                > 0;
        if (known) {
            return;
        }
        try {
            jdbc.sql("insert into youtube_quota (platform, quota_day, used) values (?, ?, 0)")
                    .params(instance, day)
                    .update();
        } catch (DuplicateKeyException e) {
            // another node opened the day; both draw on the same entry
        }
    }
}
