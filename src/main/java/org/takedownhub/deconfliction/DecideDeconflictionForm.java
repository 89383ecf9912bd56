package org.takedownhub.deconfliction;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code decide-deconfliction}: the duty officer decides in place of a force that is silent. */
@Component
class DecideDeconflictionForm implements TaskForm {

    private static final Set<String> FIELDS =
            Set.of("dutyDecision", "holdUntil", "uploaderNotification", "deferUntil", "decisionReasons");

    private final Deconflictions deconflictions;
    private final DutyDesk desk;

    DecideDeconflictionForm(Deconflictions deconflictions, DutyDesk desk) {
        this.deconflictions = deconflictions;
        this.desk = desk;
    }

    enum Decision {
        CLEAR(DeconflictionAnswer.INTEREST_OK_TO_REMOVE),
        PRESERVE_FIRST(DeconflictionAnswer.PRESERVE_FIRST),
        HOLD_UNTIL(DeconflictionAnswer.HOLD_UNTIL);

        private final DeconflictionAnswer answer;

        Decision(DeconflictionAnswer answer) {
            this.answer = answer;
        }
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_DECIDE_DECONFLICTION;
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
        shown.put("answerWasDue", Words.at(question.dueAt()));
        return shown;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Question question = desk.question(task);
        desk.mustBeSenior(task, question);
        ForceAnswer.Limits limits = deconflictions.limits(question);
        FormFields fields = new FormFields(submitted, FIELDS);
        Decision decision = fields.requiredChoice("dutyDecision", Decision.class);
        Optional<Instant> holdUntil =
                ForceAnswer.holdUntil(fields, decision == Decision.HOLD_UNTIL, "dutyDecision is HOLD_UNTIL", limits);
        ForceAnswer answer = new ForceAnswer(
                decision.answer,
                holdUntil,
                // Nobody knows what the force is working on, so nobody warns the uploader.
                ForceAnswer.notification(fields, UploaderNotification.Rule.PROHIBITED, holdUntil, limits),
                Optional.of(fields.requiredText("decisionReasons", ForceAnswer.LONGEST_TEXT)),
                Optional.empty());
        fields.check();
        deconflictions.answered(question, answer, task.person().id(), Question.As.DUTY);
        return Map.of();
    }
}
