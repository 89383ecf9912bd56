package org.takedownhub.platform.mastodon;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;

/** The Mastodon connector before a server of recorded answers. */
public final class RecordedMastodon {

    private RecordedMastodon() {}

    public static Platform at(URI origin, Clock clock) {
        return new MastodonPlatformFactory(AlarmStore.silent(clock), clock)
                .create(
                        "social",
                        new PlatformSettings(
                                "mastodon",
                                true,
                                origin,
                                List.of("social.example"),
                                null,
                                "env:NO_SUCH_TOKEN",
                                null,
                                null,
                                null,
                                Duration.ofSeconds(5),
                                1,
                                Map.of("requests-per-minute", "1000")));
    }
}
