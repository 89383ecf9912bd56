package org.takedownhub.referral;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How soon a person should have handed in what no interface takes. Both periods are divided by the clock's speed.
 *
 * @param handInWithin             from the notice on
 * @param handInWithinThreatToLife the same where somebody's life is in danger
 */
@ConfigurationProperties("takedown.referral")
record ReferralSettings(
        @DefaultValue("4h") Duration handInWithin, @DefaultValue("15m") Duration handInWithinThreatToLife) {

    ReferralSettings {
        if (handInWithin.isNegative()
                || handInWithin.isZero()
                || handInWithinThreatToLife.isNegative()
                || handInWithinThreatToLife.isZero()) {
            throw new IllegalArgumentException(
                    "takedown.referral.hand-in-within and .hand-in-within-threat-to-life must"
                            + " be longer than nothing");
        }
    }
}
