package org.takedownhub.platform.peertube;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;

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
    public Platform create(String instance, PlatformSettings settings) {
        return new PeerTubePlatform(
                PeerTubeSettings.of(instance, settings), SafeHttp.of(instance, settings, clock), alarms, clock);
    }
}
