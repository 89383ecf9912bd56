package org.takedownhub.platform.atproto;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;

/**
 * Our account's session at its PDS. It is opened once and then refreshed, because a PDS takes only 30 sign-ins per
 * account in 5 minutes; we stop well below. The tokens stay in memory.
 */
final class Session {

    private static final int MOST_SIGN_INS = 10;
    private static final Duration SIGN_IN_WINDOW = Duration.ofMinutes(5);

    private final Xrpc xrpc;
    private final AtprotoSettings settings;
    private final Clock clock;
    private final Deque<Instant> signIns = new ArrayDeque<>();
    private @Nullable Tokens tokens;

    Session(Xrpc xrpc, AtprotoSettings settings, Clock clock) {
        this.xrpc = xrpc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a call with the session's token, and once more with a new one when the PDS no longer takes the token. Such a
     * refusal comes before anything is done, so the second call is no repetition.
     *
     * @param call makes it with the given {@code Authorization} header
     * @throws SignInRefused       no session is to be had
     * @throws PlatformUnavailable the PDS does not answer
     */
    Xrpc.Answer with(Function<Map<String, String>, Xrpc.Answer> call) {
        Tokens used = current();
        Xrpc.Answer answer = call.apply(bearer(used.access()));
        return refusesToken(answer) ? call.apply(bearer(renewed(used).access())) : answer;
    }

    /** 400 for a token that expired or cannot be read, 401 for none or one that is not enough. */
    static boolean refusesToken(Xrpc.Answer answer) {
        return answer.isError("ExpiredToken")
                || answer.isError("InvalidToken")
                || answer.isError() && answer.status() == 401 && !answer.isError("AccountTakedown");
    }

    private synchronized Tokens current() {
        Tokens held = tokens;
        if (held == null) {
            held = signIn();
            tokens = held;
        }
        return held;
    }

    /** Another thread may have been quicker: a token is renewed once, whoever finds it spent. */
    private synchronized Tokens renewed(Tokens spent) {
        Tokens held = tokens;
        if (held != null && !held.equals(spent)) {
            return held;
        }
        Tokens fresh = refreshed(spent).orElseGet(this::signIn);
        tokens = fresh;
        return fresh;
    }

    private Optional<Tokens> refreshed(Tokens spent) {
        Xrpc.Answer answer = call("com.atproto.server.refreshSession", bearer(spent.refresh()), null);
        if (answer.isError("AccountTakedown")) {
            throw refused(answer);
        }
        return answer.ok() ? tokens(answer) : Optional.empty();
    }

    private Tokens signIn() {
        keepBelowTheLimit();
        String password = settings.secret()
                .value()
                .orElseThrow(() -> new SignInRefused("The app password that " + settings.nameOf("secret")
                        + " points at is not there: set it, then hand the notice in again"));
        Xrpc.Answer answer =
                call("com.atproto.server.createSession", Map.of(), new SignIn(settings.identifier(), password));
        if (answer.isError()) {
            throw refused(answer);
        }
        return tokens(answer)
                .orElseThrow(() -> new PlatformUnavailable(
                        "The PDS answered a sign-in with something that is no session (HTTP " + answer.status() + ")",
                        Optional.empty()));
    }

    private void keepBelowTheLimit() {
        Instant now = clock.instant();
        signIns.removeIf(at -> !at.plus(SIGN_IN_WINDOW).isAfter(now));
        if (signIns.size() >= MOST_SIGN_INS) {
            throw new PlatformUnavailable(
                    "Too many sign-ins at the PDS within 5 minutes",
                    Optional.of(signIns.element().plus(SIGN_IN_WINDOW)));
        }
        signIns.add(now);
    }

    /** A session more or less does no harm: what nobody knows to have happened may be tried again. */
    private Xrpc.Answer call(String nsid, Map<String, String> headers, @Nullable Object body) {
        try {
            Xrpc.Answer answer = xrpc.procedure(settings.pds(), nsid, headers, body);
            if (answer.status() >= 500) {
                throw new PlatformUnavailable(
                        "The PDS answered a sign-in with HTTP " + answer.status(), answer.retryAt(clock.instant()));
            }
            return answer;
        } catch (NoAnswer e) {
            throw new PlatformUnavailable("The PDS did not answer a sign-in", e);
        }
    }

    private SignInRefused refused(Xrpc.Answer answer) {
        if (answer.isError("AccountTakedown")) {
            return new SignInRefused("The platform has taken down our account " + settings.nameOf("identifier")
                    + ": ask the platform contact");
        }
        if (answer.isError("AuthFactorTokenRequired")) {
            return new SignInRefused("Our account asks for a second factor: " + settings.nameOf("secret")
                    + " must point at an app password");
        }
        return new SignInRefused("The PDS refuses our account: check " + settings.nameOf("identifier") + " and "
                + settings.nameOf("secret") + " (" + answer.refusal() + ")");
    }

    private static Optional<Tokens> tokens(Xrpc.Answer answer) {
        String access = answer.json().path("accessJwt").asText("");
        String refresh = answer.json().path("refreshJwt").asText("");
        return answer.ok() && isToken(access) && isToken(refresh)
                ? Optional.of(new Tokens(access, refresh))
                : Optional.empty();
    }

    private static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9._~+/=-]{1,8192}");
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("authorization", "Bearer " + token);
    }

    private record Tokens(String access, String refresh) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** Input of {@code com.atproto.server.createSession}. */
    private record SignIn(String identifier, String password) {

        @Override
        public String toString() {
            return "SignIn of " + identifier;
        }
    }
}
