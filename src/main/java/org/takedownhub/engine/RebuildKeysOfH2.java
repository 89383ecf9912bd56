package org.takedownhub.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/**
 * Frees keys that a killed H2 keeps locked. H2 may have written an uncommitted entry of a unique index but not its undo
 * log; after the next start nobody owns the entry, yet whoever inserts that key waits for it until the lock times out,
 * forever. A new index holds committed rows only, so at every start on H2 ours are built anew. Engine tables need none
 * of this: their keys are never used twice. A killed H2 may also give out numbers again that it has given out before,
 * so identity columns go on after the highest number there is. Other databases recover by themselves.
 */
@Component
class RebuildKeysOfH2 implements Callback {

    /** What was dropped and not yet added again, in case the program dies in between. */
    private static final String OUTSTANDING = "key_rebuild";

    @Override
    public String getCallbackName() {
        return "rebuildKeysOfH2";
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return false;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            rebuild(context.getConnection());
        } catch (SQLException e) {
            throw new FlywayException("The keys of the hub's tables could not be rebuilt", e);
        }
    }

    static void rebuild(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists " + OUTSTANDING + " (definition varchar(2000) not null)");
            addOutstanding(statement);
            for (Key key : keys(statement)) {
                note(connection, key.definition());
                statement.execute("alter table \"" + key.table() + "\" drop constraint \"" + key.name() + "\"");
                addOutstanding(statement);
            }
            for (Identity identity : identities(statement)) {
                statement.execute(identity.restart(highest(statement, identity)));
            }
        }
    }

    private static List<Identity> identities(Statement statement) throws SQLException {
        List<Identity> identities = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("select table_name, column_name, identity_base from information_schema.columns"
                        + " where table_schema = current_schema and is_identity = 'YES'")) {
            while (rows.next()) {
                identities.add(new Identity(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
        }
        return identities;
    }

    private static long highest(Statement statement, Identity identity) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select coalesce(max(\"%s\"), 0) from \"%s\"".formatted(identity.column(), identity.table()))) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void addOutstanding(Statement statement) throws SQLException {
        List<String> definitions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select definition from " + OUTSTANDING)) {
            while (rows.next()) {
                definitions.add(rows.getString(1));
            }
        }
        for (String definition : definitions) {
            statement.execute(definition);
        }
        statement.execute("delete from " + OUTSTANDING);
    }

    private static void note(Connection connection, String definition) throws SQLException {
        try (var insert = connection.prepareStatement("insert into " + OUTSTANDING + " values (?)")) {
            insert.setString(1, definition);
            insert.execute();
        }
    }

    /** Keys with text in them, which callers choose; numbers are given out once. What others refer to stays. */
    private static List<Key> keys(Statement statement) throws SQLException {
        List<Key> keys = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                """
                select c.table_name, c.constraint_name, c.constraint_type,
                    listagg('"' || k.column_name || '"', ', ') within group (order by k.ordinal_position) as columns
                from information_schema.table_constraints c
                join information_schema.key_column_usage k on k.constraint_schema = c.constraint_schema
                    and k.constraint_name = c.constraint_name and k.table_name = c.table_name
                join information_schema.columns d on d.table_schema = c.table_schema
                    and d.table_name = c.table_name and d.column_name = k.column_name
                where c.table_schema = current_schema and c.constraint_type in ('PRIMARY KEY', 'UNIQUE')
                    and c.table_name not like 'ACT!_%' escape '!'
                    and not exists (select 1 from information_schema.referential_constraints r
                        where r.unique_constraint_name = c.constraint_name)
                group by c.table_name, c.constraint_name, c.constraint_type
                having max(case when d.data_type like 'CHARACTER%' then 1 else 0 end) = 1
                order by c.table_name, c.constraint_name
                """)) {
            while (rows.next()) {
                keys.add(new Key(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return keys;
    }

    private record Key(String table, String name, String type, String columns) {

        /** Does nothing if the key is there, so that it can be repeated after a crash. */
        String definition() {
            return "alter table \"%s\" add constraint if not exists \"%s\" %s (%s)"
                    .formatted(table, name, type, columns);
        }
    }

    /** @param next the number that H2 would give out next */
    private record Identity(String table, String column, long next) {

        String restart(long highest) {
            return "alter table \"%s\" alter column \"%s\" restart with %d"
                    .formatted(table, column, Math.max(next, highest + 1));
        }
    }
}
