package org.takedownhub.deconfliction;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Questions;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code renew-hold}: whoever holds removal back renews that by name, or lets the content go. */
@Component
class RenewHoldForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("holdDecision", "holdUntil", "holdReasons");

    private final Deconflictions deconflictions;
    private final Questions questions;
    private final Forces forces;

    RenewHoldForm(Deconflictions deconflictions, Questions questions, Forces forces) {
        this.deconflictions = deconflictions;
        this.questions = questions;
        this.forces = forces;
    }

    enum Decision {
        RENEW,
        RELEASE
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_RENEW_HOLD;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        question(task);
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Question question = question(task);
        return Map.of(
                "force", question.force(),
                "urgency", question.threatToLife() ? "Threat to life" : "Normal",
                "heldSince", Words.at(question.hold().map(Question.Hold::from)),
                "heldUntil", Words.at(question.hold().map(Question.Hold::until)),
                "heldBecause", question.given().flatMap(Question.Given::reasons).orElse("no reasons given"));
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Question question = question(task);
        FormFields fields = new FormFields(submitted, FIELDS);
        Decision decision = fields.requiredChoice("holdDecision", Decision.class);
        boolean renews = decision == Decision.RENEW;
        Optional<Instant> until =
                ForceAnswer.holdUntil(fields, renews, "holdDecision is RENEW", deconflictions.limits(question));
        Optional<String> reasons = renews
                ? Optional.of(fields.requiredText("holdReasons", ForceAnswer.LONGEST_TEXT))
                : fields.text("holdReasons", ForceAnswer.LONGEST_TEXT);
        fields.check();
        if (renews) {
            deconflictions.renew(question, until.orElseThrow(), task.person().id(), reasons.orElseThrow());
        } else {
            deconflictions.release(question, task.person().id(), reasons);
        }
        return Map.of();
    }

    /** The question, for those who placed the hold. */
    private Question question(TaskInHand task) {
        Question question = deconflictions.require(task.caseReference(), questions.number(task.taskId()));
        boolean duty =
                question.given().filter(given -> given.as() == Question.As.DUTY).isPresent();
        boolean theirs = duty
                ? task.person().groups().contains(Deconflictions.DUTY_OFFICERS)
                : forces.speaksFor(question.force(), task.person().groups());
        if (!theirs) {
            throw new NotAllowed("This hold belongs to others; only they renew or release it");
        }
        return question;
    }
}
