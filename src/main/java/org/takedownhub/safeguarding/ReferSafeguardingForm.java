package org.takedownhub.safeguarding;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code refer-safeguarding}: a person refers somebody at risk to those who protect them, or says why not. */
@Component
class ReferSafeguardingForm implements TaskForm {

    private static final Set<String> FIELDS =
            Set.of("safeguardingDecision", "safeguardingReferredTo", "safeguardingReference", "safeguardingReasons");

    private final Cases cases;
    private final Safeguarding safeguarding;

    ReferSafeguardingForm(Cases cases, Safeguarding safeguarding) {
        this.cases = cases;
        this.safeguarding = safeguarding;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_REFER_SAFEGUARDING;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        Safeguarding.Referral referral = safeguarding.of(task.caseReference()).get(0);
        return Map.of(
                "flaggedUrl", file.defangedUrl(),
                "platform", file.platform(),
                "whoIsAtRisk",
                        referral.childVisible() ? "A child can be seen or recognised" : "An adult at risk can be seen",
                "referTo", referral.referTo(),
                "legalReference", referral.legalReference());
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        FormFields fields = new FormFields(submitted, FIELDS);
        Safeguarding.Choice choice = fields.requiredChoice("safeguardingDecision", Safeguarding.Choice.class);
        Optional<String> referredTo = fields.text("safeguardingReferredTo", 255);
        Optional<String> reference = fields.text("safeguardingReference", 200);
        String reasons = fields.requiredText("safeguardingReasons", 4000);
        if (choice == Safeguarding.Choice.REFERRED && referredTo.isEmpty()) {
            fields.problem("safeguardingReferredTo", "is missing; name the service that you referred to");
        }
        fields.check();
        safeguarding.decide(
                task.caseReference(),
                new Safeguarding.Decision(choice, referredTo, reference, reasons),
                task.person().id());
        return Map.of();
    }
}
