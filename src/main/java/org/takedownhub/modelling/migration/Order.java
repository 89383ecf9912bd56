package org.takedownhub.modelling.migration;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.casefile.CaseReference;

/**
 * What a manager wants moved.
 *
 * @param change       number of the published change request whose set is live
 * @param deploymentId of that set
 * @param cases        empty for all that fit
 * @param timers       by event; those that are not named keep their instant
 * @param replanned    cases whose removal deadline is computed anew, and why
 */
public record Order(
        long change,
        String deploymentId,
        Optional<Set<CaseReference>> cases,
        Map<String, TimerChoice> timers,
        Map<CaseReference, String> replanned,
        String reason) {}
