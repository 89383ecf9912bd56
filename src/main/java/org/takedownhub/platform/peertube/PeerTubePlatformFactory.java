package org.takedownhub.platform.peertube;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the PeerTube servers of the settings. */
@Component
class PeerTubePlatformFactory implements PlatformFactory {

    static final String KIND = "peertube";

    private final PlatformAlarms alarms;
    private final Clock clock;

    PeerTubePlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String description() {
        return "A PeerTube server";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "base-url",
                        "The address of the server, under the very name it knows itself by",
                        "https://video.example"),
                SettingDescription.mandatory("hosts", "The hosts of its videos, separated by commas", "video.example"),
                SettingDescription.mandatory(
                        "identifier", "The account we report with, without a second factor", "referrals"),
                SettingDescription.secret("secret", "Its password", true),
                SettingDescription.optional(
                        "options.control-video",
                        "UUID of a public video that stays up; unless set, one is taken from the server's list",
                        "9c9de5e8-0a1e-484a-b099-e80766180a6d"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        return new PeerTubePlatform(
                PeerTubeSettings.of(instance, settings), SafeHttp.of(instance, settings, clock), alarms, clock);
    }
}
