package org.takedownhub.platform.youtube;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the access to YouTube that the settings describe. */
@Component
class YouTubePlatformFactory implements PlatformFactory {

    static final String KIND = "youtube";

    private final JdbcClient jdbc;
    private final PlatformAlarms alarms;
    private final Clock clock;

    YouTubePlatformFactory(JdbcClient jdbc, PlatformAlarms alarms, Clock clock) {
        this.jdbc = jdbc;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> keyFamilies() {
        return Set.of("yt");
    }

    @Override
    public String description() {
        return "YouTube, by a channel of ours: videos only";
    }

    @Override
    public List<SettingDescription> settings() {
        return YouTubeSettings.DESCRIPTIONS;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        YouTubeSettings known = YouTubeSettings.of(instance, settings);
        SafeHttp http = SafeHttp.of(instance, settings, clock, known.tokenUrl());
        QuotaLedger ledger = new QuotaLedger(instance, known.unitsPerDay(), jdbc, clock);
        YouTubeApi api = new YouTubeApi(known, new Access(known, http, clock), ledger, http, clock);
        return new YouTubePlatform(
                instance, known, api, new Reasons(instance, known, api, jdbc, clock), ledger, alarms, clock);
    }
}
