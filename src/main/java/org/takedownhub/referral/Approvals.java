package org.takedownhub.referral;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.Person;
import org.takedownhub.process.SecondPerson;
import org.takedownhub.process.TakedownProcess;

/** The second person's word, and that nothing that needs it goes out without it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Approvals {

    private final JdbcClient jdbc;
    private final Cases cases;
    private final SecondPerson secondPerson;
    private final DecisionTables tables;
    private final Audit audit;
    private final Clock clock;

    Approvals(
            JdbcClient jdbc, Cases cases, SecondPerson secondPerson, DecisionTables tables, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.secondPerson = secondPerson;
        this.tables = tables;
        this.audit = audit;
        this.clock = clock;
    }

    void decide(CaseReference reference, Person person, boolean approved, String reasons) {
        secondPerson.mayApprove(reference, person);
        jdbc.sql("insert into approval (case_reference, approved, reasons, decided_by, decided_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(reference.value(), approved, reasons, person.id(), stored(clock.instant()))
                .update();
        audit.record(reference, approved ? "referral.approved" : "referral.declined", "by a second person");
    }

    /**
     * The last door before a notice is made out: what the approval table asks for is on file, whichever way the case came
     * here. The question is put anew with what the case tables say, because variables and tokens of the engine can be
     * moved by operators.
     *
     * @throws IllegalStateException somebody has led the case past the approval it needs
     */
    void mustStand(CaseReference reference, Instrument instrument, boolean recipientKnown) {
        if (needed(reference, instrument, recipientKnown) && !given(reference)) {
            throw new IllegalStateException(
                    "The notice of " + reference
                            + " needs the approval of a second person and has none; lead the case back to Task_ApproveReferral");
        }
    }

    private boolean given(CaseReference reference) {
        return jdbc.sql(
                        "select approved from approval where case_reference = ? order by id desc fetch first 1 rows only")
                .params(reference.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private boolean needed(CaseReference reference, Instrument instrument, boolean recipientKnown) {
        Verified verified = jdbc.sql("select artistic_context, child_visible from verification where case_reference = ?"
                        + " order by id desc fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) -> new Verified(row.getString(1), row.getBoolean(2)))
                .single();
        return tables.decide(
                        TakedownProcess.DECISION_APPROVAL_RULE,
                        Map.of(
                                TakedownProcess.INSTRUMENT.name(),
                                instrument.name(),
                                TakedownProcess.ARTISTIC_CONTEXT.name(),
                                verified.artisticContext(),
                                TakedownProcess.CHILD_VISIBLE.name(),
                                verified.childVisible(),
                                TakedownProcess.SOURCE.name(),
                                cases.require(reference).source().name(),
                                TakedownProcess.RECIPIENT_KNOWN.name(),
                                recipientKnown))
                .map(ruling -> Boolean.parseBoolean(ruling.text(TakedownProcess.APPROVAL_REQUIRED.name())))
                .orElseThrow(() -> new IllegalStateException("The approval table has no rule for case " + reference));
    }

    private record Verified(String artisticContext, boolean childVisible) {}
}
