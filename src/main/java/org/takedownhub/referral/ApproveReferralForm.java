package org.takedownhub.referral;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code approve-referral}: the second person's word, who is never the one that verified. */
@Component
class ApproveReferralForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("referralApproved", "approvalReasons");

    private final Cases cases;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;

    ApproveReferralForm(Cases cases, JdbcClient jdbc, Clock clock, Audit audit) {
        this.cases = cases;
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_APPROVE_REFERRAL;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        if (verifiers(task.caseReference()).contains(task.person().id())) {
            throw new NotAllowed("You verified " + task.caseReference() + "; another authorised officer approves it");
        }
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        String reasons = jdbc.sql("select reasons from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(task.caseReference().value())
                .query(String.class)
                .single();
        return Map.of(
                "flaggedUrl",
                file.defangedUrl(),
                "platform",
                file.platform(),
                "verdictSummary",
                file.verdict().map(Enum::name).orElse("") + ", "
                        + file.category().name(),
                "verdictReasons",
                reasons);
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        boolean approved = fields.requiredFlag("referralApproved");
        String reasons = fields.requiredText("approvalReasons", 4000);
        fields.check();
        CaseReference reference = task.caseReference();
        mayBeTaken(task);
        jdbc.sql("insert into approval (case_reference, approved, reasons, decided_by, decided_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(reference.value(), approved, reasons, task.person().id(), stored(clock.instant()))
                .update();
        audit.record(reference, approved ? "referral.approved" : "referral.declined", "by a second person");
        return Map.of(TakedownProcess.REFERRAL_APPROVED.name(), approved);
    }

    private List<String> verifiers(CaseReference reference) {
        return jdbc.sql("select verified_by from verification where case_reference = ?")
                .params(reference.value())
                .query(String.class)
                .list();
    }
}
