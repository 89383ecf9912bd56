package org.takedownhub.removal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.notice.Notices;
import org.takedownhub.platform.Availability;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code check-removal}: a person looks where the hub could not tell. */
@Component
class CheckRemovalForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("removalFinding", "note");

    private final Cases cases;
    private final Notices notices;
    private final Observations observations;
    private final Watched watched;
    private final Clock clock;

    CheckRemovalForm(Cases cases, Notices notices, Observations observations, Watched watched, Clock clock) {
        this.cases = cases;
        this.notices = notices;
        this.observations = observations;
        this.watched = watched;
        this.clock = clock;
    }

    /** What a person sees. */
    private enum Finding {
        STILL_UP(Availability.AVAILABLE),
        GONE(Availability.GONE_UNATTRIBUTED),
        RESTRICTED(Availability.GEO_BLOCKED),
        MODIFIED(Availability.MODIFIED),
        CANNOT_TELL(Availability.UNKNOWN);

        private final Availability availability;

        Finding(Availability availability) {
            this.availability = availability;
        }
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_CHECK_REMOVAL;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        List<Observation> latest = observations.latest(task.caseReference(), task.recipient(), 1);
        return Map.of(
                "flaggedUrl",
                file.defangedUrl(),
                "platform",
                file.platform(),
                "whyAsked",
                observations.saidModified(task.caseReference(), task.recipient())
                        ? UnclearRemovals.MODIFIED
                        : "The hub could not tell for some time whether this is still up.",
                "lastLook",
                latest.isEmpty() ? "nothing yet" : latest.get(0).detail());
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        Finding finding = fields.requiredChoice("removalFinding", Finding.class);
        String note = fields.requiredText("note", 2000);
        fields.check();
        CaseReference reference = task.caseReference();
        CaseFile file = cases.require(reference);
        // What a person saw is true of the content, whoever was asked to take it down.
        notices.of(reference).stream()
                .filter(recipient -> recipient.number() == task.recipient()
                        || recipient.open() && recipient.givenAt().isPresent())
                .forEach(recipient -> observations.told(
                        reference,
                        recipient.number(),
                        file.platform(),
                        finding.availability,
                        "seen by " + task.person().id() + ": " + note,
                        clock.instant()));
        // The watch draws the conclusion in its next round: it must not end the follow-up in which this task stands.
        watched.lookNow(reference, file.platform());
        return Map.of();
    }
}
