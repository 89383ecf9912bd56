package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.training.TrainingPlatform;
import org.takedownhub.training.TrainingSettings;

/** Against the training platform, in every way in which it can treat a report. */
@Timeout(60)
class MastodonOnTrainingPlatformTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN_FILE = TrainingSettings.TOKEN_FILE;

    @TempDir
    Path directory;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-22T12:00:30Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Optional<PlatformEvent>> events = new CopyOnWriteArrayList<>();
    private HttpServer hub;
    private TrainingPlatform training;
    private Platform platform;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI hubUrl = URI.create("http://localhost:" + hub.getAddress().getPort());
        training = TrainingPlatform.start(TrainingSettings.onFreePort(directory, hubUrl), clock);
        platform = platform(TOKEN_FILE);
        hub.createContext("/api/v1/platforms/training/events", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            events.add(platform.receive(exchange.getRequestBody().readAllBytes(), headers));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        hub.start();
    }

    @AfterEach
    void stop() {
        training.close();
        hub.stop(0);
    }

    @Test
    void reportsAPostAndSeesItGo() {
        Content post = post("OBEDIENT");
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);

        Receipt receipt = (Receipt) refer(post);
        assertThat(receipt.receivedAt()).isEqualTo(clock.instant());
        assertThat(receipt.identities()).containsKeys("statusId", "accountId", "uri", "reportId");
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);

        clock.advance(Duration.ofSeconds(2));
        Look gone = look(post);
        assertThat(gone.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        assertThat(gone.controlAlive()).isTrue();
        assertThat(refer(post)).isInstanceOf(ContentGone.class);
    }

    @Test
    void reportsWhatTheCaseworkerDecided() throws Exception {
        refer(post("IGNORES"));
        JsonNode report = get("/training/reports").get(0);
        assertThat(report.get("category").textValue()).isEqualTo("legal");
        assertThat(report.get("comment").textValue()).isEqualTo("It threatens a person.");
        assertThat(report.get("statusIds")).hasSize(1);
    }

    @Test
    void capturesAPost() {
        Content post = post("IGNORES");
        assertThat(new String(platform.capture(post).body(), StandardCharsets.UTF_8))
                .contains("A made-up threat");
    }

    @Test
    void readsTheWebhookOfARefusalAndStillSeesThePost() {
        Content post = post("REFUSES");
        Receipt receipt = (Receipt) refer(post);
        clock.advance(Duration.ofSeconds(2));

        await().atMost(Duration.ofSeconds(10)).until(() -> !events.isEmpty());
        assertThat(events.get(0)).hasValueSatisfying(event -> {
            assertThat(event.kind()).isEqualTo("report.updated");
            assertThat(event.actionTaken()).isTrue();
            assertThat(event.identities())
                    .containsEntry("reportId", receipt.reference())
                    .containsEntry("statusId", receipt.identities().get("statusId"));
        });
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void doesNotTakeALogInWallForARemoval() {
        Content post = post("LOGIN_WALL");
        assertThat(refer(post)).isInstanceOf(Receipt.class);
        assertThat(look(post).availability()).isEqualTo(Availability.UNKNOWN);
        assertThat(refer(post))
                .as("the second rung finds it through our account")
                .isInstanceOf(Receipt.class);
    }

    @Test
    void doesNotTakeAShellForARemoval() {
        Content post = post("SOFT_404");
        refer(post);
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void seesAPostReturn() {
        Content post = post("RETURNS");
        refer(post);
        assertThat(look(post).availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void neverTakesAFaultForARemovalOrForAReceipt() throws Exception {
        Content post = post("FLAKY");
        for (int call = 0; call < 4; call++) {
            assertThat(look(post).availability()).isEqualTo(Availability.UNKNOWN);
            clock.advance(Duration.ofSeconds(6));
        }
        assertThat(look(post).availability()).isEqualTo(Availability.AVAILABLE);

        String id = post.url().getPath().replaceAll(".*/", "");
        JsonNode status = platformStatus(id);
        Content known = new Content(
                post.reference(),
                post.key(),
                post.url(),
                Map.of(
                        "statusId",
                        id,
                        "accountId",
                        status.get("account").get("id").textValue()));
        assertThat(refer(known)).isInstanceOf(Uncertain.class);
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> refer(known))
                .satisfies(e -> assertThat(e.retryAt()).isPresent());
        clock.advance(Duration.ofSeconds(6));
        assertThat(refer(known)).isInstanceOf(Uncertain.class);
        assertThat(refer(known)).isInstanceOf(Receipt.class);
    }

    /** Four calls of five fail: asks until one does not. */
    private JsonNode platformStatus(String id) throws Exception {
        for (int call = 0; call < 5; call++) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(training.baseUri().resolve("/api/v1/statuses/" + id))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().endsWith("}")) {
                return JSON.readTree(answer.body());
            }
        }
        throw new AssertionError("The flaky post is never shown");
    }

    @Test
    void isUncertainWhereTheReportWasTakenAndTheAnswerLost() throws Exception {
        assertThat(refer(post("TIMES_OUT"))).isInstanceOf(Uncertain.class);
        assertThat(refer(post("BREAKS_OFF"))).isInstanceOf(Uncertain.class);
        assertThat(get("/training/reports")).hasSize(2);
    }

    @Test
    void comesBackAtTheDateThePlatformNames() {
        Content post = post("RATE_LIMITS");
        Instant[] retryAt = new Instant[1];
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> refer(post))
                .satisfies(e -> retryAt[0] = e.retryAt().orElseThrow());
        assertThat(retryAt[0]).isAfter(clock.instant());
        clock.advance(Duration.between(clock.instant(), retryAt[0]));
        assertThat(refer(post)).isInstanceOf(Receipt.class);
    }

    @Test
    void namesTheSettingWhenTheTokenMayNotReport() {
        platform = platform("training-read-only-token");
        platform.checkConnection();
        assertThat(refer(post("OBEDIENT")))
                .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                        .contains("takedown.platforms.training.secret"));
    }

    @Test
    void worksWithTheSecretsTheTrainingPlatformMadeForItself() {
        platform.checkConnection();
    }

    private Platform platform(String tokenFile) {
        return new MastodonPlatformFactory(AlarmStore.silent(clock), clock)
                .create(
                        "training",
                        new PlatformSettings(
                                "mastodon",
                                true,
                                training.baseUri(),
                                List.of(training.baseUri().getAuthority()),
                                null,
                                "file:" + directory.resolve(tokenFile),
                                "file:" + directory.resolve(TrainingSettings.WEBHOOK_SECRET_FILE),
                                null,
                                null,
                                Duration.ofSeconds(2),
                                2,
                                Map.of()));
    }

    private ReferralAnswer refer(Content post) {
        return platform.refer(new Notice("0".repeat(64), post, Category.THREAT, true, false, "It threatens a person."));
    }

    private Look look(Content post) {
        return platform.look(List.of(post)).get(0);
    }

    private Content post(String behaviour) {
        try {
            String scene = JSON.writeValueAsString(
                    Map.of("author", "gang-member", "text", "A made-up threat", "behaviour", behaviour));
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(training.baseUri().resolve("/training/posts"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(scene))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            ContentIdentity identity = ContentIdentities.identify(
                    JSON.readTree(answer.body()).get("url").textValue());
            return new Content(CaseReference.of(2026, 1), identity.key(), identity.canonicalUrl(), Map.of());
        } catch (IOException e) {
            throw new AssertionError("The scene could not be set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The scene could not be set", e);
        }
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(http.send(
                        HttpRequest.newBuilder(training.baseUri().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
