package org.takedownhub.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** Asks the priority table. */
@Component
class CasePriorities {

    private final DecisionTables tables;
    private final Clock clock;
    private final ClockSpeed speed;

    CasePriorities(DecisionTables tables, Clock clock, ClockSpeed speed) {
        this.tables = tables;
        this.clock = clock;
        this.speed = speed;
    }

    Priority assess(Category category, boolean threatToLife) {
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_CASE_PRIORITY,
                        Map.of(
                                TakedownProcess.CATEGORY.name(),
                                category.name(),
                                TakedownProcess.THREAT_TO_LIFE.name(),
                                threatToLife))
                .orElseThrow(() -> new IllegalStateException("The case priority table has no rule for " + category));
        return new Priority(
                Integer.parseInt(ruling.text("casePriority")),
                clock.instant().plus(speed.scaled(Duration.parse(ruling.text("verifyWithin")))));
    }

    /** @param value 0 to 100, 50 is normal */
    record Priority(int value, Instant verifyBy) {}
}
