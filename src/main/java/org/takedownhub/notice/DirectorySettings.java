package org.takedownhub.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param verifyEvery how long an entry of the directory counts as verified; not divided by the clock's speed */
@ConfigurationProperties("takedown.directory")
public record DirectorySettings(@DefaultValue("90d") Duration verifyEvery) {

    public DirectorySettings {
        if (verifyEvery.isNegative() || verifyEvery.isZero()) {
            throw new IllegalArgumentException("takedown.directory.verify-every must be longer than nothing");
        }
    }
}
