package org.takedownhub.platform.peertube;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * The calls of the <a href="https://docs.joinpeertube.org/api-rest-reference.html">PeerTube API</a> and its manners: who
 * asks, and when to come back after 429. Reading and reporting have limits of their own, so a pause of one does not stop
 * the other.
 */
final class PeerTubeApi {

    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(1);

    private final PeerTubeSettings settings;
    private final SafeHttp http;
    private final Session session;
    private final Clock clock;
    private final AtomicReference<Instant> readsPausedUntil = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Instant> writesPausedUntil = new AtomicReference<>(Instant.MIN);

    PeerTubeApi(PeerTubeSettings settings, SafeHttp http, Session session, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.session = session;
        this.clock = clock;
    }

    /**
     * Reads as the public does.
     *
     * @throws PlatformUnavailable no answer, or 429
     */
    Response read(String path) {
        refuseDuring(readsPausedUntil);
        return paused(http.read(request("GET", path, Map.of(), null)), readsPausedUntil);
    }

    /**
     * Reads with our account.
     *
     * @throws PlatformUnavailable no answer, or 429
     * @throws SignInRefused       the server does not let our account in
     */
    Response readSignedIn(String path) {
        refuseDuring(readsPausedUntil);
        return paused(
                signedIn(authorization -> http.read(request("GET", path, authorization, null))), readsPausedUntil);
    }

    /**
     * Hands something in.
     *
     * @throws PlatformUnavailable it certainly was not taken
     * @throws NoAnswer            it may have been taken
     * @throws SignInRefused       the server does not let our account in
     */
    Response send(String path, Record body) {
        refuseDuring(writesPausedUntil);
        byte[] json = Wire.written(body);
        return paused(
                signedIn(authorization -> http.send(request("POST", path, authorization, json))), writesPausedUntil);
    }

    /** A token that is refused was refused before anything was done, so the second call is no repetition. */
    private Response signedIn(Function<Map<String, String>, Response> call) {
        String access = session.access();
        Response answer = call.apply(bearer(access));
        return answer.status() == 401 && Wire.problem(answer).isPresent()
                ? call.apply(bearer(session.renewed(access)))
                : answer;
    }

    private static Map<String, String> bearer(String access) {
        return Map.of("Authorization", "Bearer " + access);
    }

    private Request request(String method, String path, Map<String, String> authorization, byte @Nullable [] json) {
        Map<String, String> headers = new HashMap<>(authorization);
        headers.put("Accept", "application/json");
        // some errors are translated
        headers.put("Accept-Language", "en");
        if (json != null) {
            headers.put("Content-Type", "application/json");
        }
        return new Request(method, settings.baseUrl().resolve("/api/v1/" + path), headers, json);
    }

    private void refuseDuring(AtomicReference<Instant> pause) {
        Instant until = pause.get();
        if (clock.instant().isBefore(until)) {
            throw new PlatformUnavailable("The platform asked us to wait", Optional.of(until));
        }
    }

    private Response paused(Response answer, AtomicReference<Instant> pause) {
        if (answer.status() != 429) {
            return answer;
        }
        Instant now = clock.instant();
        Instant until = answer.retryAfter(now).orElseGet(() -> now.plus(PAUSE_WITHOUT_A_WORD));
        pause.set(until);
        throw new PlatformUnavailable("The platform answered 429: too many requests", Optional.of(until));
    }
}
