package org.takedownhub.platform.youtube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.youtube.YouTube;
import com.google.api.services.youtube.YouTubeRequest;
import com.google.api.services.youtube.model.VideoAbuseReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Secret;

/**
 * The calls of the <a href="https://developers.google.com/youtube/v3/docs">YouTube Data API</a> that the hub makes,
 * written by Google's own client; who signs them, what they cost, and the errors that concern every call. What an error
 * means stands in {@code errors[0].reason}, not in the HTTP status.
 */
final class YouTubeApi {

    /** Units, see the API's quota calculator. */
    static final long COST_OF_REPORT = 50;

    static final long COST_OF_LIST = 1;

    /** Most ids that one {@code videos.list} takes. */
    static final int IDS_PER_LIST = 50;

    private static final Set<String> QUOTA = Set.of("quotaExceeded", "dailyLimitExceeded");
    private static final Set<String> RATE = Set.of("rateLimitExceeded", "userRateLimitExceeded");
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(5);
    private static final int DEEPEST = 50;

    /** Looks at an answer before Google's parser does, which knows no limit of nesting. */
    private static final JsonMapper SHAPE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final YouTubeSettings settings;
    private final Access access;
    private final QuotaLedger ledger;
    private final Clock clock;
    private final YouTube youtube;
    private final AtomicReference<Instant> reportsPausedUntil = new AtomicReference<>(Instant.MIN);

    YouTubeApi(YouTubeSettings settings, Access access, QuotaLedger ledger, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.access = access;
        this.ledger = ledger;
        this.clock = clock;
        this.youtube = new YouTube.Builder(new SafeTransport(http), GsonFactory.getDefaultInstance(), YouTubeApi::quiet)
                .setRootUrl(settings.baseUrl().toString())
                .setApplicationName("TakedownHub")
                .build();
    }

    /** Google's client tries nothing twice, follows nothing, logs nothing and throws no answer. */
    static void quiet(HttpRequest request) {
        request.setNumberOfRetries(0);
        request.setFollowRedirects(false);
        request.setLoggingEnabled(false);
        request.setCurlLoggingEnabled(false);
        request.setThrowExceptionOnExecuteError(false);
    }

    /**
     * Sees that there is a token of our channel; costs no units.
     *
     * @throws PlatformUnavailable Google could not be asked
     * @throws SignInRefused       Google does not let us in
     */
    void signIn() {
        access.token();
    }

    /**
     * Hands in a report.
     *
     * @throws PlatformUnavailable it certainly was not taken
     * @throws NoAnswer            it may have been taken
     * @throws SignInRefused       Google does not let us in
     */
    Response report(VideoAbuseReport report) {
        Instant until = reportsPausedUntil.get();
        if (clock.instant().isBefore(until)) {
            throw new PlatformUnavailable("YouTube asked us to wait", Optional.of(until));
        }
        try {
            return call(() -> youtube.videos().reportAbuse(report), COST_OF_REPORT, settings.unitsForLooks());
        } catch (PlatformUnavailable e) {
            e.retryAt().ifPresent(reportsPausedUntil::set);
            throw e;
        }
    }

    /**
     * Asks for the reasons on offer.
     *
     * @param etag the version we have; when it is still the newest, the answer is 304
     * @throws PlatformUnavailable no answer
     * @throws SignInRefused       Google does not let us in
     */
    Response reasons(Optional<String> etag) {
        return read(() -> {
            YouTube.VideoAbuseReportReasons.List list = youtube.videoAbuseReportReasons()
                    .list(List.of("id", "snippet"))
                    .setHl(settings.language());
            etag.ifPresent(list.getRequestHeaders()::setIfNoneMatch);
            return list;
        });
    }

    /**
     * Asks for videos, at most {@link #IDS_PER_LIST}.
     *
     * @throws PlatformUnavailable no answer
     * @throws SignInRefused       Google does not let us in
     */
    Response videos(List<String> parts, List<String> ids) {
        Optional<String> key = apiKey();
        if (key.isEmpty()) {
            return read(() -> youtube.videos().list(parts).setId(ids));
        }
        return withoutEffect(() -> charged(COST_OF_LIST, 0, () -> {
            YouTubeRequest<?> list = written(() -> youtube.videos().list(parts).setId(ids));
            // in a header: an address may end in a log
            list.getRequestHeaders().set("X-Goog-Api-Key", key.get());
            return made(list);
        }));
    }

