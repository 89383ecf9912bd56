package org.takedownhub.platform.reddit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Secret;

/**
 * The calls of Reddit's API and its manners: the access token of our account, the user agent it wants, and its rate,
 * which every answer tells ({@code X-Ratelimit-Remaining}, {@code -Used}, {@code -Reset} in seconds).
 */
final class RedditApi {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(1);
    private static final long SHORTEST_LIFE = 120;
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,4000}");
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9})(?:\\.[0-9]{1,9})?");

    private final RedditSettings settings;
    private final SafeHttp http;
    private final Clock clock;
    private volatile Instant pausedUntil = Instant.MIN;
    private volatile @Nullable Quota rate;
    private @Nullable Token token;

    RedditApi(RedditSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** The rate as the last answer told it. */
    Optional<Quota> rate() {
        return Optional.ofNullable(rate);
    }

    /**
     * Reads.
     *
     * @throws PlatformUnavailable no answer, or not now
     * @throws SignInRefused       Reddit does not let us in
     */
    Response read(String path) {
        return withoutEffect(() -> signedIn(bearer -> request("GET", path, bearer, null)));
    }

    /**
     * Hands in a report.
     *
     * @throws PlatformUnavailable it certainly was not taken
     * @throws NoAnswer            it may have been taken
     * @throws SignInRefused       Reddit does not let us in
     */
    Response report(Map<String, String> form) {
        return signedIn(bearer -> request("POST", "api/report", bearer, form));
    }

    private Response signedIn(Function<String, Request> request) {
        String value = token();
        Response answer = paced(request.apply(value));
        if (answer.status() != 401) {
            return answer;
        }
        drop(value);
        answer = paced(request.apply(token()));
        if (answer.status() == 401) {
            throw new SignInRefused("Reddit does not accept the token that it has just given: mend "
                    + settings.refreshToken().setting() + " (scopes read and report)");
        }
        return answer;
    }

    private Response paced(Request request) {
        Instant until = pausedUntil;
        if (clock.instant().isBefore(until)) {
            throw new PlatformUnavailable("Reddit's rate is used up for the moment", Optional.of(until));
        }
        Response answer = http.send(request);
        Instant now = clock.instant();
        Optional<Long> remaining = number(answer, "x-ratelimit-remaining");
        Optional<Instant> reset =
                number(answer, "x-ratelimit-reset").map(seconds -> Response.within(now.plusSeconds(seconds), now));
        if (remaining.isPresent() && reset.isPresent()) {
            long used = number(answer, "x-ratelimit-used").orElse(0L);
            rate = new Quota("requests", used + remaining.get(), used, reset.get());
            if (remaining.get() == 0) {
                pausedUntil = reset.get();
            }
        }
        if (answer.status() == 429) {
            Instant again = answer.retryAfter(now).or(() -> reset).orElseGet(() -> now.plus(PAUSE_WITHOUT_A_WORD));
            pausedUntil = again;
            throw new PlatformUnavailable("Reddit answered 429: too many requests", Optional.of(again));
        }
        return answer;
    }

    private static Optional<Long> number(Response answer, String header) {
        return answer.header(header)
                .map(text -> NUMBER.matcher(text.trim()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> Long.parseLong(matcher.group(1)));
    }

    private static Response withoutEffect(Supplier<Response> call) {
        try {
            return call.get();
        } catch (NoAnswer e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private Request request(String method, String path, String bearer, @Nullable Map<String, String> form) {
        Map<String, String> headers = headers("Bearer " + bearer, form != null);
        return new Request(method, settings.baseUrl().resolve(path), headers, form == null ? null : encoded(form));
    }

    private Map<String, String> headers(String authorization, boolean form) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Authorization", authorization);
        headers.put("User-Agent", "server:org.takedownhub:v1 (by /u/" + settings.account() + ")");
        if (form) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return headers;
    }

    private synchronized String token() {
        Token known = token;
        if (known == null || !clock.instant().isBefore(known.until())) {
            known = fetched();
            token = known;
        }
        return known.value();
    }

    private synchronized void drop(String refused) {
        if (token != null && token.value().equals(refused)) {
            token = null;
        }
    }

    private Token fetched() {
        String client = settings.clientId() + ":" + value(settings.clientSecret());
        Map<String, String> form =
                Map.of("grant_type", "refresh_token", "refresh_token", value(settings.refreshToken()));
        String basic = "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        URI uri = settings.tokenUrl();
        Response answer = http.read(new Request("POST", uri, headers(basic, true), encoded(form)));
        JsonNode said = json(answer);
        // an error may come with 200 here
        String error = said.path("error").asText();
        if (error.equals("invalid_grant")) {
            throw new SignInRefused("Reddit does not accept the refresh token any more: mend "
                    + settings.refreshToken().setting());
        }
        if (answer.status() == 401 && said.isObject()) {
            throw new SignInRefused("Reddit does not accept the client: mend "
                    + settings.clientSecret().setting() + " or identifier");
        }
        String value = said.path("access_token").asText();
        if (answer.status() != 200 || !SECRET.matcher(value).matches()) {
            throw new PlatformUnavailable(
                    "Reddit's sign-in answered HTTP " + answer.status() + " without a token",
                    answer.retryAfter(clock.instant()));
        }
        long seconds = Math.max(said.path("expires_in").asLong(), SHORTEST_LIFE);
        return new Token(value, clock.instant().plusSeconds(seconds).minus(MARGIN));
    }

    private static String value(Secret secret) {
        try {
            return secret.value()
                    .filter(text -> SECRET.matcher(text).matches())
                    .orElseThrow(
                            () -> new SignInRefused(secret.setting() + " names a place that holds no secret: mend it"));
        } catch (UncheckedIOException e) {
            throw new SignInRefused(secret.setting() + " names a file that cannot be read: mend it");
        }
    }

    private static byte[] encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The whole body as JSON; missing for a page, half an answer, or anything else. */
    static JsonNode json(Response answer) {
        try {
            JsonNode read = JSON.readTree(answer.body());
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private record Token(String value, Instant until) {

        @Override
        public String toString() {
            return "a token until " + until;
        }
    }
}
