package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * A real AT Protocol network on loopback: PLC directory, PDS and Ozone moderation service, the releases that
 * {@code src/test/peers/atproto/package-lock.json} pins. It is started once for all tests that register it, and ends with
 * them. Where it is not installed its tests are skipped and say what is missing; with {@code CI=true} they fail.
 *
 * <p>Besides the addresses it lends a hand for what people do there: {@link #createPost authors} and moderators
 * ({@link #takeDown}, {@link #acknowledge} …).
 */
public final class AtProtocolPeer implements BeforeAllCallback, ExecutionCondition {

    private static final PeerInstallation INSTALLATION =
            new PeerInstallation("atproto", "The AT Protocol peer (Node 22, PDS, Ozone)");
    private static final String ADMIN_PASSWORD = "moderator-of-the-peer";
    private static final String PASSWORD = "password-at-the-peer";
    private static final Duration START = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    /** The PDS hangs up on Java's offer to go on in HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private @Nullable Running running;

    /** An account at the peer's PDS. */
    public record Account(String handle, String did, String password, String accessJwt) {}

    /** A post at the peer's PDS. */
    public record Post(String uri, String cid) {

        public String recordKey() {
            return uri.substring(uri.lastIndexOf('/') + 1);
        }

        public String did() {
            return uri.substring("at://".length(), uri.indexOf('/', "at://".length()));
        }

        /** As a person would copy it from the app. */
        public URI page() {
            return URI.create("https://bsky.app/profile/" + did() + "/post/" + recordKey());
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return INSTALLATION.condition();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        INSTALLATION.require();
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(AtProtocolPeer.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    public URI pds() {
        return running().at(running().pdsPort());
    }

    public URI ozone() {
        return running().at(running().ozonePort());
    }

    public URI plc() {
        return running().at(running().plcPort());
    }

    /** DID of the moderation service. */
    public String labeler() {
        return running().labeler();
    }

    /** A file that holds an account's password, for a setting that reads {@code file:PATH}. */
    public Path passwordFile(Account account) {
        return write(running().folder().resolve(account.handle() + ".password"), account.password());
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("The AT Protocol peer is registered as a static @RegisterExtension");
        }
        return running;
    }

    /** @param name what the handle begins with */
    public Account createAccount(String name) {
        String handle = name + ACCOUNTS.incrementAndGet() + ".test";
        JsonNode answer = post(
                pds(),
                "com.atproto.server.createAccount",
                Optional.empty(),
                Map.of("handle", handle, "email", handle + "@example.org", "password", PASSWORD));
        return new Account(
                handle,
                answer.path("did").asText(),
                PASSWORD,
                answer.path("accessJwt").asText());
    }

    public Post createPost(Account author, String text) {
        JsonNode answer = post(
                pds(),
                "com.atproto.repo.createRecord",
                bearer(author),
                Map.of(
                        "repo",
                        author.did(),
                        "collection",
                        "app.bsky.feed.post",
                        "record",
                        Map.of("$type", "app.bsky.feed.post", "text", text, "createdAt", "2026-11-22T12:00:00Z")));
        return new Post(answer.path("uri").asText(), answer.path("cid").asText());
    }

    public void deletePost(Account author, Post post) {
        post(
                pds(),
                "com.atproto.repo.deleteRecord",
                bearer(author),
                Map.of("repo", author.did(), "collection", "app.bsky.feed.post", "rkey", post.recordKey()));
    }

    public void deactivate(Account account) {
        post(pds(), "com.atproto.server.deactivateAccount", bearer(account), Map.of());
    }

    public void takeDown(Post post) {
        emit(Map.of("$type", "tools.ozone.moderation.defs#modEventTakedown"), subject(post));
    }

    public void takeDown(Account account) {
        emit(Map.of("$type", "tools.ozone.moderation.defs#modEventTakedown"), subject(account));
    }

    public void reverseTakedown(Post post) {
        emit(Map.of("$type", "tools.ozone.moderation.defs#modEventReverseTakedown"), subject(post));
    }

    public void reverseTakedown(Account account) {
        emit(Map.of("$type", "tools.ozone.moderation.defs#modEventReverseTakedown"), subject(account));
    }

    /** What the PDS itself does to an account, without the moderation service. */
    public void takeDownAtThePds(Account account) {
        post(
                pds(),
                "com.atproto.admin.updateSubjectStatus",
                Optional.of(moderator()),
                Map.of("subject", subject(account), "takedown", Map.of("applied", true, "ref", "test")));
    }

    /** Closes the reports about a post without doing anything about it. */
    public void acknowledge(Post post) {
        emit(Map.of("$type", "tools.ozone.moderation.defs#modEventAcknowledge"), subject(post));
    }

    public void label(Post post, String value) {
        emit(
                Map.of(
                        "$type",
                        "tools.ozone.moderation.defs#modEventLabel",
                        "createLabelVals",
                        List.of(value),
                        "negateLabelVals",
                        List.of()),
                subject(post));
    }

    /** The reports about a subject as its moderators read them, newest first. */
    public List<JsonNode> reports(String uriOrDid) {
        JsonNode answer = get(
                ozone(),
                "tools.ozone.moderation.queryEvents?types=tools.ozone.moderation.defs%23modEventReport&subject="
                        + URLEncoder.encode(uriOrDid, StandardCharsets.UTF_8));
        return list(answer.path("events"));
    }

    /** What the moderators' list says about a subject: {@code reviewState}, {@code takendown}, {@code tags} … */
    public Optional<JsonNode> reviewStatus(String uriOrDid) {
        JsonNode answer = get(
                ozone(),
                "tools.ozone.moderation.queryStatuses?subject=" + URLEncoder.encode(uriOrDid, StandardCharsets.UTF_8));
        return list(answer.path("subjectStatuses")).stream().findFirst();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private void emit(Map<String, Object> event, Map<String, String> subject) {
        post(
                ozone(),
                "tools.ozone.moderation.emitEvent",
                Optional.of(moderator()),
                Map.of("event", event, "subject", subject, "createdBy", labeler()));
    }

    private static Map<String, String> subject(Post post) {
        return Map.of("$type", "com.atproto.repo.strongRef", "uri", post.uri(), "cid", post.cid());
    }

    private static Map<String, String> subject(Account account) {
        return Map.of("$type", "com.atproto.admin.defs#repoRef", "did", account.did());
    }

    private static Optional<String> bearer(Account account) {
        return Optional.of("Bearer " + account.accessJwt());
    }

    private static String moderator() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode get(URI service, String call) {
        return send(HttpRequest.newBuilder(service.resolve("/xrpc/" + call)).header("authorization", moderator()));
    }

    private JsonNode post(URI service, String nsid, Optional<String> authorization, Map<String, ?> body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve("/xrpc/" + nsid))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            authorization.ifPresent(value -> request.header("authorization", value));
            return send(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(20)).build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "The peer answered " + request.uri().getPath() + " with " + response.statusCode() + " "
                                + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The peer's processes. JUnit closes it with the last test. */
    private record Running(
            Process node,
            EmbeddedPostgres postgres,
            Path folder,
            int plcPort,
            int pdsPort,
            int ozonePort,
            String labeler)
            implements ExtensionContext.Store.CloseableResource {

        static Running start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Path folder = Files.createTempDirectory("atproto-peer");
                // Node looks for packages beside the script that asks for them.
                Files.createSymbolicLink(
                        folder.resolve("node_modules"), INSTALLATION.folder().resolve("node_modules"));
                Files.copy(INSTALLATION.home().resolve("server.mjs"), folder.resolve("server.mjs"));
                int[] ports = freePorts();
                ProcessBuilder builder = new ProcessBuilder(INSTALLATION.node().toString(), "server.mjs")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("server.log").toFile());
                builder.environment()
                        .putAll(Map.of(
                                "PEER_DATA",
                                        Files.createDirectory(folder.resolve("data"))
                                                .toString(),
                                "PEER_POSTGRES", "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres",
                                "PEER_ADMIN_PASSWORD", ADMIN_PASSWORD,
                                "PEER_PLC_PORT", String.valueOf(ports[0]),
                                "PEER_PDS_PORT", String.valueOf(ports[1]),
                                "PEER_OZONE_PORT", String.valueOf(ports[2])));
                Process node = builder.start();
                return new Running(
                        node,
                        postgres,
                        folder,
                        ports[0],
                        ports[1],
                        ports[2],
                        labeler(node, folder.resolve("server.log")));
            } catch (IOException e) {
                throw new UncheckedIOException("The AT Protocol peer does not start", e);
            }
        }

        private static int[] freePorts() throws IOException {
            try (ServerSocket one = freePort();
                    ServerSocket two = freePort();
                    ServerSocket three = freePort()) {
                return new int[] {one.getLocalPort(), two.getLocalPort(), three.getLocalPort()};
            }
        }

        private static ServerSocket freePort() throws IOException {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }

        private static String labeler(Process node, Path log) {
            return Awaitility.await("READY from the AT Protocol peer")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> ready(node, log), Optional::isPresent)
                    .orElseThrow();
        }

        private static Optional<String> ready(Process node, Path log) throws IOException {
            List<String> lines = Files.readAllLines(log);
            for (String line : lines) {
                if (line.startsWith("READY ")) {
                    return Optional.of(JSON.readTree(line.substring("READY ".length()))
                            .path("labeler")
                            .asText());
                }
            }
            if (!node.isAlive()) {
                throw new IllegalStateException("The AT Protocol peer ended: " + String.join("\n", lines));
            }
            return Optional.empty();
        }

        URI at(int port) {
            return URI.create("http://localhost:" + port);
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
            postgres.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
