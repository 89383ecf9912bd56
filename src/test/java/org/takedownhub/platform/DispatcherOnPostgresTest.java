package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.takedownhub.StoreContext;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Submission.Purpose;

/** Several nodes share a PostgreSQL in earnest, where rows and not tables are locked. */
class DispatcherOnPostgresTest {

    private static final int NOTICES = 100;

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final String database = UUID.randomUUID().toString();
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final FakePlatforms fakes = FakePlatforms.of(alpha);
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void threeNodesSendAndTellEachNoticeOnce() throws SQLException {
        try (StoreContext one = start("one");
                StoreContext two = start("two");
                StoreContext three = start("three");
                Connection connection = one.bean(DataSource.class).getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
            alpha.alwaysAnswers(notice -> new Receipt("r", clock.instant(), Map.of("statusId", "42")));
            for (int i = 0; i < NOTICES; i++) {
                StoreContext node = List.of(one, two, three).get(i % 3);
                var reference = node.flagged("alpha");
                node.inTransaction(() ->
                        node.bean(Submissions.class).prepare(reference, 1, 0, 0, Purpose.REFERRAL, "alpha", "because"));
            }

            await().atMost(Duration.ofMinutes(1)).until(() -> {
                List.of(one, two, three)
                        .forEach(node -> node.bean(Dispatcher.class).run());
                return told.size() >= NOTICES;
            });
            List.of(one, two, three).forEach(node -> node.finish("alpha"));

            assertThat(told).hasSize(NOTICES).doesNotHaveDuplicates();
            assertThat(alpha.referred().stream().map(Notice::idempotencyKey))
                    .hasSize(NOTICES)
                    .doesNotHaveDuplicates();
        }
    }

    private StoreContext start(String name) {
        return StoreContext.builder(clock)
                .onPostgres()
                .database(database)
                .property("takedown.workers.node", name)
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(SubmissionListener.class, (submission, answer) -> told.add(submission.key()))
                .with(
                        Node.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        ContentSource.class,
                        Submissions.class,
                        Dispatcher.class)
                .start();
    }
}
