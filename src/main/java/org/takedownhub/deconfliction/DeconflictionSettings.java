package org.takedownhub.deconfliction;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How forces are asked. Every period but {@code longestInterest} is divided by the clock's speed.
 *
 * @param askAll               whether every force is asked about every case, whatever it watches
 * @param keyDirectory         where each force's key lies, as {@code <force>.key}: 64 hexadecimal digits. Empty: no keys,
 *                             and so no interest lists
 * @param createKeys           whether a missing key is made. Only where nobody has to agree on it with a force: training
 * @param longestInterest      how long an entry of an interest list lasts at most
 * @param longestHold          how long a hold lasts at most before somebody renews it by name
 * @param renewalBefore        how long before its end the force is reminded of a hold
 * @param reviewHoldAfter      when the duty officer looks at a hold that lasts; at once with a threat to life
 * @param checkPreservationEvery how often the hub looks whether the evidence a force waits for is there
 * @param deferNotificationFor how long a platform is to say nothing to the uploader when a force names no date
 * @param linkValidFor         how long a mailed link answers its question
 * @param seniors              user ids of the duty officers who decide when a life is in danger. Empty: any of them
 * @param seniorMail           where they are told of it at once
 * @param hubUrl               the hub's address as forces reach it, for mailed links. Empty: mails carry no link
 */
@ConfigurationProperties("takedown.deconfliction")
record DeconflictionSettings(
        @DefaultValue("false") boolean askAll,
        @DefaultValue("") String keyDirectory,
        @DefaultValue("false") boolean createKeys,
        @DefaultValue("365d") Duration longestInterest,
        @DefaultValue("90d") Duration longestHold,
        @DefaultValue("24h") Duration renewalBefore,
        @DefaultValue("7d") Duration reviewHoldAfter,
        @DefaultValue("5m") Duration checkPreservationEvery,
        @DefaultValue("28d") Duration deferNotificationFor,
        @DefaultValue("14d") Duration linkValidFor,
        @DefaultValue List<String> seniors,
        @DefaultValue("") String seniorMail,
        @DefaultValue("") String hubUrl) {

    DeconflictionSettings {
        seniors = List.copyOf(seniors);
        for (Duration period : List.of(
                longestInterest,
                longestHold,
                renewalBefore,
                reviewHoldAfter,
                checkPreservationEvery,
                deferNotificationFor,
                linkValidFor)) {
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("takedown.deconfliction: every period must be longer than nothing");
            }
        }
    }
}
