package org.takedownhub.platform.atproto;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;

/** The AT Protocol connector before a server of recorded answers: PDS, directory and moderation service in one. */
public final class RecordedAtproto {

    private RecordedAtproto() {}

    public static Platform at(URI origin, Clock clock) {
        return new AtprotoPlatformFactory(clock)
                .create(
                        "bluesky",
                        new PlatformSettings(
                                "atproto",
                                true,
                                origin,
                                List.of("bsky.app"),
                                "hub.example",
                                "env:NO_SUCH_PASSWORD",
                                null,
                                "did:plc:labelerlabelerlabelerlab",
                                origin,
                                Duration.ofSeconds(5),
                                1,
                                Map.of("requests-per-minute", "1000", "plc-url", origin.toString())));
    }
}
