package org.takedownhub.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.Urgency;

/** Asks how urgent a new case is, and until when somebody should have looked at it. */
@Component
class CasePriorities {

    private final Urgency urgency;
    private final Clock clock;
    private final ClockSpeed speed;

    CasePriorities(Urgency urgency, Clock clock, ClockSpeed speed) {
        this.urgency = urgency;
        this.clock = clock;
        this.speed = speed;
    }

    Priority assess(CaseReference reference, Category category, boolean threatToLife) {
        DecisionTables.Ruling ruling = urgency.byTheTable(category, threatToLife);
        return new Priority(
                urgency.raised(reference, Integer.parseInt(ruling.text("casePriority"))),
                urgency.isRaised(reference),
                clock.instant().plus(speed.scaled(Duration.parse(ruling.text("verifyWithin")))));
    }

    /**
     * How urgent a case is.
     *
     * @param value  0 to 100, 50 is normal
     * @param raised a crisis may have raised it; the time to look never changes by one
     */
    record Priority(int value, boolean raised, Instant verifyBy) {}
}
