package org.takedownhub.audit;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log's chains of any database, for tests that look at one which no hub has open. */
public final class AuditChains {

    private AuditChains() {}

    /** Every broken chain with the position of its first wrong row. */
    public static Map<String, Long> broken(DataSource database) {
        JdbcClient jdbc = JdbcClient.create(database);
        Audit audit = new Audit(jdbc, Clock.systemUTC(), () -> Actor.SYSTEM);
        Map<String, Long> broken = new TreeMap<>();
        jdbc.sql("select stream from audit_stream union select stream from audit_entry")
                .query(String.class)
                .list()
                .forEach(stream ->
                        audit.firstBrokenPosition(stream).ifPresent(position -> broken.put(stream, position)));
        return broken;
    }
}
