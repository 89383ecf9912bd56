package org.takedownhub.platform.reddit;

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

/** Makes the access to Reddit that the settings describe. */
@Component
class RedditPlatformFactory implements PlatformFactory {

    static final String KIND = "reddit";

    private final PlatformAlarms alarms;
    private final Clock clock;

    RedditPlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> keyFamilies() {
        return Set.of("reddit");
    }

    @Override
    public String description() {
        return "Reddit, for a client that Reddit has approved: posts and comments";
    }

    @Override
    public List<SettingDescription> settings() {
        return RedditSettings.DESCRIPTIONS;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        RedditSettings known = RedditSettings.of(instance, settings);
        RedditApi api = new RedditApi(known, SafeHttp.of(instance, settings, clock, known.tokenUrl()), clock);
        return new RedditPlatform(instance, known, api, alarms, clock);
    }
}
