package org.takedownhub.platform.peertube;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;

/** Makes the PeerTube servers of the settings. */
@Component
class PeerTubePlatformFactory implements PlatformFactory {

    static final String KIND = "peertube";

    private final Clock clock;

    PeerTubePlatformFactory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        return new PeerTubePlatform(
                PeerTubeSettings.of(instance, settings), SafeHttp.of(instance, settings, clock), clock);
    }
}
