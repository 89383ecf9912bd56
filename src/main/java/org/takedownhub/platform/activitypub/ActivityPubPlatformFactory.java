package org.takedownhub.platform.activitypub;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the entries that report into the fediverse. */
@Component
class ActivityPubPlatformFactory implements PlatformFactory {

    static final String KIND = "activitypub";

    private final PlatformAlarms alarms;
    private final Clock clock;

    ActivityPubPlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * Anybody may run a server of the fediverse: what looks like one by its address is tried. A host that an entry of the
     * settings names, such as a Mastodon server with an account of ours, stays with that entry.
     */
    @Override
    public Set<String> keyFamilies() {
        return Set.of("ap", "pt");
    }

    @Override
    public String description() {
        return "All servers of the fediverse that no other entry names, without an account on any of them";
    }

    @Override
    public List<SettingDescription> settings() {
        return ActivityPubSettings.DESCRIPTIONS;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        ActivityPubSettings own = ActivityPubSettings.of(instance, settings);
        return new ActivityPubPlatform(
                instance, own, SafeHttp.of(instance, settings, clock, own.publicUrl()), alarms, clock);
    }
}
