package org.takedownhub.referral;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code refer-by-hand}: the packet to hand in, and what came of it. */
@Component
class ReferByHandForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("referralOutcome", "platformReference", "note");

    private final Referrals referrals;
    private final Packets packets;

    ReferByHandForm(Referrals referrals, Packets packets) {
        this.referrals = referrals;
        this.packets = packets;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_REFER_BY_HAND;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        return packets.shown(task.caseReference(), task.recipient());
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        Referrals.HandedIn result = fields.requiredChoice("referralOutcome", Referrals.HandedIn.class);
        String platformReference = fields.text("platformReference", 200).orElse("");
        String note = fields.text("note", 2000).orElse("");
        if (Referrals.HandedIn.CANNOT.name().equals(submitted.get("referralOutcome")) && note.isEmpty()) {
            fields.problem("note", "is missing; say why it cannot be referred this way");
        }
        fields.check();
        referrals.handedIn(task.caseReference(), task.recipient(), result, (platformReference + " " + note).strip());
        return Map.of(TakedownProcess.HANDED_IN.name(), result == Referrals.HandedIn.SENT);
    }
}
