package org.takedownhub.platform.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import org.takedownhub.platform.PeerInstallation;

/**
 * A real ActivityPub server on loopback: Fedify, the release that {@code src/test/peers/fedify/package-lock.json} pins.
 * It knows nothing of our code: its signatures, its JSON-LD and its idea of a report are its own.
 */
final class FedifyPeer implements BeforeAllCallback, ExecutionCondition {

    private static final PeerInstallation INSTALLATION =
            new PeerInstallation("fedify", "The ActivityPub peer (Node 22, Fedify)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private @Nullable Running running;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return INSTALLATION.condition();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        INSTALLATION.require();
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(FedifyPeer.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    URI base() {
        if (running == null) {
            throw new IllegalStateException("The ActivityPub peer is registered as a static @RegisterExtension");
        }
        return URI.create("http://localhost:" + running.port() + "/");
    }

    /** @param secured whether the account and its posts show themselves only to those who sign */
    void createAccount(String name, boolean secured) {
        call("POST", "test/accounts", Map.of("name", name, "secured", secured));
    }

    /** @return the post's id */
    URI createPost(String id, String author) {
        call("POST", "test/posts", Map.of("id", id, "author", author, "text", "words of " + author));
        return base().resolve("users/" + author + "/posts/" + id);
    }

    void deletePost(String id) {
        call("DELETE", "test/posts/" + id, Map.of());
    }

    /** The reports that its moderators have, oldest first. */
    List<JsonNode> reports() {
        return list(call("GET", "test/reports", Map.of()));
    }

    /** What was handed to its inboxes, and how it answered. */
    List<JsonNode> deliveries() {
        return list(call("GET", "test/deliveries", Map.of()));
    }

    /** Hands something to the shared inbox as it is. */
    HttpResponse<String> deliver(Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base().resolve("inbox")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        try {
            HttpRequest.BodyPublisher sent = method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))
                    : HttpRequest.BodyPublishers.noBody();
            HttpResponse<String> response =
                    send(HttpRequest.newBuilder(base().resolve(path)).method(method, sent));
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The peer answered " + path + " with " + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The peer's process. JUnit closes it with the last test. */
    private record Running(Process node, Path folder, int port) implements ExtensionContext.Store.CloseableResource {

        static Running start() {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Path folder = Files.createTempDirectory("fedify-peer");
                // Node looks for packages beside the script that asks for them.
                Files.createSymbolicLink(
                        folder.resolve("node_modules"), INSTALLATION.folder().resolve("node_modules"));
                Files.copy(INSTALLATION.home().resolve("server.mjs"), folder.resolve("server.mjs"));
                int port = free.getLocalPort();
                free.close();
                ProcessBuilder builder = new ProcessBuilder(INSTALLATION.node().toString(), "server.mjs")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile());
                builder.environment().put("PEER_PORT", String.valueOf(port));
                Running running = new Running(builder.start(), folder, port);
                Awaitility.await("READY from the ActivityPub peer")
                        .atMost(START)
                        .pollInterval(Duration.ofMillis(50))
                        .until(running::ready);
                return running;
            } catch (IOException e) {
                throw new UncheckedIOException("The ActivityPub peer does not start", e);
            }
        }

        private boolean ready() throws IOException {
            List<String> lines = Files.readAllLines(folder.resolve("server.log"));
            if (!node.isAlive()) {
                throw new IllegalStateException("The ActivityPub peer ended: " + String.join("\n", lines));
            }
            return lines.contains("READY");
        }

        @Override
        public void close() throws IOException {
            node.destroy();
            try {
                if (!node.waitFor(5, TimeUnit.SECONDS)) {
                    node.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                node.destroyForcibly();
            }
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
