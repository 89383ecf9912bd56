package org.takedownhub.referral;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Periods of referring. All are divided by the clock's speed.
 *
 * @param handInWithin             how soon a person should have handed in what no interface takes, from the notice on
 * @param handInWithinThreatToLife the same where somebody's life is in danger
 * @param preNotice                how long before its first order a provider is told of procedures and deadlines; 12 hours
 *                                 at least (Regulation (EU) 2021/784 Art. 3(2))
 */
@ConfigurationProperties("takedown.referral")
record ReferralSettings(
        @DefaultValue("4h") Duration handInWithin,
        @DefaultValue("15m") Duration handInWithinThreatToLife,
        @DefaultValue("12h") Duration preNotice) {

    private static final Duration LEAST_PRE_NOTICE = Duration.ofHours(12);

    ReferralSettings {
        if (handInWithin.isNegative()
                || handInWithin.isZero()
                || handInWithinThreatToLife.isNegative()
                || handInWithinThreatToLife.isZero()) {
            throw new IllegalArgumentException(
                    "takedown.referral.hand-in-within and .hand-in-within-threat-to-life must"
                            + " be longer than nothing");
        }
        if (preNotice.compareTo(LEAST_PRE_NOTICE) < 0) {
            throw new IllegalArgumentException(
                    "takedown.referral.pre-notice must be 12 hours at least: the law says so");
        }
    }
}
