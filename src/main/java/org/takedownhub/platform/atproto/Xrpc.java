package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;

/** Calls of the AT Protocol over HTTP: queries and procedures named by an NSID (atproto.com/specs/xrpc). */
final class Xrpc {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SafeHttp http;
    private final Clock clock;

    Xrpc(SafeHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Asks without any effect.
     *
     * @throws PlatformUnavailable no complete answer, a rate limit, or a fault of the server
     */
    Answer query(URI service, String nsid, Parameters parameters) {
        return query(service, nsid, parameters, Map.of());
    }

    Answer query(URI service, String nsid, Parameters parameters, Map<String, String> headers) {
        return read(address(service, nsid, parameters), headers);
    }

    /** The same for an address that is no XRPC method, such as a DID document. */
    Answer read(URI address, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("accept", "application/json");
        return transient5xx(answer(http.read(SafeHttp.Request.get(address, all))), address);
    }

    /**
     * Calls a procedure. Every answer but a rate limit comes back, faults of the server included: only the caller knows
     * whether a repetition would do harm.
     *
     * @throws PlatformUnavailable certainly no effect
     * @throws NoAnswer            it may have had its effect
     */
    Answer procedure(URI service, String nsid, Map<String, String> headers, @Nullable Object body) {
        URI address = address(service, nsid, new Parameters());
        Map<String, String> all = new HashMap<>(headers);
        all.put("accept", "application/json");
        if (body != null) {
            all.put("content-type", "application/json");
        }
        return limited(answer(http.send(new SafeHttp.Request("POST", address, all, json(body)))), address);
    }

    private Answer transient5xx(Answer answer, URI address) {
        limited(answer, address);
        if (answer.status() >= 500) {
            throw new PlatformUnavailable(
                    address.getHost() + " answered HTTP " + answer.status(), answer.retryAt(clock.instant()));
        }
        return answer;
    }

    private Answer limited(Answer answer, URI address) {
        if (answer.status() == 429) {
            throw new PlatformUnavailable(
                    address.getHost() + " takes no more calls for now (rate limit)", answer.retryAt(clock.instant()));
        }
        return answer;
    }

    private static Answer answer(SafeHttp.Response response) {
        return new Answer(response, object(response.body()));
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isObject() ? node : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static byte @Nullable [] json(@Nullable Object body) {
        try {
            return body == null ? null : JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static URI address(URI service, String nsid, Parameters parameters) {
        return service.resolve("/xrpc/" + nsid + parameters.query());
    }

    /** A query string in the making; a name may be given several times. */
    static final class Parameters {

        private final List<String> pairs = new ArrayList<>();

        Parameters with(String name, String value) {
            pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            return this;
        }

        String query() {
            return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        }
    }

    /** @param json the answer when it is one JSON object, else a missing node */
    record Answer(SafeHttp.Response response, JsonNode json) {

        private static final int LONGEST_MESSAGE = 300;

        int status() {
            return response.status();
        }

        /** A complete answer of the documented kind. */
        boolean ok() {
            return status() == 200 && json.isObject();
        }

        /** The documented form of a refusal: a 4xx with an error's name (atproto.com/specs/xrpc#error-responses). */
        boolean isError() {
            return status() >= 400 && status() < 500 && json.path("error").isTextual();
        }

        boolean isError(String name) {
            return isError() && json.path("error").asText().equals(name);
        }

        /** The refusal's own words, without control characters and of a decent length. */
        String refusal() {
            String text = isError()
                    ? json.path("error").asText() + ": " + json.path("message").asText("")
                    : "HTTP " + status();
            String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
            return plain.length() <= LONGEST_MESSAGE ? plain : plain.substring(0, LONGEST_MESSAGE) + "…";
        }

        /** {@code Retry-After}, else {@code RateLimit-Reset}, which is in seconds since 1970 here. */
        Optional<Instant> retryAt(Instant now) {
            return response.retryAfter(now).or(() -> response.header("ratelimit-reset")
                    .filter(text -> text.matches("[0-9]{1,11}"))
                    .map(text -> SafeHttp.Response.within(Instant.ofEpochSecond(Long.parseLong(text)), now)));
        }

        /** SHA-256 of the answer's bytes, in hex. */
        String hash() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(response.body()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }
    }
}
