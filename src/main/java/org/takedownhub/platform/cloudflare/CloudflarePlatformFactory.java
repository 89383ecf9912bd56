package org.takedownhub.platform.cloudflare;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;

/** Makes the access to Cloudflare that the settings describe. */
@Component
class CloudflarePlatformFactory implements PlatformFactory {

    static final String KIND = "cloudflare";

    private final PlatformAlarms alarms;
    private final Clock clock;

    CloudflarePlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        CloudflareSettings known = CloudflareSettings.of(instance, settings);
        return new CloudflarePlatform(
                instance,
                known,
                new CloudflareApi(known, SafeHttp.of(instance, settings, clock), clock),
                alarms,
                clock);
    }
}
