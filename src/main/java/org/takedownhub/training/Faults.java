package org.takedownhub.training;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The ways in which a platform fails, in a fixed order, so that a test can tell what comes next. */
final class Faults {

    private static final int READ_FAULTS = 4;
    private static final int REPORT_FAULTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final byte[] CHALLENGE =
            "<!DOCTYPE html><title>One moment</title><p>Checking your browser before you continue."
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] BAD_GATEWAY =
            "<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>".getBytes(StandardCharsets.UTF_8);

    private final TrainingStore store;
    private final Clock clock;
    private final RateLimits limits;

    Faults(TrainingStore store, Clock clock, RateLimits limits) {
        this.store = store;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * What stands in for the answer to a call that reads a flaky post: in turn 500, 429, a page with status 200
     * instead of JSON, half a JSON, and nothing: the fifth call is answered.
     */
    Optional<ServerResponse> onRead(ServerRequest request, Post post, Object answer) {
        if (post.behaviour() != Behaviour.FLAKY) {
            return Optional.empty();
        }
        return switch ((int) (store.countRead(post) % (READ_FAULTS + 1))) {
            case 0 -> throw broken();
            case 1 -> throw tooMany(clock.instant().plus(PAUSE), Map.of());
            case 2 -> Optional.of(Answers.send(request, 200, HTML, CHALLENGE, Map.of()));
            case 3 -> Optional.of(Answers.half(request, answer));
            default -> Optional.empty();
        };
    }

    /**
     * What stands in for taking a report: for a flaky post in turn 500, 429, a 502 page, and nothing. None of them
     * keeps the report, so a caller who tries again reports once.
     */
    Optional<ServerResponse> onReport(ServerRequest request, Post post) {
        if (post.behaviour() == Behaviour.FLAKY) {
            return switch ((int) (store.countAttempt(post) % (REPORT_FAULTS + 1))) {
                case 0 -> throw broken();
                case 1 -> throw tooMany(clock.instant().plus(PAUSE), Map.of());
                case 2 -> Optional.of(Answers.send(request, 502, HTML, BAD_GATEWAY, Map.of()));
                default -> Optional.empty();
            };
        }
        if (post.behaviour() == Behaviour.RATE_LIMITS) {
            // A date in Retry-After has whole seconds: round up, so that who comes back then is not too early.
            Instant first = clock.instant().plus(post.after()).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
            Instant until = store.limitedUntil(post, first);
            if (clock.instant().isBefore(until)) {
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
                throw tooMany(until, Map.of("Retry-After", date));
            }
        }
        return Optional.empty();
    }

    private static Refusal broken() {
        return Refusal.of(500, "We're sorry, but something went wrong on our end.");
    }

    private Refusal tooMany(Instant reset, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(limits.none(reset).headers());
        headers.putAll(more);
        return Refusal.of(429, "Too many requests", headers);
    }
}
