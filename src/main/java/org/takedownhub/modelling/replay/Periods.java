package org.takedownhub.modelling.replay;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Periods that the hub's settings give its steps, before the clock's speed. Each step keeps its own; a test holds these
 * names and defaults against them.
 */
@Component
record Periods(
        @Value("${takedown.referral.hand-in-within:4h}") Duration handInWithin,
        @Value("${takedown.referral.hand-in-within-threat-to-life:15m}") Duration handInWithinThreatToLife,
        @Value("${takedown.closure.watch-for-return:90d}") Duration watchForReturn,
        @Value("${takedown.deconfliction.renewal-before:24h}") Duration renewalBefore,
        @Value("${takedown.deconfliction.review-hold-after:7d}") Duration reviewHoldAfter) {

    /** Until when the hub means to have answered a platform's question. */
    static final Duration CLARIFICATION_TARGET = Duration.ofHours(4);
}
