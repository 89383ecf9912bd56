package org.takedownhub.platform.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** The calls of Cloudflare's API and its manners: who asks, and when to come back after 429. */
final class CloudflareApi {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** The limit of the whole API is counted over five minutes. */
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(5);

    private final CloudflareSettings settings;
    private final SafeHttp http;
    private final Clock clock;
    private final AtomicReference<Instant> pausedUntil = new AtomicReference<>(Instant.MIN);

    CloudflareApi(CloudflareSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** The token as it is now; empty when there is none that could be sent. */
    Optional<String> token() {
        try {
            return settings.token().value().filter(token -> token.matches("[\\x21-\\x7e]{1,500}"));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Hands in a report.
     *
     * @throws PlatformUnavailable it certainly was not taken
     * @throws NoAnswer            it may have been taken
     */
    Response report(ReportType type, Wire.Report report) {
        refuseDuringPause();
        return paused(http.send(request("POST", ofAccount("abuse-reports/" + type.act()), written(report))));
    }

    /**
     * Reads something of our account.
     *
     * @throws PlatformUnavailable no answer, or 429
     */
    Response readOfAccount(String path) {
        return read(ofAccount(path));
    }

    /**
     * Whether the token itself is good, whatever it may do. A user's token and an account's are asked about in two
     * places.
     *
     * @throws PlatformUnavailable no answer, or 429
     */
    boolean tokenIsGood() {
        return isActive(read("user/tokens/verify")) || isActive(readOfAccount("tokens/verify"));
    }

    private static boolean isActive(Response answer) {
        return result(answer, new TypeReference<Wire.Envelope<Wire.Token>>() {})
                .filter(token -> "active".equals(token.status()))
                .isPresent();
    }

    /** Fetches a page of a reported site, without our token. */
    Response page(URI url) {
        return http.read(Request.get(url, Map.of("Accept", "text/html, application/xhtml+xml, */*;q=0.8")));
    }

    private String ofAccount(String path) {
        return "accounts/" + settings.accountId() + "/" + path;
    }

    private Response read(String path) {
        refuseDuringPause();
        return paused(http.read(request("GET", path, null)));
    }

    private Request request(String method, String path, byte @Nullable [] json) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put(
                "Authorization",
                "Bearer "
                        + token().orElseThrow(() -> new PlatformUnavailable(
                                settings.token().setting() + " names a place that holds no token", Optional.empty())));
        if (json != null) {
            headers.put("Content-Type", "application/json");
        }
        return new Request(method, settings.baseUrl().resolve(path), headers, json);
    }

    private void refuseDuringPause() {
        Instant until = pausedUntil.get();
        if (clock.instant().isBefore(until)) {
            throw new PlatformUnavailable("Cloudflare asked us to wait", Optional.of(until));
        }
    }

    private Response paused(Response answer) {
        if (answer.status() != 429) {
            return answer;
        }
        Instant until = answer.retryAfter(clock.instant())
                .orElseGet(() -> clock.instant().plus(PAUSE_WITHOUT_A_WORD));
        pausedUntil.set(until);
        throw new PlatformUnavailable("Cloudflare answered 429: too many requests", Optional.of(until));
    }

    /** The result of an answer that is whole and says that it is one. */
    static <T> Optional<T> result(Response answer, TypeReference<Wire.Envelope<T>> type) {
        if (answer.status() != 200) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(answer.body(), type))
                    .filter(envelope -> Boolean.TRUE.equals(envelope.success()))
                    .map(Wire.Envelope::result);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The answer to a report; empty when it is none of Cloudflare's own. */
    static Optional<Wire.Submitted> submitted(Response answer) {
        try {
            return Optional.ofNullable(JSON.readValue(answer.body(), Wire.Submitted.class))
                    .filter(submitted -> submitted.result() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the API itself answered, and not something in front of it. */
    static boolean isJson(Response answer) {
        try {
            return JSON.readTree(answer.body()).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] written(Wire.Report report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report of text is always JSON", e);
        }
    }
}
