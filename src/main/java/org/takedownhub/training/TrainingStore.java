package org.takedownhub.training;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the platform remembers, in a small database file of its own. Everything is written before it is answered, and
 * what happens later is kept as an instant, so a kill loses nothing.
 */
final class TrainingStore implements AutoCloseable {

    private static final int MOST_SHOWN = 200;
    private static final int MOST_REPORTS = 10_000;

    private static final String POSTS =
            """
            select p.id, p.text, p.behaviour, p.after_seconds, p.ordinary, p.created_at, p.deleted_at,
                   a.id as author_id, a.username, a.created_at as author_since,
                   (select min(r.created_at) from report_posts rp join reports r on r.id = rp.report_id
                     where rp.post_id = p.id) as first_reported_at,
                   (select max(r.created_at) from report_posts rp join reports r on r.id = rp.report_id
                     where rp.post_id = p.id) as last_reported_at
              from posts p join accounts a on a.id = p.account_id
            """;

    private static final String REPORTS =
            """
            select r.id, r.category, r.comment, r.created_at, r.closing_at,
                   a.id as author_id, a.username, a.created_at as author_since
              from reports r join accounts a on a.id = r.account_id
            """;

    private final JdbcConnectionPool pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private long lastId;

    TrainingStore(Path directory, Clock clock) {
        this.clock = clock;
        // WRITE_DELAY=0: a commit is in the file before it is answered, so that a kill loses nothing.
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + directory.toAbsolutePath().normalize().resolve("training")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "");
        pool.setMaxConnections(20);
        jdbc = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
        new ResourceDatabasePopulator(new ClassPathResource("training/schema.sql")).execute(pool);
        lastId = jdbc.sql("select max(id) from (select id from posts union all select id from accounts)")
                .query(Long.class)
                .optional()
                .orElse(0L);
        openTheDoors();
    }

    /** The platform's own account and posts: the ordinary content that stays up whatever happens. */
    private void openTheDoors() {
        if (jdbc.sql("select count(*) from posts where ordinary")
                        .query(Long.class)
                        .single()
                > 0) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            Account council = accountOf("townhall");
            for (String text : List.of(
                    "Welcome to the training platform. Everything here is made up.",
                    "The library is open late on Thursdays this month.",
                    "Bin collection moves to Tuesday because of the bank holiday.")) {
                insertPost(council, text, List.of(), Behaviour.IGNORES, Duration.ZERO, true);
            }
        });
    }

    Optional<Account> account(long id) {
        return jdbc.sql("select id as author_id, username, created_at as author_since from accounts where id = ?")
                .param(id)
                .query((row, number) -> toAccount(row))
                .optional();
    }

    Optional<Account> account(String username) {
        return jdbc.sql("select id as author_id, username, created_at as author_since from accounts"
                        + " where name_key = ?")
                .param(username.toLowerCase(Locale.ROOT))
                .query((row, number) -> toAccount(row))
                .optional();
    }

    private synchronized Account accountOf(String username) {
        return account(username).orElseGet(() -> {
            Account created = new Account(nextId(), username, now());
            jdbc.sql("insert into accounts (id, username, name_key, created_at) values (?, ?, ?, ?)")
                    .params(created.id(), username, username.toLowerCase(Locale.ROOT), utc(created.createdAt()))
                    .update();
            return created;
        });
    }

    /** The account the hub reports with. */
    Account reporter() {
        return accountOf("takedown_hub");
    }

    long postCount(Account account) {
        return jdbc.sql("select count(*) from posts where account_id = ? and deleted_at is null")
                .param(account.id())
                .query(Long.class)
                .single();
    }

    Post publish(String author, String text, List<String> media, Behaviour behaviour, Duration after) {
        return Objects.requireNonNull(
                transaction.execute(status -> insertPost(accountOf(author), text, media, behaviour, after, false)));
    }

    private Post insertPost(
            Account author, String text, List<String> media, Behaviour behaviour, Duration after, boolean ordinary) {
        Post post = new Post(nextId(), author, text, media, behaviour, after, ordinary, now(), null, null, null);
        jdbc.sql("insert into posts (id, account_id, text, behaviour, after_seconds, ordinary, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        post.id(),
                        author.id(),
                        text,
                        behaviour.name(),
                        after.toSeconds(),
                        ordinary,
                        utc(post.createdAt()))
                .update();
        for (int place = 0; place < media.size(); place++) {
            jdbc.sql("insert into media (post_id, place, name) values (?, ?, ?)")
                    .params(post.id(), place, media.get(place))
                    .update();
        }
        return post;
    }

    Optional<Post> post(long id) {
        return jdbc.sql(POSTS + " where p.id = ?")
                .param(id)
                .query((row, number) -> toPost(row))
                .optional();
    }

    /** The newest posts, newest first. */
    List<Post> posts() {
        return jdbc.sql(POSTS + " order by p.id desc limit " + MOST_SHOWN)
                .query((row, number) -> toPost(row))
                .list();
    }

    List<Post> postsOf(Account author) {
        return jdbc.sql(POSTS + " where a.id = ? order by p.id desc limit " + MOST_SHOWN)
                .param(author.id())
                .query((row, number) -> toPost(row))
                .list();
    }

    /** The platform's own posts, newest first. */
    List<Post> ordinaryPosts(int limit) {
        return jdbc.sql(POSTS + " where p.ordinary order by p.id desc limit ?")
                .param(limit)
                .query((row, number) -> toPost(row))
                .list();
    }

    /** Deletes a post as its author would; doing it twice changes nothing. */
    void delete(long id) {
        jdbc.sql("update posts set deleted_at = ? where id = ? and deleted_at is null")
                .params(utc(now()), id)
                .update();
    }

    /** How many calls read this post before; counts this one. */
    long countRead(Post post) {
        return count(post, "reads");
    }

    /** How many calls tried to report this post before; counts this one. */
    long countAttempt(Post post) {
        return count(post, "attempts");
    }

    private long count(Post post, String column) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("update posts set " + column + " = " + column + " + 1 where id = ?")
                    .param(post.id())
                    .update();
            return jdbc.sql("select " + column + " - 1 from posts where id = ?")
                    .param(post.id())
                    .query(Long.class)
                    .single();
        }));
    }

    /** Until when reports of this post are refused; set to the given instant when it is asked for the first time. */
    Instant limitedUntil(Post post, Instant first) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("update posts set limited_until = ? where id = ? and limited_until is null")
                    .params(utc(first), post.id())
                    .update();
            return jdbc.sql("select limited_until from posts where id = ?")
                    .param(post.id())
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
        }));
    }

    /** Keeps a report and, when a moderator will refuse it, the webhook that is due then. */
    Report report(Account target, List<Post> posts, List<Long> ruleIds, String category, String comment) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Instant createdAt = now();
            boolean refused = posts.stream().anyMatch(post -> post.behaviour() == Behaviour.REFUSES);
            Instant closingAt = refused ? createdAt.plus(Behaviour.PROMPTLY) : null;
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            jdbc.sql("insert into reports (account_id, category, comment, created_at, closing_at)"
                            + " values (:account, :category, :comment, :created, :closing)")
                    .param("account", target.id())
                    .param("category", category)
                    .param("comment", comment)
                    .param("created", utc(createdAt))
                    .param("closing", closingAt == null ? null : utc(closingAt))
                    .update(key, "id");
            long id = Objects.requireNonNull(key.getKey()).longValue();
            for (Post post : posts) {
                jdbc.sql("insert into report_posts (report_id, post_id) values (?, ?)")
                        .params(id, post.id())
                        .update();
            }
            for (long rule : new HashSet<>(ruleIds)) {
                jdbc.sql("insert into report_rules (report_id, rule_id) values (?, ?)")
                        .params(id, rule)
                        .update();
            }
            if (closingAt != null) {
                jdbc.sql("insert into deliveries (report_id, next_at) values (?, ?)")
                        .params(id, utc(closingAt))
                        .update();
            }
            return report(id).orElseThrow();
        }));
    }

    Optional<Report> report(long id) {
        return jdbc.sql(REPORTS + " where r.id = ?")
                .param(id)
                .query((row, number) -> toReport(row))
                .optional();
    }

    /** All reports, oldest first. */
    List<Report> reports() {
        List<Report> oldestFirst = new ArrayList<>(newestReports(MOST_REPORTS));
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    /** The newest reports, newest first. */
    List<Report> newestReports() {
        return newestReports(MOST_SHOWN);
    }

    private List<Report> newestReports(int limit) {
        return jdbc.sql(REPORTS + " order by r.id desc limit ?")
                .param(limit)
                .query((row, number) -> toReport(row))
                .list();
    }

    long reportsSince(Instant from) {
        return jdbc.sql("select count(*) from reports where created_at >= ?")
                .param(utc(from))
                .query(Long.class)
                .single();
    }

    /**
     * A webhook that has to be sent.
     *
     * @param attempts how often it was tried before
     */
    record Delivery(long reportId, int attempts) {}

    List<Delivery> dueDeliveries() {
        return jdbc.sql("select report_id, attempts from deliveries where ended_at is null and next_at <= ?"
                        + " order by next_at, report_id")
                .param(utc(now()))
                .query((row, number) -> new Delivery(row.getLong("report_id"), row.getInt("attempts")))
                .list();
    }

    void tryAgain(Delivery delivery, Instant next, String outcome) {
        jdbc.sql("update deliveries set attempts = ?, next_at = ?, outcome = ? where report_id = ?")
                .params(delivery.attempts() + 1, utc(next), outcome, delivery.reportId())
                .update();
    }

    void end(Delivery delivery, String outcome) {
        jdbc.sql("update deliveries set attempts = ?, ended_at = ?, outcome = ? where report_id = ?")
                .params(delivery.attempts() + 1, utc(now()), outcome, delivery.reportId())
                .update();
    }

    /** What became of a report's webhook so far; empty when there is none or it was not tried yet. */
    Optional<String> deliveryOutcome(Report report) {
        return jdbc.sql("select outcome from deliveries where report_id = ? and outcome is not null")
                .param(report.id())
                .query(String.class)
                .optional();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Mastodon's ids: milliseconds since 1970 in the upper 48 bits; always greater than every earlier one. */
    private synchronized long nextId() {
        lastId = Math.max(lastId + 1, now().toEpochMilli() << 16);
        return lastId;
    }

    private Post toPost(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        List<String> media = jdbc.sql("select name from media where post_id = ? order by place")
                .param(id)
                .query(String.class)
                .list();
        return new Post(
                id,
                toAccount(row),
                row.getString("text"),
                media,
                Behaviour.valueOf(row.getString("behaviour")),
                Duration.ofSeconds(row.getLong("after_seconds")),
                row.getBoolean("ordinary"),
                instant(row, "created_at"),
                instantOrNull(row, "deleted_at"),
                instantOrNull(row, "first_reported_at"),
                instantOrNull(row, "last_reported_at"));
    }

    private Report toReport(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        List<Long> statusIds = jdbc.sql("select post_id from report_posts where report_id = ? order by post_id")
                .param(id)
                .query(Long.class)
                .list();
        List<Long> ruleIds = jdbc.sql("select rule_id from report_rules where report_id = ? order by rule_id")
                .param(id)
                .query(Long.class)
                .list();
        return new Report(
                id,
                toAccount(row),
                statusIds,
                ruleIds,
                row.getString("category"),
                row.getString("comment"),
                instant(row, "created_at"),
                instantOrNull(row, "closing_at"));
    }

    private static Account toAccount(ResultSet row) throws SQLException {
        return new Account(row.getLong("author_id"), row.getString("username"), instant(row, "author_since"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
