package org.takedownhub.notice;

import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Returned;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;

/** How long the instrument gives, in the words of its rule. What is the hub's own target is no period of the law. */
@Component
@Order(500)
class ClockElements implements NoticeElements {

    private final DeadlinePolicies policies;
    private final Returned returned;

    ClockElements(DeadlinePolicies policies, Returned returned) {
        this.policies = policies;
        this.returned = returned;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        CaseFile file = draft.file();
        DeadlinePolicy policy = policies.policyFor(new DeadlineQuestion(
                draft.entry().instrument(), file.category(), file.threatToLife(), returned.isReturn(file.reference())));
        return Map.of(Element.COMPLIANCE.code(), inWords(policy, draft.entry()));
    }

    static String inWords(DeadlinePolicy policy, InstrumentEntry entry) {
        String period = Words.period(policy.period(), policy.unit());
        return switch (policy.unit()) {
            case NONE -> "Without undue delay. The law sets no period.";
            case WORKING_DAYS -> "Not later than the end of " + period + " after the day on which this notice is given."
                    + " A day that is a bank holiday in any part of the United Kingdom, a Saturday or a Sunday is no"
                    + " working day.";
            case CLOCK_HOURS -> entry.voluntary()
                    ? "We would be grateful for an answer within " + period + "; no law sets this time."
                    : switch (policy.startEvent()) {
                        case RECEIVED -> "Within " + period + " of receipt of this notice.";
                        case ACKNOWLEDGED -> "Within " + period + " of your acknowledging this notice.";
                        default -> "Before the end of " + period + " beginning with the time this notice is "
                                + (policy.startEvent() == org.takedownhub.clock.StartEvent.ISSUED
                                        ? "issued."
                                        : "given.");
                    };
        };
    }
}