    private Optional<String> apiKey() {
        return settings.apiKey().map(YouTubeApi::apiKey);
    }

    private static String apiKey(Secret secret) {
        try {
            return secret.value()
                    .filter(text -> text.matches("[\\x21-\\x7e]{1,500}"))
                    .orElseThrow(
                            () -> new SignInRefused(secret.setting() + " names a place that holds no key: mend it"));
        } catch (UncheckedIOException e) {
            throw new SignInRefused(secret.setting() + " names a file that cannot be read: mend it");
        }
    }

    private Response read(Calling calling) {
        return withoutEffect(() -> call(calling, COST_OF_LIST, 0));
    }

    private static Response withoutEffect(Making making) {
        try {
            return making.make();
        } catch (NoAnswer e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** With our channel's token; a token that ran out before its time is replaced, once. */
    private Response call(Calling calling, long units, long kept) {
        String token = access.token();
        return charged(units, kept, () -> {
            Response answer = made(signed(calling, token));
            if (answer.status() != 401) {
                return answer;
            }
            access.drop(token);
            return made(signed(calling, access.token()));
        });
    }

    private static YouTubeRequest<?> signed(Calling calling, String token) {
        YouTubeRequest<?> request = written(calling);
        request.getRequestHeaders().setAuthorization("Bearer " + token);
        return request;
    }

    private static YouTubeRequest<?> written(Calling calling) {
        try {
            return calling.request();
        } catch (IOException e) {
            throw new IllegalStateException("A request that was only written down failed", e);
        }
    }

    private Response charged(long units, long kept, Making making) {
        LocalDate day = ledger.take(units, kept);
        Response answer;
        try {
            answer = making.make();
        } catch (PlatformUnavailable e) {
            ledger.giveBack(day, units);
            throw e;
        }
        Optional<String> failure = failure(answer);
        if (failure.filter(QUOTA::contains).isPresent()) {
            throw new PlatformUnavailable(
                    "YouTube says that the day's quota is used up", Optional.of(ledger.exhaust()));
        }
        if (answer.status() == 429 || failure.filter(RATE::contains).isPresent()) {
            Instant now = clock.instant();
            throw new PlatformUnavailable(
                    "YouTube says that we asked too often",
                    Optional.of(answer.retryAfter(now).orElse(now.plus(PAUSE_WITHOUT_A_WORD))));
        }
        return answer;
    }

    private static Response made(YouTubeRequest<?> request) {
        request.setDisableGZipContent(true);
        try {
            HttpResponse answer = request.executeUnparsed();
            InputStream content = answer.getContent();
            return new Response(
                    answer.getStatusCode(),
                    headers(answer.getHeaders()),
                    content == null ? new byte[0] : content.readAllBytes());
        } catch (IOException e) {
            throw new NoAnswer("The answer could not be read", e);
        }
    }

    private static Map<String, String> headers(HttpHeaders all) {
        Map<String, String> headers = new HashMap<>();
        Optional.ofNullable(all.getRetryAfter()).ifPresent(value -> headers.put("retry-after", value));
        Optional.ofNullable(all.getContentType()).ifPresent(value -> headers.put("content-type", value));
        return headers;
    }

    /** {@code errors[0].reason}; empty when the answer is no error, or not one of the API's own. */
    static Optional<String> failure(Response answer) {
        if (answer.status() < 400) {
            return Optional.empty();
        }
        return entity(answer, GoogleJsonErrorContainer.class)
                .map(GoogleJsonErrorContainer::getError)
                .map(GoogleJsonError::getErrors)
                .filter(errors -> !errors.isEmpty())
                .map(errors -> errors.get(0).getReason());
    }

    /** Reads the whole body as one of Google's own types; empty for a page, half an answer, or anything else. */
    static <T> Optional<T> entity(Response answer, Class<T> type) {
        try {
            if (!SHAPE.readTree(answer.body()).isObject()) {
                return Optional.empty();
            }
            return Optional.ofNullable(new JsonObjectParser(GsonFactory.getDefaultInstance())
                    .parseAndClose(new ByteArrayInputStream(answer.body()), StandardCharsets.UTF_8, type));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Calling {
        YouTubeRequest<?> request() throws IOException;
    }

    @FunctionalInterface
    private interface Making {
        Response make();
    }
}
