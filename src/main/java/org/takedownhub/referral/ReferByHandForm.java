package org.takedownhub.referral;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.notice.ProofOfDelivery;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code refer-by-hand}: the packet to hand in, and what came of it. */
@Component
class ReferByHandForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of("referralOutcome", "platformReference", "deliveryProof", "note");

    /** How it was handed over. */
    private enum Handed {
        PORTAL_CONFIRMATION(ProofOfDelivery.PORTAL_CONFIRMATION),
        IN_PERSON(ProofOfDelivery.IN_PERSON),
        RECORDED_POST(ProofOfDelivery.RECORDED_POST);

        private final ProofOfDelivery proof;

        Handed(ProofOfDelivery proof) {
            this.proof = proof;
        }
    }

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
        Optional<ProofOfDelivery> proof = fields.choice("deliveryProof", Handed.class)
                .map(handed -> handed.proof)
                // Who got a number from the portal has its confirmation.
                .or(() -> Optional.of(ProofOfDelivery.PORTAL_CONFIRMATION).filter(any -> !platformReference.isEmpty()));
        fields.check();
        referrals.handedIn(task.caseReference(), task.recipient(), result, proof, platformReference, note);
        return Map.of(TakedownProcess.HANDED_IN.name(), result == Referrals.HandedIn.SENT);
    }
}
