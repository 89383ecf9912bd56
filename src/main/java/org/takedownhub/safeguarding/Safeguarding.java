package org.takedownhub.safeguarding;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;

/** Referring somebody at risk to those who protect them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Safeguarding {

    private final JdbcClient jdbc;
    private final Audit audit;

    Safeguarding(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    void consider(CaseReference reference) {
        boolean child = jdbc.sql("select child_visible from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(reference.value())
                .query(Boolean.class)
                .single();
        if (child) {
            audit.record(reference, "safeguarding.considered", "a child can be seen");
        }
    }
}
