package org.takedownhub.platform.mail;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.mail.Bootstrap.Registry;
import org.takedownhub.platform.mail.RdapAnswers.Kept;

/**
 * Asks registries who answers for a domain, an address or a network (RFC 7480, 9082, 9083). Answers are a stranger's and
 * kept for a day. Only encrypted servers are asked, and the origin that the operator's bootstrap address has.
 */
final class Rdap {

    private static final Logger LOG = LoggerFactory.getLogger(Rdap.class);

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration BOOTSTRAP_KEPT = Duration.ofDays(7);
    private static final Duration BOOTSTRAP_RETRY = Duration.ofHours(1);
    private static final int MOST_REDIRECTS = 3;
    private static final int LONGEST_QUERY = 500;
    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/rdap+json, application/json;q=0.9");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final SafeHttp http;
    private final URI bootstrapUrl;
    private final RdapAnswers answers;
    private final Clock clock;
    private final Map<Registry, Instant> bootstrapFailed = new ConcurrentHashMap<>();

    Rdap(SafeHttp http, URI bootstrapUrl, RdapAnswers answers, Clock clock) {
        this.http = http;
        this.bootstrapUrl = bootstrapUrl;
        this.answers = answers;
        this.clock = clock;
    }

    /** @param sha256 of the answer as it came, in hex */
    record Answer(URI query, JsonNode object, String sha256) {}

    /**
     * @param domain registrable, in lower case and A-labels
     * @return empty when no registry with RDAP knows it
     * @throws PlatformUnavailable it could not be asked, or did not answer as RFC 9083 says
     */
    Optional<Answer> domain(String domain) {
        return bootstrap(Registry.DNS).domain(domain).flatMap(server -> ask(server.resolve("domain/" + domain)));
    }

    /** The same for an address: who owns the network it lies in. */
    Optional<Answer> address(InetAddress address) {
        return bootstrap(address instanceof Inet4Address ? Registry.IPV4 : Registry.IPV6)
                .address(address)
                .flatMap(server -> ask(server.resolve("ip/" + address.getHostAddress())));
    }

    /** The same for an autonomous system. */
    Optional<Answer> autonomousSystem(long number) {
        return bootstrap(Registry.ASN)
                .autonomousSystem(number)
                .flatMap(server -> ask(server.resolve("autnum/" + number)));
    }

    /**
     * Where a thin registry sends us on to: the registrar's own answer. Followed once, so that two servers that point at
     * each other change nothing.
     */
    Optional<Answer> related(Answer answer) {
        for (JsonNode link : answer.object().path("links")) {
            boolean further = link.path("rel").asText().equals("related")
                    && link.path("type").asText().equals("application/rdap+json");
            Optional<URI> uri = further ? uri(link.path("href").asText()) : Optional.empty();
            if (uri.isPresent() && !uri.get().equals(answer.query())) {
                return ask(uri.get());
            }
        }
        return Optional.empty();
    }

    static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Answer> ask(URI query) {
        Kept kept =
                answers.newest(query.toString(), clock.instant().minus(KEPT)).orElseGet(() -> fetch(query));
        if (kept.status() != 200) {
            return Optional.empty();
        }
        return Optional.of(new Answer(query, parsed(kept.text(), query.getHost()), kept.sha256()));
    }

    private Kept fetch(URI query) {
        Response answer = get(query);
        int status = answer.status();
        // 400 and 501: the server does not know this kind of question (RFC 7480, section 5.4)
        if (status == 404 || status == 400 || status == 501) {
            Kept nothing = new Kept(404, answer.bodyHash(), "");
            answers.keep(query.toString(), nothing, clock.instant());
            return nothing;
        }
        if (status != 200) {
            throw new PlatformUnavailable(
                    query.getHost() + " answered HTTP " + status + " to an RDAP question",
                    answer.retryAfter(clock.instant()));
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (parsed(text, query.getHost()).path("objectClassName").asText().isEmpty()) {
            throw notAsDocumented(query.getHost());
        }
        Kept kept = new Kept(200, answer.bodyHash(), text);
        answers.keep(query.toString(), kept, clock.instant());
        return kept;
    }

    /** RDAP servers may send us on (RFC 7480, section 5.2); every hop passes the same checks. */
    private Response get(URI query) {
        URI next = query;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            refuseUnprotected(next);
            Response answer = http.read(Request.get(next, ACCEPT));
            if (answer.status() < 300 || answer.status() >= 400) {
                return answer;
            }
            next = location(next, answer);
        }
        throw new PlatformUnavailable(query.getHost() + " sends an RDAP question round in a circle", Optional.empty());
    }

