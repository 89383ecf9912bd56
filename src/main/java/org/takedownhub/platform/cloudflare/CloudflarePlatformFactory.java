package org.takedownhub.platform.cloudflare;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;
import org.takedownhub.platform.Vantages;

/** Makes the access to Cloudflare that the settings describe. */
@Component
class CloudflarePlatformFactory implements PlatformFactory {

    static final String KIND = "cloudflare";

    private final PublicLooks looks;
    private final Vantages vantages;
    private final PlatformAlarms alarms;
    private final Clock clock;

    CloudflarePlatformFactory(PublicLooks looks, Vantages vantages, PlatformAlarms alarms, Clock clock) {
        this.looks = looks;
        this.vantages = vantages;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String description() {
        return "Sites that Cloudflare serves, reported to Cloudflare";
    }

    @Override
    public List<SettingDescription> settings() {
        return CloudflareSettings.DESCRIPTIONS;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        CloudflareSettings known = CloudflareSettings.of(instance, settings);
        return new CloudflarePlatform(
                instance,
                known,
                new CloudflareApi(known, SafeHttp.of(instance, settings, clock), clock),
                looks,
                vantages,
                alarms,
                clock);
    }
}
