package org.takedownhub.process;

import org.springframework.stereotype.Component;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;

/** Deadline policies as the managers keep them, in the decision table {@code removal-deadline}. */
@Component
class TableDeadlinePolicies implements DeadlinePolicies {

    private final DecisionTables tables;

    TableDeadlinePolicies(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public DeadlinePolicy policyFor(DeadlineQuestion question) {
        DecisionTables.Ruling ruling = tables.decide(TakedownProcess.DECISION_REMOVAL_DEADLINE, question.inputs())
                .orElseThrow(() -> new IllegalStateException("The removal deadline table has no rule for " + question));
        return DeadlinePolicy.fromDecision(question, ruling.outputs(), ruling.version());
    }
}
