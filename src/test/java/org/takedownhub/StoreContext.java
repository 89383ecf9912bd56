package org.takedownhub;

import static org.awaitility.Awaitility.await;
import static org.takedownhub.audit.Instants.stored;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.NewCase;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.DispatchSettings;
import org.takedownhub.platform.WorkerSettings;

/**
 * The stores on a database of their own, without web and engine: one node of the hub. Several on the same database are
 * several nodes, or one node before and after a restart. Nothing runs by itself.
 */
public final class StoreContext implements AutoCloseable {

    static {
        LoggingSystem logging = LoggingSystem.get(StoreContext.class.getClassLoader());
        List.of("com.zaxxer.hikari", "org.flywaydb", "org.hibernate")
                .forEach(logger -> logging.setLogLevel(logger, LogLevel.WARN));
    }

    private final AnnotationConfigApplicationContext context;

    private StoreContext(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    public static Builder builder(MutableClock clock) {
        return new Builder(clock);
    }

    public static final class Builder {

        private final MutableClock clock;
        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        private final Map<String, Object> properties = new HashMap<>();
        private String database = UUID.randomUUID().toString();
        private boolean postgres = Boolean.getBoolean("takedown.test.postgres");

        private Builder(MutableClock clock) {
            this.clock = clock;
            properties.put("takedown.workers.enabled", "false");
        }

        /** Default: a database that nobody else uses. */
        public Builder database(String name) {
            database = name;
            return this;
        }

        /** On PostgreSQL rather than H2. {@code -Dtakedown.test.postgres=true} does the same for all tests. */
        public Builder onPostgres() {
            postgres = true;
            return this;
        }

        public Builder property(String name, Object value) {
            properties.put(name, value);
            return this;
        }

        public Builder with(Class<?>... components) {
            context.register(components);
            return this;
        }

        public <T> Builder with(Class<T> type, T bean) {
            context.registerBean(UUID.randomUUID().toString(), type, () -> bean);
            return this;
        }

        private HikariDataSource pool() {
            HikariDataSource pool = new HikariDataSource();
            if (postgres) {
                pool.setJdbcUrl(TestPostgres.url(database));
            } else {
                pool.setJdbcUrl("jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1");
                pool.setUsername("sa");
            }
            return pool;
        }

        public StoreContext start() {
            context.registerBean(MutableClock.class, () -> clock);
            context.registerBean(HikariDataSource.class, this::pool);
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            context.register(Stores.class, Audit.class, Cases.class, CaseVisibility.class);
            context.refresh();
            return new StoreContext(context);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public void inTransaction(Runnable work) {
        bean(TransactionTemplate.class).executeWithoutResult(status -> work.run());
    }

    public <T> T fromTransaction(Supplier<T> work) {
        return Optional.ofNullable(bean(TransactionTemplate.class).execute(status -> work.get()))
                .orElseThrow();
    }

    /** A new case on a platform. */
    public CaseReference flagged(String platform) {
        return flagged(platform, Source.FORCE);
    }

    public CaseReference flagged(String platform, Source source) {
        String id = UUID.randomUUID().toString();
        String host = platform + ".example";
        URI url = URI.create("https://" + host + "/@a/" + id);
        ContentIdentity identity =
                new ContentIdentity(ContentKey.of("ap", "status", host + "/" + id), url, host, Optional.empty(), false);
        return fromTransaction(() -> bean(Cases.class)
                .open(new NewCase(identity, platform, url.toString(), "threat", Category.THREAT, source, false)));
    }

    /** One recipient with a notice that goes out now and is due after a period. */
    public void recipient(CaseReference reference, int number, String platform, Duration period) {
        Instant now = bean(Clock.class).instant();
        String notice = UUID.randomUUID().toString();
        jdbc().sql("insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values (?, ?, 'VOLUNTARY_REFERRAL', 1, 'because', ?)")
                .params(notice, reference.value(), stored(now))
                .update();
        jdbc().sql("insert into recipient (case_reference, number, notice_id, name, channel, platform, issued_at,"
                        + " given_at, due_at, rung) values (?, ?, ?, 'Provider', 'API', ?, ?, ?, ?, 0)")
                .params(reference.value(), number, notice, platform, stored(now), stored(now), stored(now.plus(period)))
                .update();
    }

    /** Ends a recipient's part. */
    public void settled(CaseReference reference, int number, Outcome outcome) {
        jdbc().sql("update recipient set outcome = ?, settled_at = ? where case_reference = ? and number = ?")
                .params(outcome.name(), stored(bean(Clock.class).instant()), reference.value(), number)
                .update();
    }

    /** Waits until an instance's threads have done what they were given; only for instances with one thread. */
    public void finish(String instance) {
        CountDownLatch done = new CountDownLatch(1);
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> bean(Bulkheads.class).offer(instance, done::countDown));
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> done.getCount() == 0);
    }

    public List<String> auditActions(CaseReference reference) {
        return bean(Audit.class).entries(reference.value(), 0, 1000).stream()
                .map(AuditEntry::action)
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @EnableConfigurationProperties({WorkerSettings.class, DispatchSettings.class, ConfirmationSettings.class})
    static class Stores {

        @Bean
        JdbcClient jdbc(DataSource dataSource) {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return JdbcClient.create(dataSource);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transaction(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }

        @Bean
        Actor actor() {
            return () -> Actor.SYSTEM;
        }

        @Bean
        ClockSpeed speed() {
            return ClockSpeed.REAL;
        }
    }
}
