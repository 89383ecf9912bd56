package org.takedownhub.supervision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseVisibility;

/** What of the engine's tables whoever asks may see, and how they keep instants. */
@Component
class Sight {

    private final CaseVisibility visibility;

    Sight(CaseVisibility visibility) {
        this.visibility = visibility;
    }

    /**
     * A condition for rows of an engine's table: what runs for covert cases is in a tenant of its own, and counts for
     * members of the covert group only.
     */
    String of(String alias) {
        return visibility.seesCovertCases() ? "1 = 1" : alias + ".tenant_id_ is null";
    }

    /** The engine keeps instants in the time zone of this machine, as the driver turns them. */
    static Timestamp stored(Instant instant) {
        return Timestamp.from(instant);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
