package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildKeysOfH2Test {

    private static final String KEYS =
            """
            select c.table_name || ' ' || c.constraint_type || ' '
                || listagg(k.column_name, ',') within group (order by k.ordinal_position)
            from information_schema.table_constraints c join information_schema.key_column_usage k
                on k.constraint_name = c.constraint_name and k.table_name = c.table_name
            where c.constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
            group by c.table_name, c.constraint_type, c.constraint_name order by 1
            """;

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void migrate() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        Flyway.configure()
                .dataSource(url, "", "")
                .callbacks(new RebuildKeysOfH2())
                .load()
                .migrate();
        connection = DriverManager.getConnection(url, "", "");
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        statement.execute("shutdown");
    }

    @Test
    void keepsEveryKeyThereWas() throws SQLException {
        List<String> before = texts(KEYS);

        RebuildKeysOfH2.rebuild(connection);

        assertThat(texts(KEYS))
                .isEqualTo(before)
                .contains("TAKEDOWN_CASE UNIQUE OPEN_CONTENT_KEY", "AUDIT_ENTRY PRIMARY KEY STREAM,POSITION");
    }

    @Test
    void buildsTheKeysThatCallersChooseAnew() throws SQLException {
        String indexes = "select %s from information_schema.indexes where table_name = 'IDEMPOTENCY_KEY'"
                + " and index_type_name = 'PRIMARY KEY'";
        statement.execute(
                "comment on index \"" + texts(indexes.formatted("index_name")).get(0) + "\" is 'old'");

        RebuildKeysOfH2.rebuild(connection);

        assertThat(texts(indexes.formatted("coalesce(remarks, 'new')"))).containsExactly("new");
    }

    @Test
    void stillRefusesTheSameKeyTwice() throws SQLException {
        RebuildKeysOfH2.rebuild(connection);
        statement.execute("insert into audit_stream values ('HUB', 1, 'x')");

        assertThatThrownBy(() -> statement.execute("insert into audit_stream values ('HUB', 2, 'y')"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void addsAKeyThatACrashLeftDropped() throws SQLException {
        String name = texts("select constraint_name from information_schema.table_constraints where table_name ="
                        + " 'AUDIT_STREAM'")
                .get(0);
        statement.execute("alter table audit_stream drop constraint \"" + name + "\"");
        statement.execute("insert into key_rebuild values ('alter table \"AUDIT_STREAM\" add constraint if not exists"
                + " \"" + name + "\" PRIMARY KEY (\"STREAM\")')");

        RebuildKeysOfH2.rebuild(connection);

        assertThat(texts(KEYS)).contains("AUDIT_STREAM PRIMARY KEY STREAM");
        assertThat(texts("select definition from key_rebuild")).isEmpty();
    }

    @Test
    void givesNoNumberOutTwice() throws SQLException {
        statement.execute("insert into case_number (number, taken_at) values (41, current_timestamp)");

        RebuildKeysOfH2.rebuild(connection);
        statement.execute("insert into case_number (taken_at) values (current_timestamp)");
        statement.execute("delete from case_number");
        RebuildKeysOfH2.rebuild(connection);
        statement.execute("insert into case_number (taken_at) values (current_timestamp)");

        assertThat(texts("select number from case_number")).containsExactly("43");
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
