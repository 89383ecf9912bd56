package org.takedownhub.commandline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The hub's API as one account sees it. Credentials come from the environment and are never printed. */
final class HubApi {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final int LARGEST = 64 * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI hub;
    private final String authorization;

    private HubApi(URI hub, String authorization) {
        this.hub = hub;
        this.authorization = authorization;
    }

    /** What the hub answered. */
    record Answer(int status, JsonNode body) {

        boolean isGood() {
            return status < 300;
        }
    }

    /** There is no answer to go by. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    /**
     * @param environment {@code TAKEDOWN_TOKEN} (a bearer token), or {@code TAKEDOWN_PASSWORD} for the named user
     * @throws NoAnswer neither is set, or a password would go over an unencrypted connection to another machine
     */
    static HubApi of(URI hub, Optional<String> user, Map<String, String> environment) throws NoAnswer {
        boolean local = hub.getHost() != null && hub.getHost().matches("localhost|127\\.0\\.0\\.1|\\[::1]");
        if (!"https".equals(hub.getScheme()) && !("http".equals(hub.getScheme()) && local)) {
            throw new NoAnswer("The address must begin with https://; only this machine is spoken to without");
        }
        Optional<String> token = Optional.ofNullable(environment.get("TAKEDOWN_TOKEN"));
        Optional<String> password = Optional.ofNullable(environment.get("TAKEDOWN_PASSWORD"));
        if (token.isPresent()) {
            return new HubApi(hub, "Bearer " + token.get());
        }
        if (user.isPresent() && password.isPresent()) {
            String credentials = user.get() + ":" + password.get();
            return new HubApi(
                    hub, "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        throw new NoAnswer("Set TAKEDOWN_TOKEN, or --user and TAKEDOWN_PASSWORD, in the environment");
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    Answer get(String path) throws NoAnswer {
        return send(request(path).GET());
    }

    Answer post(String path, JsonNode body) throws NoAnswer {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", authorization);
    }

    private Answer send(HttpRequest.Builder request) throws NoAnswer {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new NoAnswer("The hub's answer is larger than " + LARGEST + " bytes");
                }
                return new Answer(response.statusCode(), read(bytes));
            }
        } catch (IOException unreachable) {
            throw new NoAnswer(hub + " does not answer: " + unreachable.getMessage()
                    + ". A change may or may not have arrived; look before you send it again");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("Interrupted");
        }
    }

    private JsonNode read(byte[] bytes) throws NoAnswer {
        try {
            return json.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException other) {
            throw new NoAnswer(hub + " does not answer in JSON; is it the hub's address?");
        }
    }
}
