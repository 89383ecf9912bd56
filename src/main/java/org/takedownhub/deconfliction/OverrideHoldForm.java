package org.takedownhub.deconfliction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code override-hold}: a senior officer looks at a hold, and says why it ends or stands. */
@Component
class OverrideHoldForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of(TakedownProcess.HOLD_OVERRIDDEN.name(), "overrideReasons");

    private final Deconflictions deconflictions;
    private final DutyDesk desk;

    OverrideHoldForm(Deconflictions deconflictions, DutyDesk desk) {
        this.deconflictions = deconflictions;
        this.desk = desk;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_OVERRIDE_HOLD;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        desk.mustBeSenior(task, desk.question(task));
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Question question = desk.question(task);
        Map<String, Object> shown = new LinkedHashMap<>(desk.shown(question));
        shown.put("heldUntil", Words.at(question.hold().map(Question.Hold::until)));
        return shown;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Question question = desk.question(task);
        desk.mustBeSenior(task, question);
        FormFields fields = new FormFields(submitted, FIELDS);
        boolean overridden = fields.requiredFlag(TakedownProcess.HOLD_OVERRIDDEN.name());
        String reasons = fields.requiredText("overrideReasons", ForceAnswer.LONGEST_TEXT);
        fields.check();
        if (overridden) {
            deconflictions.override(question, task.person().id(), reasons);
        } else {
            deconflictions.confirm(question, task.person().id(), reasons);
        }
        return Map.ofEntries(TakedownProcess.HOLD_OVERRIDDEN.with(overridden));
    }
}
