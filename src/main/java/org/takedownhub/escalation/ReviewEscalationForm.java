package org.takedownhub.escalation;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code review-escalation}: a person's look at a rung, which never holds the ladder. */
@Component
class ReviewEscalationForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("reviewNote");

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Audit audit;
    private final Clock clock;

    ReviewEscalationForm(JdbcClient jdbc, Cases cases, Notices notices, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_REVIEW_ESCALATION;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Recipient recipient = notices.require(task.caseReference(), task.recipient());
        return Map.of(
                "flaggedUrl", cases.require(task.caseReference()).defangedUrl(),
                "platform", recipient.name(),
                "rungSummary", climbed(task.caseReference(), recipient));
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        String note = fields.requiredText("reviewNote", 4000);
        fields.check();
        CaseReference reference = task.caseReference();
        int rung = notices.require(reference, task.recipient()).rung();
        jdbc.sql("insert into rung_review (case_reference, recipient_number, rung, note, reviewed_by, reviewed_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        task.recipient(),
                        rung,
                        note,
                        task.person().id(),
                        stored(clock.instant()))
                .update();
        audit.record(reference, "escalation.reviewed", "rung " + rung);
        return Map.of();
    }

    private String climbed(CaseReference reference, Recipient recipient) {
        return jdbc.sql(
                        "select action, addressee, climbed_at from rung where case_reference = ? and recipient_number = ?"
                                + " and rung = ?")
                .params(reference.value(), recipient.number(), recipient.rung())
                .query((row, number) -> "Rung " + recipient.rung() + ". To: " + row.getString("addressee"))
                .single();
    }
}
