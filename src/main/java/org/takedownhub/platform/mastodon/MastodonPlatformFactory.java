package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the Mastodon servers of the settings. */
@Component
class MastodonPlatformFactory implements PlatformFactory {

    static final String KIND = "mastodon";

    private final PlatformAlarms alarms;
    private final Clock clock;

    MastodonPlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String description() {
        return "A Mastodon server, or one that answers its API";
    }

    @Override
    public List<SettingDescription> settings() {
        return MastodonSettings.DESCRIPTIONS;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        return new MastodonPlatform(
                instance,
                MastodonSettings.of(instance, settings),
                SafeHttp.of(instance, settings, clock),
                alarms,
                clock);
    }
}
