package org.takedownhub.evidence;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** Fetches files of strangers, with nobody's credentials, and says what they are; their bytes go no further. */
@Component
class MediaFiles {

    private static final Map<String, String> ACCEPT = Map.of("Accept", "image/*, video/*, audio/*;q=0.5");

    private final Platforms platforms;
    private final MediaSettings settings;
    private final Clock clock;
    private final Map<String, SafeHttp> clients = new ConcurrentHashMap<>();

    MediaFiles(Platforms platforms, MediaSettings settings, Clock clock) {
        this.platforms = platforms;
        this.settings = settings;
        this.clock = clock;
    }

    /** The file will not come, however often it is asked for. */
    static final class NoMedia extends Exception {

        private static final long serialVersionUID = 1L;

        NoMedia(String message) {
            super(message);
        }
    }

    /**
     * @throws PlatformUnavailable it may come later
     * @throws NoMedia             it will not, or what comes is no picture, video or sound
     */
    Media.Hashes fetch(String platform, URI url) throws NoMedia {
        // Hosts of no settings share one client, as they share their threads.
        String client = platforms.configured(platform).isPresent() ? platform : "";
        Response answer = clients.computeIfAbsent(client, this::client).read(Request.get(url, ACCEPT));
        int status = answer.status();
        if (status == 429 || status >= 500) {
            throw new PlatformUnavailable("HTTP " + status, answer.retryAfter(clock.instant()));
        }
        if (status != 200) {
            throw new NoMedia("HTTP " + status);
        }
        byte[] body = answer.body();
        String sha256 = Sha256.hex(body);
        if (settings.ignored().contains(sha256)) {
            throw new NoMedia("a stand-in that the settings name");
        }
        Optional<Picture.Format> format = Picture.Format.of(body);
        if (format.isEmpty()) {
            String said = mediaType(answer);
            // A log-in wall is the same page for every picture behind it.
            if (body.length == 0 || !said.startsWith("video/") && !said.startsWith("audio/")) {
                throw new NoMedia("no picture, video or sound");
            }
            return new Media.Hashes(said, body.length, sha256, Optional.empty(), "");
        }
        String mediaType = format.get().mediaType();
        try {
            Picture.Luminance picture = Picture.luminance(body, settings);
            Pdq.Result pdq = Pdq.hash(picture.values(), picture.height(), picture.width());
            return new Media.Hashes(mediaType, body.length, sha256, Optional.of(pdq), "");
        } catch (Picture.Unreadable e) {
            return new Media.Hashes(mediaType, body.length, sha256, Optional.empty(), "no PDQ hash: " + e.getMessage());
        }
    }

    private SafeHttp client(String platform) {
        return SafeHttp.forMedia(
                platforms.settings(platform),
                settings.fetchTime(),
                (int) settings.largest().toBytes(),
                clock);
    }

    private static String mediaType(Response answer) {
        String type = answer.header("content-type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
