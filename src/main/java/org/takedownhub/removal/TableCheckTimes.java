package org.takedownhub.removal;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.takedownhub.process.DecisionTables.Ruling;
import org.takedownhub.process.StandingRulings;
import org.takedownhub.process.TakedownProcess;

/** The managers' table {@code check-schedule}. */
@Component
class TableCheckTimes implements CheckTimes {

    private static final Logger LOG = LoggerFactory.getLogger(TableCheckTimes.class);

    private final StandingRulings tables;

    TableCheckTimes(StandingRulings tables) {
        this.tables = tables;
    }

    @Override
    public Times at(Phase phase, String platform) {
        try {
            return tables.ruling(
                            TakedownProcess.DECISION_CHECK_SCHEDULE,
                            Map.of("phase", phase.name(), TakedownProcess.PLATFORM.name(), platform))
                    .map(TableCheckTimes::times)
                    .orElseGet(() -> Times.usual(phase));
        } catch (IllegalStateException | IllegalArgumentException | DateTimeException unusable) {
            LOG.warn(
                    "The table check-schedule says nothing usable about {} at {}; the usual times hold",
                    phase,
                    platform,
                    unusable);
            return Times.usual(phase);
        }
    }

    private static Times times(Ruling ruling) {
        return new Times(
                Duration.parse(ruling.text("shortest")),
                Duration.parse(ruling.text("longest")),
                Double.parseDouble(ruling.text("share")));
    }
}
