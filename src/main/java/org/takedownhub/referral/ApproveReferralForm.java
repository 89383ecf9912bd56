package org.takedownhub.referral;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.SecondPerson;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code approve-referral}: the second person's word, who is never the one that verified. */
@Component
class ApproveReferralForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("referralApproved", "approvalReasons");

    private final Cases cases;
    private final JdbcClient jdbc;
    private final SecondPerson secondPerson;
    private final Approvals approvals;
    private final InstrumentInWords instruments;

    ApproveReferralForm(
            Cases cases,
            JdbcClient jdbc,
            SecondPerson secondPerson,
            Approvals approvals,
            InstrumentInWords instruments) {
        this.secondPerson = secondPerson;
        this.cases = cases;
        this.jdbc = jdbc;
        this.approvals = approvals;
        this.instruments = instruments;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_APPROVE_REFERRAL;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        secondPerson.mayApprove(task.caseReference(), task.person());
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        String reasons = jdbc.sql("select reasons from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(task.caseReference().value())
                .query(String.class)
                .single();
        Map<String, Object> shown = new HashMap<>(instruments.shown(task.caseReference()));
        shown.putAll(Map.of(
                "flaggedUrl",
                file.defangedUrl(),
                "platform",
                file.platform(),
                "verdictSummary",
                file.verdict().map(Enum::name).orElse("") + ", "
                        + file.category().name(),
                "verdictReasons",
                reasons));
        return shown;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        boolean approved = fields.requiredFlag("referralApproved");
        String reasons = fields.requiredText("approvalReasons", 4000);
        fields.check();
        approvals.decide(task.caseReference(), task.person(), approved, reasons);
        return Map.of(TakedownProcess.REFERRAL_APPROVED.name(), approved);
    }
}
