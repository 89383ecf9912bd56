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
        return "YouTube, through its Data API";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "identifier",
                        "Id of the OAuth client of our Google project",
                        "1234-abc.apps.googleusercontent.com"),
                SettingDescription.secret(
                        "secret",
                        "A refresh token of our channel with the scope youtube.force-ssl; API keys and service accounts cannot report",
                        true),
                SettingDescription.secret("options.client-secret", "The secret of the OAuth client", true),
                SettingDescription.mandatory(
                        "options.control-video",
                        "Id of a public video that stays up; a miss counts only beside it",
                        "dQw4w9WgXcQ"),
                SettingDescription.optional(
                        "hosts",
                        "The hosts of its videos, separated by commas",
                        "youtube.com,www.youtube.com,youtu.be"),
                SettingDescription.secret(
                        "options.api-key",
                        "An API key: looks with it see what the public sees; without it, our channel looks",
                        false),
                SettingDescription.optional(
                        "options.reason-threat",
                        "What to report a category as, among the reasons YouTube offers: reasonId or reasonId/secondaryReasonId; reason-threat, reason-incitement, reason-weapons-sale and so on",
                        "V/52"),
                SettingDescription.optional("options.units-per-day", "The project's quota", "10000"),
                SettingDescription.optional(
                        "options.units-for-looks", "The last units of the day, which no report takes", "500"),
                SettingDescription.optional("options.country", "Where the hub looks from, two letters", "GB"),
                SettingDescription.optional("options.language", "Language of our explanations", "en"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
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
