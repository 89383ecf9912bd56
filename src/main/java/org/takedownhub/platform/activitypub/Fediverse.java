package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Calls servers of the fediverse. Reads as the public does, and only where that is refused with our signature: a server
 * can hide from our actor what everybody else sees, and that must not read as removed.
 */
final class Fediverse {

    static final String ACCEPT =
            "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

    /** How servers answer a signature that they do not understand or believe; PeerTube with 403. */
    static final Set<Integer> REFUSED_SIGNATURES = Set.of(400, 401, 403);

    private static final int MOST_REDIRECTS = 2;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ActivityPubSettings settings;
    private final Actor actor;
    private final SafeHttp http;
    private final Hosts hosts;
    private final Clock clock;

    Fediverse(ActivityPubSettings settings, Actor actor, SafeHttp http, Hosts hosts, Clock clock) {
        this.settings = settings;
        this.actor = actor;
        this.http = http;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param uri      whose it is, after redirects
     * @param logInWall whether it is a redirect to where people sign in
     */
    record Fetched(URI uri, Response answer, boolean logInWall) {}

    /** @throws NothingRead there is no answer that could say anything */
    Fetched fetch(URI address) {
        return fetch(address, ACCEPT);
    }

    /** @throws NothingRead there is no answer that could say anything */
    Fetched fetch(URI address, String accept) {
        URI at = callable(address);
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Response answer = get(at, accept);
            Optional<URI> next = REDIRECTS.contains(answer.status())
                    ? answer.header("location").flatMap(Document::reference)
                    : Optional.empty();
            if (next.isEmpty()) {
                return new Fetched(at, answer, false);
            }
            URI target = at.resolve(next.get());
            if (leadsToLogIn(target)) {
                return new Fetched(at, answer, true);
            }
            at = callable(target);
        }
        throw new NothingRead(
                UnknownReason.CONTRACT_CHANGED, at.getHost() + " redirects again and again", Optional.empty());
    }

    private URI callable(URI address) {
        return settings.callable(address)
                .orElseThrow(() -> new NothingRead(
                        UnknownReason.NO_INTERFACE, "The address is none that could be called", Optional.empty()));
    }

    private static boolean leadsToLogIn(URI target) {
        String path = String.valueOf(target.getPath()).toLowerCase(Locale.ROOT);
        return path.contains("login") || path.contains("log-in") || path.contains("sign_in") || path.contains("signin");
    }

    private Response get(URI uri, String accept) {
        Response answer = read(Request.get(uri, headers(accept)));
        if (answer.status() != 401 && answer.status() != 403) {
            return answer;
        }
        Optional<SigningKey> key = key();
        if (key.isEmpty()) {
            return answer;
        }
        String host = HttpSignatures.authority(uri);
        for (SignatureKind kind : kinds(host)) {
            answer = read(Request.get(uri, signed(kind, key.get(), "GET", uri, headers(accept), Optional.empty())));
            if (!REFUSED_SIGNATURES.contains(answer.status())) {
                hosts.took(host, kind);
                return answer;
            }
        }
        return answer;
    }

    private Response read(Request request) {
        String host = HttpSignatures.authority(request.uri());
        hosts.check(host);
        Response answer;
        try {
            answer = http.read(request);
        } catch (PlatformUnavailable e) {
            throw silent(host, e);
        }
        if (answer.status() == 429) {
            throw busy(host, answer);
        }
        hosts.answered(host);
        return answer;
    }

    NothingRead silent(String host, PlatformUnavailable cause) {
        // only our own budget names a time to come back
        if (cause.retryAt().isPresent()) {
            return NothingRead.ourBudget(cause);
        }
        UnknownReason reason =
                cause.getCause() instanceof NoAnswer ? UnknownReason.TIME_OUT : UnknownReason.UNREACHABLE;
        hosts.silent(host, reason);
        return new NothingRead(reason, String.valueOf(cause.getMessage()), Optional.empty());
    }

    NothingRead busy(String host, Response answer) {
        Optional<Instant> retryAt = answer.retryAfter(clock.instant());
        hosts.busy(host, retryAt);
        return new NothingRead(UnknownReason.RATE_LIMITED, host + " answered 429: too many requests", retryAt);
    }

    /**
     * Hands something to an inbox, once.
     *
     * @throws NothingRead it certainly did not arrive
     * @throws NoAnswer    it may have arrived
     */
    Response post(SignatureKind kind, SigningKey key, URI inbox, byte[] activity) {
        String host = HttpSignatures.authority(inbox);
        hosts.check(host);
        Map<String, String> headers = headers(ACCEPT);
        headers.put("Content-Type", Actor.ACTIVITY_JSON);
        try {
            return http.send(new Request(
                    "POST", inbox, signed(kind, key, "POST", inbox, headers, Optional.of(activity)), activity));
        } catch (PlatformUnavailable e) {
            throw silent(host, e);
        }
    }

    Optional<SigningKey> key() {
        return SigningKey.of(settings.secret());
    }

    /** The kind of signature that the host took last, or that the settings name, and then the other one. */
    List<SignatureKind> kinds(String host) {
        SignatureKind first = hosts.first(host, settings.first());
        return List.of(first, first.other());
    }

    void took(String host, SignatureKind kind) {
        hosts.took(host, kind);
    }

    private Map<String, String> signed(
            SignatureKind kind,
            SigningKey key,
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<byte[]> body) {
        return HttpSignatures.sign(kind, key, actor.keyId(), method, uri, headers, body, clock.instant());
    }

    private Map<String, String> headers(String accept) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept);
        headers.put("User-Agent", "TakedownHub (+" + actor.id() + ")");
        return headers;
    }
}
