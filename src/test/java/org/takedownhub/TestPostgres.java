package org.takedownhub;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One PostgreSQL server for all tests of a run, with as many databases as they want. Ends with the JVM. */
final class TestPostgres {

    private static final Set<String> CREATED = ConcurrentHashMap.newKeySet();

    private TestPostgres() {}

    private static final class Server {

        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The address of a database, which is created when it is asked for the first time. */
    static String url(String database) {
        String name = "t" + database.replace("-", "");
        if (CREATED.add(name)) {
            try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException("Could not create " + name, e);
            }
        }
        return Server.INSTANCE.getJdbcUrl("postgres", name);
    }
}
