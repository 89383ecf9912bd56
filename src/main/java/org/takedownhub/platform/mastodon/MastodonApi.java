package org.takedownhub.platform.mastodon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * The calls of the <a href="https://docs.joinmastodon.org/api/">Mastodon API</a> and its manners: who asks, how errors
 * look, and when to come back after 429. Reading and reporting have limits of their own, so a pause of one does not stop
 * the other.
 */
final class MastodonApi {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(1);

    private final MastodonSettings settings;
    private final SafeHttp http;
    private final Clock clock;
    private final Bucket reports;
    private final AtomicReference<Instant> readsPausedUntil = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Instant> reportsPausedUntil = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Optional<Quota>> told = new AtomicReference<>(Optional.empty());

    MastodonApi(MastodonSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.reports = Bucket.builder()
                .addLimit(limit -> limit.capacity(settings.reportsPerDay())
                        .refillGreedy(settings.reportsPerDay(), Duration.ofDays(1)))
                .build();
    }

    /** The access token as it is now; empty when there is none that could be sent. */
    Optional<String> token() {
        try {
            return settings.secret().value().filter(token -> token.matches("[\\x21-\\x7e]{1,500}"));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads as the public does. An account can block ours, which hides its posts from us alone and must not read as
     * removed.
     *
     * @throws PlatformUnavailable no answer, or 429
     */
    Response read(String path) {
        return read(path, Map.of());
    }

    /**
     * Reads with our account.
     *
     * @throws PlatformUnavailable no answer, 429, or there is no token
     */
    Response readSignedIn(String path) {
        return read(path, Map.of("Authorization", bearer()));
    }

    /**
     * Reads a public page, without any token.
     *
     * @throws PlatformUnavailable no answer, or 429
     */
    Response readPage(URI page) {
        refuseDuring(readsPausedUntil);
        return paused(
                http.read(Request.get(page, Map.of("Accept", "text/html, application/xhtml+xml"))), readsPausedUntil);
    }

    private Response read(String path, Map<String, String> authorization) {
        refuseDuring(readsPausedUntil);
        return paused(http.read(request("GET", path, authorization, Optional.empty())), readsPausedUntil);
    }

    /**
     * Hands in a report.
     *
     * @throws PlatformUnavailable it certainly was not taken
     * @throws NoAnswer            it may have been taken
     */
    Response report(String path, Record form) {
        refuseDuring(reportsPausedUntil);
        Request request = request("POST", path, Map.of("Authorization", bearer()), Optional.of(written(form)));
        ConsumptionProbe budget = reports.tryConsumeAndReturnRemaining(1);
        if (!budget.isConsumed()) {
            throw new PlatformUnavailable(
                    "The day's reports to this platform are used up",
                    Optional.of(clock.instant().plusNanos(budget.getNanosToWaitForRefill())));
        }
        return paused(http.send(request), reportsPausedUntil);
    }

    private String bearer() {
        return token().map(token -> "Bearer " + token)
                .orElseThrow(() -> new PlatformUnavailable(
                        settings.secret().setting() + " names a place that holds no access token", Optional.empty()));
    }

    private Request request(String method, String path, Map<String, String> authorization, Optional<byte[]> json) {
        Map<String, String> headers = new HashMap<>(authorization);
        headers.put("Accept", "application/json");
        json.ifPresent(body -> headers.put("Content-Type", "application/json"));
        URI uri = settings.baseUrl().resolve("/" + path);
        return new Request(method, uri, headers, json.orElse(null));
    }

    private void refuseDuring(AtomicReference<Instant> pause) {
        Instant until = pause.get();
        if (clock.instant().isBefore(until)) {
            throw new PlatformUnavailable("The platform asked us to wait", Optional.of(until));
        }
    }

    private Response paused(Response answer, AtomicReference<Instant> pause) {
        limits(answer).ifPresent(limits -> told.set(Optional.of(limits)));
        if (answer.status() != 429) {
            return answer;
        }
        Instant until = retryAt(answer).orElseGet(() -> clock.instant().plus(PAUSE_WITHOUT_A_WORD));
        pause.set(until);
        throw new PlatformUnavailable("The platform answered 429: too many requests", Optional.of(until));
    }

    /**
     * Whichever is nearer to its end: our own count of the day's reports, or what the server last said (300 requests in
     * five minutes, or 400 reports in a day: its headers show the one that is).
     */
    Quota quota() {
        Instant now = clock.instant();
        long left = reports.getAvailableTokens();
        Instant full = now.plusNanos(
                reports.estimateAbilityToConsume(settings.reportsPerDay()).getNanosToWaitForRefill());
        Quota ours = new Quota("reports", settings.reportsPerDay(), settings.reportsPerDay() - left, full);
        return told.get()
                .filter(theirs -> now.isBefore(theirs.resetsAt()))
                .filter(theirs -> theirs.used() * ours.limit() > ours.used() * theirs.limit())
                .orElse(ours);
    }

    private Optional<Quota> limits(Response answer) {
        OptionalLong limit = number(answer, "x-ratelimit-limit");
        OptionalLong left = number(answer, "x-ratelimit-remaining");
        Optional<Instant> reset = reset(answer, clock.instant());
        if (limit.isEmpty() || left.isEmpty() || reset.isEmpty() || left.getAsLong() > limit.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(new Quota("requests", limit.getAsLong(), limit.getAsLong() - left.getAsLong(), reset.get()));
    }

    private static OptionalLong number(Response answer, String header) {
        String text = answer.header(header).map(String::trim).orElse("");
        return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** {@code Retry-After}, of whatever answer. */
    Optional<Instant> retryAfter(Response answer) {
        return answer.retryAfter(clock.instant());
    }

    /** When a 429 says to come back, in either of its ways; the other answers carry the reset, too, and mean nothing. */
    private Optional<Instant> retryAt(Response answer) {
        return Stream.of(retryAfter(answer), reset(answer, clock.instant()))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** {@code X-RateLimit-Reset} is an instant in ISO 8601, other than on most platforms. */
    private static Optional<Instant> reset(Response answer, Instant now) {
        return answer.header("x-ratelimit-reset")
                .flatMap(text -> instant(text.trim()))
                .map(at -> Response.within(at, now));
    }

    /** An instant in ISO 8601, with or without an offset other than Z. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads the whole body as one entity; empty for a page, half an answer, or anything else that is not one. */
    static <T> Optional<T> entity(Response answer, Class<T> type) {
        return entity(answer.body(), type);
    }

    static <T> Optional<T> entity(byte[] body, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(body, type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the API itself says that it failed, and not something in front of it. */
    static Optional<String> failure(Response answer) {
        return entity(answer, Entities.Failure.class).map(Entities.Failure::error);
    }

    /** Whether the API itself says that what was asked for is not there. */
    static boolean isMissing(Response answer) {
        return (answer.status() == 404 || answer.status() == 410)
                && failure(answer).isPresent();
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static byte[] written(Record form) {
        try {
            return JSON.writeValueAsBytes(form);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report of text is always JSON", e);
        }
    }
}