    private static URI location(URI from, Response answer) {
        return answer.header("location")
                .flatMap(text -> {
                    try {
                        return uri(from.resolve(new URI(text)).toString());
                    } catch (URISyntaxException e) {
                        return Optional.empty();
                    }
                })
                .orElseThrow(() -> notAsDocumented(from.getHost()));
    }

    private void refuseUnprotected(URI uri) {
        boolean operators = uri.getScheme().equals(bootstrapUrl.getScheme())
                && String.valueOf(uri.getAuthority()).equals(bootstrapUrl.getAuthority());
        if (!operators && !"https".equals(uri.getScheme())) {
            throw new PlatformUnavailable(uri.getHost() + " offers RDAP without encryption only", Optional.empty());
        }
        if (uri.toString().length() > LONGEST_QUERY) {
            throw new PlatformUnavailable(uri.getHost() + " sends us to an endless address", Optional.empty());
        }
    }

    private static JsonNode parsed(String text, String host) {
        try {
            JsonNode object = JSON.readTree(text);
            if (object != null && object.isObject()) {
                return object;
            }
        } catch (IOException e) {
            throw notAsDocumented(host);
        }
        throw notAsDocumented(host);
    }

    private static PlatformUnavailable notAsDocumented(String host) {
        return new PlatformUnavailable(host + " did not answer an RDAP question as RFC 9083 says", Optional.empty());
    }

    /** IANA's file as fetched within the last week; without it an older one, and at last the one we came with. */
    private Bootstrap bootstrap(Registry registry) {
        URI source = bootstrapUrl.resolve(registry.file());
        Instant now = clock.instant();
        Optional<Bootstrap> fresh = kept(source, now.minus(BOOTSTRAP_KEPT));
        if (fresh.isPresent()) {
            return fresh.get();
        }
        Instant failed = bootstrapFailed.getOrDefault(registry, Instant.MIN);
        if (failed.isBefore(now.minus(BOOTSTRAP_RETRY))) {
            try {
                Response answer = get(source);
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                Optional<Bootstrap> file =
                        answer.status() == 200 ? Bootstrap.of(parsed(text, source.getHost())) : Optional.empty();
                if (file.isPresent()) {
                    answers.keep(source.toString(), new Kept(200, answer.bodyHash(), text), now);
                    return file.get();
                }
                LOG.warn("{} answered HTTP {} without a bootstrap file", source, answer.status());
            } catch (PlatformUnavailable e) {
                LOG.warn("The bootstrap file {} cannot be refreshed: {}", source, e.getMessage());
            }
            bootstrapFailed.put(registry, now);
        }
        return kept(source, Instant.EPOCH).orElseGet(() -> shipped(registry));
    }

    private Optional<Bootstrap> kept(URI source, Instant since) {
        return answers.newest(source.toString(), since)
                .flatMap(kept -> Bootstrap.of(parsed(kept.text(), source.getHost())));
    }

    private static Bootstrap shipped(Registry registry) {
        try (InputStream file = Rdap.class.getResourceAsStream("/rdap/" + registry.file())) {
            return Bootstrap.of(JSON.readTree(file))
                    .orElseThrow(() -> new IllegalStateException("The shipped " + registry.file() + " is broken"));
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped " + registry.file() + " cannot be read", e);
        }
    }
}
