package org.takedownhub.deconfliction;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Questions;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code answer-deconfliction}: whether content may go, as one force sees it. */
@Component
class AnswerDeconflictionForm implements TaskForm {

    private final Deconflictions deconflictions;
    private final Questions questions;
    private final Forces forces;
    private final Interests interests;
    private final Cases cases;

    AnswerDeconflictionForm(
            Deconflictions deconflictions, Questions questions, Forces forces, Interests interests, Cases cases) {
        this.deconflictions = deconflictions;
        this.questions = questions;
        this.forces = forces;
        this.interests = interests;
        this.cases = cases;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_ANSWER_DECONFLICTION;
    }

    @Override
    public Set<String> fields() {
        return ForceAnswer.FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        question(task);
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Question question = question(task);
        CaseFile file = cases.require(task.caseReference());
        String entries = interests.inWords(question.force(), question.entries());
        return Map.of(
                "flaggedUrl", file.defangedUrl(),
                "platform", file.platform(),
                "urgency", question.threatToLife() ? "Threat to life" : "Normal",
                "answerBefore", Words.at(question.dueAt()),
                "listEntries", entries.isEmpty() ? "none: your force is asked about this case anyway" : entries);
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Question question = question(task);
        deconflictions.answered(
                question,
                ForceAnswer.read(submitted, deconflictions.limits(question)),
                task.person().id(),
                Question.As.FORCE);
        return Map.of();
    }

    /** The question, for officers of the force that it was put to. */
    private Question question(TaskInHand task) {
        Question question = deconflictions.require(task.caseReference(), questions.number(task.taskId()));
        if (!forces.speaksFor(question.force(), task.person().groups())) {
            throw new NotAllowed("This question was put to another force; only its officers answer it");
        }
        return question;
    }
}
