package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;

/**
 * Who has had a part in a case. The one place that says so: the two-person rules ask here. What somebody only looked at
 * makes nobody a part of it, and neither does having decided an earlier review, which its own rule looks at.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Involvement {

    private static final String PARTS = "select 'flagged it' as part from flag where case_reference = :reference and"
            + " flagged_by = :person union select 'verified it' from verification where case_reference = :reference and"
            + " verified_by = :person union select case when approved then 'approved it' else 'declined it' end from"
            + " approval where case_reference = :reference and decided_by = :person union select 'took down what the"
            + " platform answered' from platform_answer where case_reference = :reference and told_by = :person union"
            + " select 'reviewed its escalation' from rung_review where case_reference = :reference and reviewed_by ="
            + " :person union select part from involvement where case_reference = :reference and person = :person order"
            + " by 1";

    private final JdbcClient jdbc;
    private final Clock clock;

    Involvement(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What this person has done in the case, in words that follow "You"; empty for somebody uninvolved. */
    @Transactional(readOnly = true)
    public List<String> of(CaseReference reference, String person) {
        return jdbc.sql(PARTS)
                .param("reference", reference.value())
                .param("person", person)
                .query(String.class)
                .list();
    }

    /** Whether this person verified the content, or an earlier case whose ground was carried over to this one. */
    @Transactional(readOnly = true)
    public boolean verified(CaseReference reference, String person) {
        return jdbc.sql("select count(*) from verification where case_reference = ? and verified_by = ?")
                        .params(reference.value(), person)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Notes a part that no table of its own tells of; noting it again changes nothing.
     *
     * @param part in words that follow "You", at most 100 characters
     */
    public void had(CaseReference reference, String person, String part) {
        jdbc.sql("insert into involvement (case_reference, person, part, since) select case_reference, :person, :part,"
                        + " cast(:now as timestamp(6) with time zone) from takedown_case where case_reference ="
                        + " :reference and not exists (select 1 from involvement where case_reference = :reference and"
                        + " person = :person and part = :part)")
                .param("person", person)
                .param("part", part)
                .param("now", stored(clock.instant()))
                .param("reference", reference.value())
                .update();
    }
}
