package org.takedownhub.platform.atproto;

import java.time.Clock;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;

@Component
class AtprotoPlatformFactory implements PlatformFactory {

    static final String KIND = "atproto";

    private final Clock clock;

    AtprotoPlatformFactory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The network is one: a post is the same post on every web address that shows it. */
    @Override
    public Set<String> keyFamilies() {
        return Set.of("at");
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        AtprotoSettings own = AtprotoSettings.of(instance, settings);
        return new AtprotoPlatform(own, SafeHttp.of(instance, settings, clock, own.plc()), clock);
    }
}
