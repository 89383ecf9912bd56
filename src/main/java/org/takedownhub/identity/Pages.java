package org.takedownhub.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** Small public documents, read whole; each request is added to a chain. */
final class Pages {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Web web;
    private final Clock clock;

    Pages(Web web, Clock clock) {
        this.web = web;
        this.clock = clock;
    }

    /** @throws PlatformUnavailable anything but an answer with status 200 */
    byte[] get(URI url, Map<String, String> headers, List<Hop> chain) {
        Response answer = web.read(Request.get(url, headers));
        chain.add(new Hop("GET", url, answer.status(), answer.header("location"), clock.instant()));
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    url.getHost() + " answered with HTTP " + answer.status(), answer.retryAfter(clock.instant()));
        }
        return answer.body();
    }

    /** @throws PlatformUnavailable anything but a JSON document with status 200 */
    JsonNode json(URI url, String mediaType, List<Hop> chain) {
        try {
            return JSON.readTree(get(url, Map.of("Accept", mediaType), chain));
        } catch (IOException e) {
            throw new PlatformUnavailable(url.getHost() + " answered with something that is no JSON", Optional.empty());
        }
    }
}
