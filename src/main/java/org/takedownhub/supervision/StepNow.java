package org.takedownhub.supervision;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands at a step at this moment.
 *
 * @param inLiveModel whether new cases can come here; false for a step that only older versions have
 * @param cases       cases that stand here, each counted once
 * @param places      how often they stand here: a case with two recipients can wait for both
 * @param oldestSince when the one that stands here longest came, UTC
 * @param overdue     cases whose due instant here has passed
 * @param incidents   steps that the hub has given up and somebody has to look at
 * @param retrying    steps that failed and that the hub tries again by itself
 */
public record StepNow(
        Step step,
        boolean inLiveModel,
        int cases,
        int places,
        Optional<Instant> oldestSince,
        int overdue,
        int incidents,
        int retrying) {

    /** Whether there is anything to tell of. */
    public boolean isEmpty() {
        return cases == 0 && overdue == 0 && incidents == 0 && retrying == 0;
    }
}
