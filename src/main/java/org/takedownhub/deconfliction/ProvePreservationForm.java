package org.takedownhub.deconfliction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code prove-preservation}: a person keeps the evidence a force waits for, or a duty officer goes on without it. */
@Component
class ProvePreservationForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("preservation", "preservationReasons");

    private final Deconflictions deconflictions;
    private final DutyDesk desk;

    ProvePreservationForm(Deconflictions deconflictions, DutyDesk desk) {
        this.deconflictions = deconflictions;
        this.desk = desk;
    }

    enum Preservation {
        KEPT,
        NOT_NEEDED
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_PROVE_PRESERVATION;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        Question question = desk.question(task);
        Map<String, Object> shown = new LinkedHashMap<>(desk.shown(question));
        shown.put(
                "captureState",
                deconflictions
                        .exhibit(task.caseReference())
                        .map(exhibit -> "kept: SHA-256 " + exhibit.sha256().orElseThrow())
                        .orElse("nothing is kept yet; add a proof on the case page"));
        return shown;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        Question question = desk.question(task);
        FormFields fields = new FormFields(submitted, FIELDS);
        Preservation preservation = fields.requiredChoice("preservation", Preservation.class);
        boolean waives = preservation == Preservation.NOT_NEEDED;
        Optional<String> reasons = waives
                ? Optional.of(fields.requiredText("preservationReasons", ForceAnswer.LONGEST_TEXT))
                : fields.text("preservationReasons", ForceAnswer.LONGEST_TEXT);
        boolean kept = deconflictions.exhibit(task.caseReference()).isPresent();
        if (Preservation.KEPT.name().equals(submitted.get("preservation")) && !kept) {
            fields.problem(
                    "preservation", "cannot be KEPT, because no capture with a hash is on file; add a proof first");
        }
        fields.check();
        if (waives) {
            if (!task.person().groups().contains(Deconflictions.DUTY_OFFICERS)) {
                throw new NotAllowed("Only a duty officer lets content go whose evidence is not kept");
            }
            desk.mustBeSenior(task, question);
            deconflictions.waiveProof(question, task.person().id(), reasons.orElseThrow());
        }
        return Map.of();
    }
}
