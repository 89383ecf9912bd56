package org.takedownhub.referral;

import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code resolve-uncertain-referral}: a person looks up at the platform whether a referral arrived. */
@Component
class ResolveUncertainReferralForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("arrival", "note");

    private final Referrals referrals;
    private final Packets packets;

    ResolveUncertainReferralForm(Referrals referrals, Packets packets) {
        this.referrals = referrals;
        this.packets = packets;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_RESOLVE_UNCERTAIN_REFERRAL;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        return packets.shown(task.caseReference(), task.recipient());
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        Arrival arrival = fields.requiredChoice("arrival", Arrival.class);
        String note = fields.requiredText("note", 2000);
        fields.check();
        boolean arrived = arrival == Arrival.ARRIVED;
        referrals.resolve(task.caseReference(), task.recipient(), arrived, note);
        return Map.of(TakedownProcess.REFERRAL_ARRIVED.name(), arrived);
    }

    private enum Arrival {
        ARRIVED,
        NOT_ARRIVED
    }
}
