package org.takedownhub.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
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

    private static final Set<String> FIELDS =
            Set.of("referralOutcome", "receivedAt", "platformReference", "deliveryProof", "note");

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
    private final Clock clock;

    ReferByHandForm(Referrals referrals, Packets packets, Clock clock) {
        this.referrals = referrals;
        this.packets = packets;
        this.clock = clock;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_REFER_BY_HAND;
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
        Referrals.HandedIn result = fields.requiredChoice("referralOutcome", Referrals.HandedIn.class);
        Optional<Instant> receivedAt = receivedAt(fields);
        boolean sent = Referrals.HandedIn.SENT.name().equals(submitted.get("referralOutcome"));
        if (receivedAt.filter(clock.instant()::isBefore).isPresent()) {
            fields.problem("receivedAt", "has not come yet; enter when the platform had the notice, in UTC");
        }
        if (sent
                && receivedAt.isEmpty()
                && submitted.get("receivedAt") == null
                && referrals.startsOnReceipt(task.caseReference(), task.recipient())) {
            fields.problem(
                    "receivedAt",
                    "is missing; the time of this instrument runs from receipt: enter when the platform confirmed it");
        }
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
        referrals.handedIn(
                task.caseReference(),
                task.recipient(),
                result,
                proof,
                receivedAt.filter(at -> sent),
                platformReference,
                note);
        return Map.of(TakedownProcess.HANDED_IN.name(), result == Referrals.HandedIn.SENT);
    }

    /** With its offset, as Tasklist sends it. */
    private static Optional<Instant> receivedAt(FormFields fields) {
        return fields.text("receivedAt", 40).flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException noInstant) {
                fields.problem("receivedAt", "must be an instant with its offset, such as 2026-06-01T09:30:00Z");
                return Optional.empty();
            }
        });
    }
}
