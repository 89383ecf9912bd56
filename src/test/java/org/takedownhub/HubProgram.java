package org.takedownhub;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The real program in a JVM of its own, in the training profile, with its data below a folder of its own: started,
 * talked to over HTTP, and halted without warning. Started again, it is the same node on the same data.
 */
final class HubProgram implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "kill-test-password-1";
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration CALL = Duration.ofSeconds(30);
    private static final List<String> FORCES = List.of("force-north", "force-south");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path folder;
    private final List<String> settings;
    private final int port = freePort();
    private final int trainingPort = freePort();
    private Process process;
    private int starts;

    HubProgram(Path folder, String... settings) {
        this.folder = folder;
        this.settings = List.of(settings);
    }

    /** Answer of a call: its status and its body, which is JSON or nothing. */
    record Answer(int status, JsonNode body) {}

    void start() throws IOException {
        starts++;
        Files.createDirectories(folder);
        File log = folder.resolve("start-" + starts + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=UTC",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        withoutTests(System.getProperty("java.class.path")),
                        TakedownHub.class.getName(),
                        "--spring.profiles.active=training",
                        "--server.port=" + port,
                        "--takedown.training.port=" + trainingPort)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.command().addAll(settings);
        builder.environment().put("TAKEDOWN_TRAINING_PASSWORD", PASSWORD);
        process = builder.start();
        await().atMost(START).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("The hub ended by itself, see " + log);
            }
            return isReady();
        });
    }

    /** Halts the JVM as a power cut would: no shutdown hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    /** The address of the hub's database, for whoever opens it once the hub is dead. */
    String database() {
        return "jdbc:h2:file:" + folder.resolve("data/hub").toAbsolutePath() + ";IFEXISTS=TRUE";
    }

    /** Where people find this hub. */
    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** The password of every training account. */
    String password() {
        return PASSWORD;
    }

    Answer get(String user, String path) {
        return call(hub(path).header("Authorization", basic(user)).GET());
    }

    Answer post(String user, String path, Object body) {
        return call(hub(path).header("Authorization", basic(user)).POST(json(body)));
    }

    /** Both training forces are asked about a case and say that they have no interest in it. */
    void clear(String reference) {
        clear(reference, FORCES);
    }

    /** These forces are asked about a case and say that they have no interest in it. */
    void clear(String reference, List<String> forces) {
        Set<String> silent = new HashSet<>(forces);
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            silent.removeIf(force -> answers(force, "&processInstanceBusinessKey=" + reference) > 0);
            return silent.isEmpty();
        });
    }

    private int answers(String force, String filter) {
        int answered = 0;
        for (JsonNode task : get(force, "/engine-rest/task?taskDefinitionKey=Task_AnswerDeconfliction" + filter)
                .body()) {
            Answer answer = post(
                    force,
                    "/engine-rest/task/" + task.get("id").asText() + "/complete",
                    variables(Map.of("deconflictionAnswer", "NO_INTEREST", "uploaderNotification", "ALLOWED")));
            answered += answer.status() == 204 ? 1 : 0;
        }
        return answered;
    }

    Answer getTraining(String path) {
        return call(training(path).GET());
    }

    Answer postTraining(String path, Object body) {
        return call(training(path).POST(json(body)));
    }

    private boolean isReady() {
        try {
            return get("operator", "/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private HttpRequest.Builder hub(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpRequest.Builder training(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + trainingPort + path));
    }

    private Answer call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(
                    request.header("Content-Type", "application/json")
                            .header("Accept", "application/json")
                            .timeout(CALL)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response.statusCode(), body.isBlank() ? JSON.nullNode() : JSON.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was stopped during a call", e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** As the engine's REST API wants variables. */
    static Map<String, Object> variables(Map<String, Object> values) {
        return Map.of(
                "variables",
                values.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Map.of("value", entry.getValue()))));
    }

    private static String withoutTests(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
