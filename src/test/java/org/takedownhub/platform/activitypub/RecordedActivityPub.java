package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.ReferralAnswer;

/** The ActivityPub connector before a server of recorded answers, where every recorded item lives. */
public final class RecordedActivityPub implements Platform {

    private final Platform connector;
    private final URI origin;

    private RecordedActivityPub(Platform connector, URI origin) {
        this.connector = connector;
        this.origin = origin;
    }

    public static Platform at(URI origin, Clock clock) {
        PlatformSettings settings = new PlatformSettings(
                ActivityPubPlatformFactory.KIND,
                true,
                origin,
                List.of(),
                null,
                "env:NO_SUCH_KEY",
                null,
                null,
                null,
                Duration.ofSeconds(5),
                1,
                Map.of("public-url", "https://hub.example", "requests-per-minute", "1000"));
        return new RecordedActivityPub(
                new ActivityPubPlatformFactory(AlarmStore.silent(clock), clock).create("fediverse", settings), origin);
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return connector.look(contents.stream().map(this::here).toList());
    }

    private Content here(Content content) {
        Map<String, String> identities = new HashMap<>();
        content.identities()
                .forEach((name, value) -> identities.put(name, value.replace("${origin}", origin.toString())));
        return new Content(
                content.reference(), content.key(), origin.resolve(content.url().getRawPath()), identities);
    }

    @Override
    public String instance() {
        return connector.instance();
    }

    @Override
    public String kind() {
        return connector.kind();
    }

    @Override
    public Channel channel() {
        return connector.channel();
    }

    @Override
    public List<String> capabilities() {
        return connector.capabilities();
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return connector.refer(notice);
    }

    @Override
    public Capture capture(Content content) {
        return connector.capture(here(content));
    }

    @Override
    public void checkConnection() {
        connector.checkConnection();
    }
}
