package org.takedownhub.deconfliction;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Questions;
import org.takedownhub.process.TaskInHand;

/** What the tasks of duty officers about a question have in common. */
@Component
class DutyDesk {

    private final Deconflictions deconflictions;
    private final DeconflictionSettings settings;
    private final Questions questions;
    private final Forces forces;
    private final Cases cases;

    DutyDesk(
            Deconflictions deconflictions,
            DeconflictionSettings settings,
            Questions questions,
            Forces forces,
            Cases cases) {
        this.deconflictions = deconflictions;
        this.settings = settings;
        this.questions = questions;
        this.forces = forces;
        this.cases = cases;
    }

    Question question(TaskInHand task) {
        return deconflictions.require(task.caseReference(), questions.number(task.taskId()));
    }

    /** @throws NotAllowed with a life in danger only a named senior decides */
    void mustBeSenior(TaskInHand task, Question question) {
        boolean named = settings.seniors().isEmpty()
                || settings.seniors().contains(task.person().id());
        if (question.threatToLife() && !named) {
            throw new NotAllowed(
                    "With a life in danger only " + String.join(", ", settings.seniors()) + " may decide this");
        }
    }

    /** What the forms show of a question: whom to call and where it stands, never the operation behind it. */
    Map<String, Object> shown(Question question) {
        CaseFile file = cases.require(question.reference());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("flaggedUrl", file.defangedUrl());
        shown.put("platform", file.platform());
        shown.put("urgency", question.threatToLife() ? "Threat to life" : "Normal");
        shown.put("force", question.force());
        shown.put("forceContact", question.contact().orElseGet(() -> forces.inWords(question.force())));
        shown.put(
                "questionGround",
                switch (question.ground()) {
                    case HIT -> "the case is on the list of this force";
                    case UNREADABLE -> "this force has a list that cannot be read at the moment";
                    case EVERY_CASE -> "every force is asked about every case";
                });
        return shown;
    }
}
