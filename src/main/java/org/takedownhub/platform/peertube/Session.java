package org.takedownhub.platform.peertube;

import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * Our account's session: the password grant of OAuth 2 (RFC 6749 section 4.3) for the client that the server itself
 * names, then refreshed. A server takes 15 sign-ins in 5 minutes; we stop well below. The tokens stay in memory.
 */
final class Session {

    private static final int MOST_SIGN_INS = 5;
    private static final Duration SIGN_IN_WINDOW = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration EARLIER = Duration.ofMinutes(1);

    private final PeerTubeSettings settings;
    private final SafeHttp http;
    private final Clock clock;
    private final Deque<Instant> signIns = new ArrayDeque<>();
    private @Nullable Tokens tokens;
    private Wire.@Nullable Client client;

    Session(PeerTubeSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    private record Tokens(String access, String refresh, Instant until) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** The password as it is now; empty when there is none. */
    Optional<String> password() {
        try {
            return settings.password().value();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * An access token that should still be good.
     *
     * @throws SignInRefused       no session is to be had
     * @throws PlatformUnavailable the server does not answer
     */
    synchronized String access() {
        Tokens held = tokens;
        if (held == null) {
            held = signIn();
        } else if (!clock.instant().isBefore(held.until())) {
            held = refreshed(held).orElseGet(this::signIn);
        }
        tokens = held;
        return held.access();
    }

    /** Another one in place of one that the server no longer takes; renewed once, whoever finds it spent. */
    synchronized String renewed(String spent) {
        Tokens held = tokens;
        if (held == null || held.access().equals(spent)) {
            held = Optional.ofNullable(held).flatMap(this::refreshed).orElseGet(this::signIn);
            tokens = held;
        }
        return held.access();
    }

    private Optional<Tokens> refreshed(Tokens spent) {
        tokens = null;
        Response answer = grant(Map.of("grant_type", "refresh_token", "refresh_token", spent.refresh()));
        return answer.status() == 200 ? tokens(answer) : Optional.empty();
    }

    private Tokens signIn() {
        String password = password()
                .orElseThrow(() -> new SignInRefused("The password that "
                        + settings.password().setting() + " points at is not there: set it, or hand the notice in"));
        keepBelowTheLimit();
        Response answer =
                grant(Map.of("grant_type", "password", "username", settings.username(), "password", password));
        if (answer.status() == 200) {
            return tokens(answer)
                    .orElseThrow(() -> unavailable(answer, "answered a sign-in with something that is no session"));
        }
        throw Wire.problem(answer)
                .filter(problem -> answer.status() < 500)
                .<RuntimeException>map(problem -> refused(String.valueOf(problem.code())))
                .orElseGet(() -> unavailable(answer, "does not sign anybody in"));
    }

    private SignInRefused refused(String code) {
        return new SignInRefused(
                switch (code) {
                    case "missing_two_factor" -> "Our account asks for a second factor: report with an account that has none, named by "
                            + settings.nameOf("identifier");
                    case "account_waiting_for_approval",
                            "account_approval_rejected" -> "The server has not let our account "
                            + settings.nameOf("identifier") + " in yet: ask its administrators";
                    default -> "The server refuses our account: mend " + settings.nameOf("identifier") + " and "
                            + settings.nameOf("secret") + ", or hand the notice in";
                });
    }

    private void keepBelowTheLimit() {
        Instant now = clock.instant();
        signIns.removeIf(at -> !at.plus(SIGN_IN_WINDOW).isAfter(now));
        if (signIns.size() >= MOST_SIGN_INS) {
            throw new PlatformUnavailable(
                    "Too many sign-ins at " + settings.instance() + " within 5 minutes",
                    Optional.of(signIns.element().plus(SIGN_IN_WINDOW)));
        }
        signIns.add(now);
    }

    /** Asks for a token as the server's own client, and once more when it has another one now. */
    private Response grant(Map<String, String> grant) {
        boolean remembered = client != null;
        Response answer = grant(grant, client());
        boolean otherClient = Wire.problem(answer)
                .filter(problem -> "invalid_client".equals(problem.code()))
                .isPresent();
        if (!remembered || !otherClient) {
            return answer;
        }
        client = null;
        return grant(grant, client());
    }

    private Response grant(Map<String, String> grant, Wire.Client as) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("client_id", String.valueOf(as.id()));
        form.put("client_secret", String.valueOf(as.secret()));
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        // a session more or less does no harm: what nobody knows to have happened may be tried again
        return call(new Request(
                "POST",
                settings.baseUrl().resolve("/api/v1/users/token"),
                Map.of(
                        "Accept", "application/json",
                        "Accept-Language", "en",
                        "Content-Type", "application/x-www-form-urlencoded"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private Wire.Client client() {
        Wire.Client known = client;
        if (known == null) {
            Response answer = call(Request.get(
                    settings.baseUrl().resolve("/api/v1/oauth-clients/local"), Map.of("Accept", "application/json")));
            if (answer.status() == 403 && Wire.problem(answer).isPresent()) {
                throw new SignInRefused("The server goes by another name: mend " + settings.nameOf("base-url"));
            }
            known = Optional.of(answer)
                    .filter(ok -> ok.status() == 200)
                    .flatMap(ok -> Wire.read(ok, Wire.Client.class))
                    .filter(said -> isToken(said.id()) && isToken(said.secret()))
                    .orElseThrow(() -> unavailable(answer, "does not say as which client to sign in"));
            client = known;
        }
        return known;
    }

    private Response call(Request request) {
        Response answer;
        try {
            answer = http.send(request);
        } catch (NoAnswer e) {
            throw new PlatformUnavailable(settings.instance() + " did not answer a sign-in", e);
        }
        if (answer.status() == 429) {
            throw unavailable(answer, "takes no more sign-ins for the moment");
        }
        return answer;
    }

    private PlatformUnavailable unavailable(Response answer, String what) {
        return new PlatformUnavailable(
                settings.instance() + " " + what + " (HTTP " + answer.status() + ")",
                answer.retryAfter(clock.instant()));
    }

    private Optional<Tokens> tokens(Response answer) {
        return Wire.read(answer, Wire.Token.class)
                .filter(token -> isToken(token.access()) && isToken(token.refresh()))
                .map(token -> new Tokens(
                        String.valueOf(token.access()), String.valueOf(token.refresh()), until(token.expiresIn())));
    }

    private Instant until(@Nullable Long expiresIn) {
        long seconds = expiresIn == null || expiresIn < 0 ? DAY.toSeconds() : Math.min(expiresIn, DAY.toSeconds());
        return clock.instant().plusSeconds(seconds).minus(EARLIER);
    }

    private static boolean isToken(@Nullable String text) {
        return text != null && text.matches("[\\x21-\\x7e]{1,500}");
    }
}
