package org.takedownhub.closure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param watchForReturn how long removed content is watched for its return; divided by the clock's speed */
@ConfigurationProperties("takedown.closure")
record ClosureSettings(@DefaultValue("90d") Duration watchForReturn) {

    ClosureSettings {
        if (watchForReturn.isNegative() || watchForReturn.isZero()) {
            throw new IllegalArgumentException("takedown.closure.watch-for-return must be longer than nothing");
        }
    }
}
