package org.takedownhub.process;

import java.util.OptionalInt;
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
    public DeadlinePolicy policyFor(DeadlineQuestion question, OptionalInt version) {
        String table = TakedownProcess.DECISION_REMOVAL_DEADLINE;
        return (version.isPresent()
                        ? tables.decide(table, version.getAsInt(), question.inputs())
                        : tables.decide(table, question.inputs()))
                .map(found -> DeadlinePolicy.fromDecision(question, found.outputs(), found.version()))
                .orElseThrow(() -> new IllegalStateException("The removal deadline table has no rule for " + question));
    }
}
