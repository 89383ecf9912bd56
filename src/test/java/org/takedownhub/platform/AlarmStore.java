package org.takedownhub.platform;

import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Real alarms for tests of connectors, in one database that is made once. */
public final class AlarmStore {

    private static final JdbcClient JDBC = migrated();

    private AlarmStore() {}

    private static JdbcClient migrated() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:alarms;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        return JdbcClient.create(database);
    }

    /** None is raised yet. */
    public static PlatformAlarms silent(Clock clock) {
        JDBC.sql("delete from platform_alarm").update();
        return new PlatformAlarms(JDBC, clock);
    }
}
