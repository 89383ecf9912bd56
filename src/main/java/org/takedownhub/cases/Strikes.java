package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/**
 * What counts against the accounts that posted content: one strike for each case whose content was taken down, one more
 * for each time it came back. A strike is a number for people to weigh; nothing follows from it by itself.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Strikes {

    /** Why a strike was booked. */
    public enum Reason {
        REMOVED,
        RETURNED
    }

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Clock clock;
    private final CaseVisibility visibility;

    Strikes(JdbcClient jdbc, Cases cases, Clock clock, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.clock = clock;
        this.visibility = visibility;
    }

    /** Books a strike against the account of a case, if its address told who it is; booking it again changes nothing. */
    public void book(CaseReference reference, Reason reason) {
        cases.require(reference).accountKey().ifPresent(account -> {
            boolean known = jdbc.sql("select count(*) from strike where case_reference = ? and reason = ?")
                            .params(reference.value(), reason.name())
                            .query(Integer.class)
                            .single()
                    > 0;
            if (!known) {
                jdbc.sql("insert into strike (case_reference, reason, account_key, booked_at) values (?, ?, ?, ?)")
                        .params(reference.value(), reason.name(), account, stored(clock.instant()))
                        .update();
            }
        });
    }

    /** Takes back what was booked for a case. It stays on file, counts no more, and is not booked again. */
    public void takeBack(CaseReference reference) {
        jdbc.sql("update strike set taken_back_at = ? where case_reference = ? and taken_back_at is null")
                .params(stored(clock.instant()), reference.value())
                .update();
    }

    /** How many strikes an account has, of cases that whoever acts on this thread may know of. */
    @Transactional(readOnly = true)
    public int against(String accountKey) {
        return jdbc.sql("select count(*) from strike s join takedown_case shown on shown.case_reference ="
                        + " s.case_reference where s.account_key = ? and s.taken_back_at is null and "
                        + visibility.condition())
                .params(accountKey)
                .query(Integer.class)
                .single();
    }
}
