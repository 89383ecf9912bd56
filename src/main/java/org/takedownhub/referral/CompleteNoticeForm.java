package org.takedownhub.referral;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code complete-notice}: a person supplies what the law wants in the notice and the hub could not tell. */
@Component
class CompleteNoticeForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("note");

    private final Cases cases;
    private final Audit audit;

    CompleteNoticeForm(Cases cases, Audit audit) {
        this.cases = cases;
        this.audit = audit;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_COMPLETE_NOTICE;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        return Map.of("flaggedUrl", file.defangedUrl(), "platform", file.platform());
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        String note = fields.requiredText("note", 2000);
        fields.check();
        CaseReference reference = task.caseReference();
        audit.record(reference, "notice.completed", note);
        return Map.of();
    }
}
