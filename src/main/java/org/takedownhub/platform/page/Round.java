package org.takedownhub.platform.page;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Vantage;

/** One round of looks from one place: asks politely, and stops asking a host that does not answer. */
final class Round {

    private static final int MOST_SILENT = 2;
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofMinutes(1);

    private final Fetch fetch;
    private final HostPaces paces;
    private final Vantage vantage;
    private final Hints hints;
    private final Clock clock;
    private final Map<String, Integer> silent = new HashMap<>();

    Round(Fetch fetch, HostPaces paces, Vantage vantage, Hints hints, Clock clock) {
        this.fetch = fetch;
        this.paces = paces;
        this.vantage = vantage;
        this.hints = hints;
        this.clock = clock;
    }

    /** The way out. */
    @FunctionalInterface
    interface Fetch {

        /** @throws PlatformUnavailable there is no complete answer */
        Response read(Request request, Vantage vantage);
    }

    Vantage vantage() {
        return vantage;
    }

    Hints hints() {
        return hints;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Reads one address.
     *
     * @throws PlatformUnavailable there is no complete answer, or it is not this host's turn
     */
    Response get(URI uri, Map<String, String> headers) {
        String host = String.valueOf(uri.getAuthority()).toLowerCase(Locale.ROOT);
        if (silent.getOrDefault(host, 0) >= MOST_SILENT) {
            throw new PlatformUnavailable(host + " does not answer", Optional.empty());
        }
        paces.take(host);
        try {
            Response answer = fetch.read(Request.get(uri, headers), vantage);
            if (answer.status() == 429 || answer.status() == 503) {
                pause(host, answer);
            }
            return answer;
        } catch (PlatformUnavailable e) {
            silent.merge(host, 1, Integer::sum);
            throw e;
        }
    }

    private void pause(String host, Response answer) {
        Optional<Instant> until = answer.retryAfter(now());
        if (until.isPresent() || answer.status() == 429) {
            paces.pause(host, until.orElseGet(() -> now().plus(PAUSE_WITHOUT_A_WORD)));
        }
    }
}
