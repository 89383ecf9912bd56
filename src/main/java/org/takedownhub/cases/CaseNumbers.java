package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The numbers of cases. A number that is missing between two others must not tell that a covert case was opened in
 * between. So numbers are left out at random when overt cases are opened, whether there are covert cases or not, and a
 * covert case takes the lowest one that was left out.
 */
final class CaseNumbers {

    /** One number is left out after so many, on average. */
    private static final int ONE_IN = 10;

    private final JdbcClient jdbc;
    private final RandomGenerator random;

    CaseNumbers(JdbcClient jdbc) {
        this(jdbc, new SecureRandom());
    }

    CaseNumbers(JdbcClient jdbc, RandomGenerator random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    long next(boolean covert, Instant now) {
        if (covert) {
            // With none left out so far the next number shows as missing, as one of a flag that failed would.
            return leftOut().orElseGet(() -> taken(now));
        }
        long number = taken(now);
        if (random.nextInt(ONE_IN) == 0) {
            jdbc.sql("insert into left_out_number (number) values (?)")
                    .params(taken(now))
                    .update();
        }
        return number;
    }

    private Optional<Long> leftOut() {
        while (true) {
            // The aggregate answers one row, whose value is missing when there is none left.
            Long lowest = jdbc.sql("select coalesce(min(number), -1) from left_out_number")
                    .query(Long.class)
                    .single();
            if (lowest < 0) {
                return Optional.empty();
            }
            if (jdbc.sql("delete from left_out_number where number = ?")
                            .params(lowest)
                            .update()
                    == 1) {
                return Optional.of(lowest);
            }
        }
    }

    private long taken(Instant now) {
        GeneratedKeyHolder keys = new GeneratedKeyHolder();
        jdbc.sql("insert into case_number (taken_at) values (?)")
                .params(stored(now))
                .update(keys, "number");
        return Objects.requireNonNull(keys.getKeyAs(Long.class));
    }
}
