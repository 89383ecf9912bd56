package org.takedownhub.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.takedownhub.BesideOthers;

@BesideOthers
class TrainingPlatformTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-11-22T12:00:30Z");

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock(START);
    private final HttpClient http = HttpClient.newHttpClient();
    private final HubStub hub = new HubStub();
    private TrainingPlatform platform;

    @BeforeEach
    void start() {
        platform = TrainingPlatform.start(TrainingSettings.onFreePort(directory, hub.address()), clock);
    }

    @AfterEach
    void stop() {
        platform.close();
        hub.close();
    }

    private record Scene(String id, String url, String path, String uri, String accountId) {}

    @Nested
    class Behaviours {

        @Test
        void anObedientPostIsGoneTwoSecondsAfterTheReport() {
            Scene post = post("OBEDIENT");

            assertThat(report(post).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMillis(1_999));
            assertThat(status(post).statusCode()).isEqualTo(200);
            assertThat(found(post)).isTrue();

            clock.advance(Duration.ofMillis(1));
            assertRecordNotFound(status(post));
            assertThat(found(post)).isFalse();
            assertThat(page(post).statusCode()).isEqualTo(404);
            assertThat(object(post).statusCode()).isEqualTo(404);
        }

        @Test
        void nothingHappensToAPostNobodyReported() {
            Scene post = post("OBEDIENT");

            clock.advance(Duration.ofDays(30));

            assertThat(status(post).statusCode()).isEqualTo(200);
        }

        @Test
        void aSlowPostIsGoneAfterTheSecondsOfTheScene() {
            Scene post = post("SLOW", 90);

            report(post);
            clock.advance(Duration.ofSeconds(89));
            assertThat(status(post).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));
            assertRecordNotFound(status(post));
        }

        @Test
        void aSecondReportDoesNotGiveASlowPostMoreTime() {
            Scene post = post("SLOW", 90);

            report(post);
            clock.advance(Duration.ofSeconds(60));
            report(post);
            clock.advance(Duration.ofSeconds(30));

            assertRecordNotFound(status(post));
        }

        @ParameterizedTest
        @EnumSource(
                value = Behaviour.class,
                names = {"IGNORES", "REFUSES"})
        void aPostStaysUp(Behaviour behaviour) {
            Scene post = post(behaviour.name());

            report(post);
            clock.advance(Duration.ofDays(30));

            assertThat(status(post).statusCode()).isEqualTo(200);
            assertThat(page(post).statusCode()).isEqualTo(200);
            assertThat(object(post).statusCode()).isEqualTo(200);
        }

        @Test
        void aReturningPostGoesAtOnceAndComesBackAndGoesAgainWhenItIsReportedAgain() {
            Scene post = post("RETURNS", 30);

            report(post);
            assertRecordNotFound(status(post));
            clock.advance(Duration.ofSeconds(30));
            assertThat(status(post).statusCode()).isEqualTo(200);
            assertThat(found(post)).isTrue();

            assertThat(report(post).statusCode()).isEqualTo(200);
            assertRecordNotFound(status(post));
        }

        @Test
        void aLogInWallHidesThePostWithoutSayingThatItIsGone() {
            Scene post = post("LOGIN_WALL");
            assertThat(status(post).statusCode()).isEqualTo(200);

            report(post);

            HttpResponse<String> status = status(post);
            assertThat(status.statusCode()).isEqualTo(401);
            assertThat(json(status).path("error").asText()).isEqualTo("This API requires an authenticated user");
            assertThat(page(post).statusCode()).isEqualTo(302);
            assertThat(page(post).headers().firstValue("Location")).hasValue(platform.baseUri() + "/auth/sign_in");
            assertThat(object(post).statusCode()).isEqualTo(401);
        }

        @Test
        void aSoft404IsAShellOnThePageWhileTheApiStillServesThePost() {
            Scene post = post("SOFT_404");
            assertThat(page(post).body()).contains("about SOFT_404");

            report(post);

            HttpResponse<String> page = page(post);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Not found").doesNotContain("about SOFT_404");
            assertThat(json(status(post)).path("id").asText()).isEqualTo(post.id());
            assertThat(json(object(post)).path("type").asText()).isEqualTo("Note");
        }

        @Test
        void readingAFlakyPostFailsInFourWaysAndThenWorks() {
            Scene post = post("FLAKY");

            assertThat(status(post).statusCode()).isEqualTo(500);
            HttpResponse<String> limited = status(post);
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("X-RateLimit-Remaining")).hasValue("0");
            assertThat(reset(limited)).isEqualTo(START.plusSeconds(5));
            HttpResponse<String> page = status(post);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
            HttpResponse<String> half = status(post);
            assertThat(half.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> JSON.readTree(half.body())).isInstanceOf(JsonProcessingException.class);
            assertThat(json(status(post)).path("id").asText()).isEqualTo(post.id());
        }

        @Test
        void reportingAFlakyPostFailsInThreeWaysAndIsKeptOnce() {
            Scene post = post("FLAKY");

            assertThat(report(post).statusCode()).isEqualTo(500);
            assertThat(report(post).statusCode()).isEqualTo(429);
            assertThat(report(post).statusCode()).isEqualTo(502);
            assertThat(reports()).isEmpty();
            assertThat(report(post).statusCode()).isEqualTo(200);

            assertThat(reports()).hasSize(1);
            clock.advance(Duration.ofSeconds(2));
            List<Integer> answers = new ArrayList<>();
            for (int call = 0; call < 5; call++) {
                answers.add(status(post).statusCode());
            }
            assertThat(answers).containsExactly(500, 429, 200, 200, 404);
        }

        @Test
        void aTimeOutKeepsTheReportAndAnswersLate() {
            Scene post = post("TIMES_OUT", 600);

            CompletableFuture<HttpResponse<String>> late =
                    http.sendAsync(reporting(post).build(), HttpResponse.BodyHandlers.ofString());
            await().untilAsserted(() -> assertThat(reports()).hasSize(1));

            assertThat(late).isNotDone();
            assertThat(report(post).statusCode()).isEqualTo(200);
        }

        @Test
        void anAnswerThatBreaksOffBelongsToAReportThatWasKept() {
            Scene post = post("BREAKS_OFF");

            HttpResponse<String> answer = report(post);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> JSON.readTree(answer.body())).isInstanceOf(JsonProcessingException.class);
            assertThat(reports()).hasSize(1);
        }

        @Test
        void aLimitedReportNamesTheDateFromWhichItIsTaken() {
            Scene post = post("RATE_LIMITS", 40);

            HttpResponse<String> refused = report(post);
            assertThat(refused.statusCode()).isEqualTo(429);
            Instant until = ZonedDateTime.parse(
                            refused.headers().firstValue("Retry-After").orElseThrow(),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertThat(until).isEqualTo(reset(refused)).isAfter(START.plusSeconds(39));

            clock.advance(Duration.between(clock.instant(), until).minusMillis(1));
            assertThat(report(post).statusCode()).isEqualTo(429);
            assertThat(reports()).isEmpty();
            clock.advance(Duration.ofMillis(1));
            assertThat(report(post).statusCode()).isEqualTo(200);
        }

        @Test
        void aPostItsAuthorDeletedLeavesATombstone() {
            Scene post = post("IGNORES");

            assertThat(send(to("/training/posts/" + post.id() + "/remove").POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(200);

            assertRecordNotFound(status(post));
            assertThat(object(post).statusCode()).isEqualTo(410);
            assertThat(json(object(post)).path("type").asText()).isEqualTo("Tombstone");
            assertThat(page(post).statusCode()).isEqualTo(410);
            assertRecordNotFound(report(post));
        }
    }

    @Nested
    class ReportingRules {

        @Test
        void answersWithTheDocumentedReport() {
            Scene post = post("IGNORES");

            JsonNode report = json(report(post));

            List<String> fields = new ArrayList<>();
            report.fieldNames().forEachRemaining(fields::add);
            assertThat(fields)
                    .containsExactly(
                            "id",
                            "action_taken",
                            "action_taken_at",
                            "category",
                            "comment",
                            "forwarded",
                            "created_at",
                            "status_ids",
                            "collection_ids",
                            "rule_ids",
                            "target_account");
            assertThat(report.path("id").isTextual()).isTrue();
            assertThat(report.path("action_taken").asBoolean(true)).isFalse();
            assertThat(report.path("category").asText()).isEqualTo("legal");
            assertThat(report.path("created_at").asText()).isEqualTo("2026-11-22T12:00:30.000Z");
            assertThat(report.path("status_ids").get(0).asText()).isEqualTo(post.id());
            assertThat(report.path("rule_ids").isNull()).isTrue();
            assertThat(report.path("target_account").path("id").asText()).isEqualTo(post.accountId());
        }

        @Test
        void takesAForm() {
            Scene post = post("IGNORES");

            HttpResponse<String> answer = reportForm(
                    "account_id=" + post.accountId() + "&status_ids[]=" + post.id() + "&comment=a+b&rule_ids[]=2");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("category").asText()).isEqualTo("violation");
            assertThat(json(answer).path("rule_ids").get(0).asText()).isEqualTo("2");
            assertThat(reports().get(0).path("statusIds").get(0).asText()).isEqualTo(post.id());
            assertThat(reports().get(0).path("comment").asText()).isEqualTo("a b");
        }

        @Test
        void takesAMultipartForm() {
            Scene post = post("IGNORES");
            StringBuilder body = new StringBuilder();
            List.of("account_id=" + post.accountId(), "status_ids[]=" + post.id(), "comment=x")
                    .forEach(field -> body.append("--cut\r\nContent-Disposition: form-data; name=\"")
                            .append(field.replace("=", "\"\r\n\r\n"))
                            .append("\r\n"));

            HttpResponse<String> answer = send(authorised("/api/v1/reports")
                    .header("Content-Type", "multipart/form-data; boundary=cut")
                    .POST(text(body + "--cut--\r\n")));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(reports().get(0).path("statusIds").get(0).asText()).isEqualTo(post.id());
            assertThat(reports().get(0).path("comment").asText()).isEqualTo("x");
        }

        @Test
        void dropsAScalarWhereAListIsExpected() {
            Scene post = post("OBEDIENT");

            HttpResponse<String> answer = reportForm("account_id=" + post.accountId() + "&status_ids=" + post.id());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("status_ids")).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            assertThat(status(post).statusCode()).isEqualTo(200);
        }

        @Test
        void refusesAMissingOrWrongToken() {
            Scene post = post("IGNORES");

            for (HttpRequest.Builder request :
                    List.of(reportingWithout(post), reportingWithout(post).header("Authorization", "Bearer wrong"))) {
                HttpResponse<String> answer = send(request);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(json(answer).path("error").asText()).isEqualTo("The access token is invalid");
                assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            }
            assertThat(reports()).isEmpty();
        }

        @Test
        void refusesATokenThatMayOnlyRead() {
            HttpResponse<String> answer = send(
                    reportingWithout(post("IGNORES")).header("Authorization", "Bearer " + platform.readOnlyToken()));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(json(answer).path("error").asText()).isEqualTo("This action is outside the authorized scopes");
        }

        @Test
        void knowsNoOtherAccountsAndNoPostsOfOthers() {
            Scene mine = post("IGNORES");
            Scene other = post("somebody_else", "IGNORES", null);

            assertRecordNotFound(reportForm("account_id=1&status_ids[]=" + mine.id()));
            assertRecordNotFound(reportForm("comment=no+account"));
            assertRecordNotFound(reportForm("account_id=" + mine.accountId() + "&status_ids[]=" + other.id()));
            assertThat(reports()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "category=violation, Rule ids does not reference valid rules",
            "category=violation&rule_ids[]=99, Rule ids does not reference valid rules",
            "category=dangerous, Category is not included in the list"
        })
        void refusesWhatDoesNotValidate(String fields, String message) {
            HttpResponse<String> answer =
                    reportForm("account_id=" + post("IGNORES").accountId() + "&" + fields);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(json(answer).path("error").asText()).isEqualTo("Validation failed: " + message);
        }

        @Test
        void countsTheCommentInCharacters() {
            Scene post = post("IGNORES");
            String knives = "\uD83D\uDD2A".repeat(1_000);

            assertThat(reportWithComment(post, knives).statusCode()).isEqualTo(200);
            assertThat(reports().get(0).path("comment").asText()).isEqualTo(knives);
            HttpResponse<String> tooLong = reportWithComment(post, knives + "x");
            assertThat(tooLong.statusCode()).isEqualTo(422);
            assertThat(json(tooLong).path("error").asText())
                    .isEqualTo("Validation failed: Comment is too long (maximum is 1000 characters)");
        }

        @Test
        void showsTheNearestLimit() {
            Scene post = post("IGNORES");

            HttpResponse<String> first = report(post);

            assertThat(first.headers().firstValue("X-RateLimit-Limit")).hasValue("300");
            assertThat(first.headers().firstValue("X-RateLimit-Remaining")).hasValue("299");
            assertThat(first.headers().firstValue("X-RateLimit-Reset")).hasValue("2026-11-22T12:05:00.000000Z");
        }

        @Test
        void takesNoMoreReportsADayThanTheLimit() {
            restartWith(300, 2);
            Scene post = post("IGNORES");

            assertThat(report(post).headers().firstValue("X-RateLimit-Remaining"))
                    .hasValue("1");
            assertThat(report(post).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = report(post);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(json(refused).path("error").asText()).isEqualTo("Too many requests");
            assertThat(reset(refused)).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
            restartWith(300, 2);
            assertThat(report(post).statusCode()).isEqualTo(429);
            clock.advance(Duration.ofHours(12));
            assertThat(report(post).statusCode()).isEqualTo(200);
            assertThat(reports()).hasSize(3);
        }

        @Test
        void limitsCallsInFiveMinutesByTokenAndByAddress() {
            restartWith(3, 400);
            for (int call = 0; call < 3; call++) {
                assertThat(send(authorised("/api/v1/instance")).statusCode()).isEqualTo(200);
            }

            HttpResponse<String> refused = send(authorised("/api/v1/instance"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(reset(refused)).isEqualTo(Instant.parse("2026-11-22T12:05:00Z"));
            assertThat(send(to("/api/v1/instance")).statusCode()).isEqualTo(200);
            clock.advance(Duration.between(clock.instant(), reset(refused)));
            assertThat(send(authorised("/api/v1/instance")).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class LookingUp {

        @Test
        void resolvesEverySpellingOfAPostsAddress() {
            Scene post = post("IGNORES");
            String base = platform.baseUri().toString();

            for (String spelling : List.of(
                    post.url(),
                    post.uri(),
                    base + "/web/statuses/" + post.id(),
                    base + "/statuses/" + post.id(),
                    post.url() + "/",
                    post.url() + "?utm_source=x#top",
                    post.url().replace("localhost", "127.0.0.1"))) {
                JsonNode statuses = json(send(authorised(search(spelling)))).path("statuses");
                assertThat(statuses).as(spelling).hasSize(1);
                assertThat(statuses.get(0).path("uri").asText()).isEqualTo(post.uri());
                assertThat(statuses.get(0).path("account").path("id").asText()).isEqualTo(post.accountId());
            }
            assertThat(json(send(authorised(search("https://elsewhere.example/@x/1"))))
                            .path("statuses"))
                    .isEmpty();
        }

        @Test
        void resolvesForThoseWhoAreSignedInOnly() {
            Scene post = post("IGNORES");

            HttpResponse<String> answer = send(to(search(post.url())));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).path("error").asText())
                    .isEqualTo("Search queries that resolve remote resources are not supported without authentication");
            assertThat(send(authorised("/api/v2/search?resolve=true")).statusCode())
                    .isEqualTo(400);
        }

        @Test
        void alwaysListsAnOrdinaryPostThatStays() {
            for (int number = 0; number < 50; number++) {
                post("OBEDIENT");
            }

            JsonNode timeline = json(send(to("/api/v1/timelines/public?local=true&limit=1")));

            assertThat(timeline).hasSize(1);
            String id = timeline.get(0).path("id").asText();
            assertThat(send(to("/api/v1/statuses/" + id)).statusCode()).isEqualTo(200);
            HttpResponse<String> refused =
                    send(to("/training/posts/" + id + "/remove").POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(reportForm("account_id="
                                    + timeline.get(0).path("account").path("id").asText() + "&status_ids[]=" + id)
                            .statusCode())
                    .isEqualTo(200);
            clock.advance(Duration.ofDays(1));
            assertThat(send(to("/api/v1/statuses/" + id)).statusCode()).isEqualTo(200);
        }

        @Test
        void tellsWhoTheTokenBelongsTo() {
            JsonNode account = json(send(authorised("/api/v1/accounts/verify_credentials")));

            assertThat(account.path("username").asText()).isEqualTo("takedown_hub");
            assertThat(account.path("source").isObject()).isTrue();
            assertThat(send(to("/api/v1/accounts/verify_credentials")).statusCode())
                    .isEqualTo(401);
        }

        @Test
        void findsAccountsByIdAndName() {
            Scene post = post("IGNORES");

            assertThat(json(send(to("/api/v1/accounts/" + post.accountId())))
                            .path("username")
                            .asText())
                    .isEqualTo("north_side");
            assertThat(json(send(to("/api/v1/accounts/lookup?acct=@NORTH_SIDE")))
                            .path("id")
                            .asText())
                    .isEqualTo(post.accountId());
            assertRecordNotFound(send(to("/api/v1/accounts/lookup?acct=nobody")));
            assertRecordNotFound(send(to("/api/v1/accounts/lookup?acct=north_side@elsewhere.example")));
            assertRecordNotFound(send(to("/api/v1/accounts/12")));
        }

        @Test
        void describesItself() {
            assertThat(json(send(to("/api/v2/instance"))).path("version").asText())
                    .isEqualTo("4.6.0");
            assertThat(json(send(to("/api/v1/instance"))).path("uri").asText())
                    .isEqualTo(platform.baseUri().getAuthority());
            assertThat(json(send(to("/api/v1/instance/rules")))).hasSize(3);
            assertThat(json(send(to("/api/v1/nonsense"))).path("error").asText())
                    .isEqualTo("Not Found");
        }

        @Test
        void answersAHeadRequestLikeAGet() {
            Scene post = post("IGNORES");

            HttpResponse<String> head = send(to(post.path()).method("HEAD", HttpRequest.BodyPublishers.noBody()));

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }

        @Test
        void serves404ForAPostUnderAnotherAuthorsName() {
            Scene post = post("IGNORES");

            assertThat(send(to("/@nobody/" + post.id())).statusCode()).isEqualTo(404);
            assertThat(send(to("/@north_side/notanumber")).statusCode()).isEqualTo(404);
            assertThat(send(to("/api/v1/statuses/999999999999999999999")).statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    class WebhookDelivery {

        @Test
        void saysSignedThatAReportWasClosed() throws Exception {
            Scene post = post("REFUSES");
            String reportId = json(report(post)).path("id").asText();

            clock.advance(Duration.ofSeconds(2));
            await().untilAsserted(() -> assertThat(hub.calls()).hasSize(1));

            HubStub.Call call = hub.calls().get(0);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/api/v1/platforms/training/events");
            assertThat(call.header("Content-type")).isEqualTo("application/json");
            assertThat(call.header("X-hub-signature"))
                    .isEqualTo("sha256=" + hmac(platform.webhookSecret(), call.body()));
            JsonNode event = JSON.readTree(call.body());
            assertThat(event.path("event").asText()).isEqualTo("report.updated");
            assertThat(event.path("created_at").asText()).isEqualTo("2026-11-22T12:00:32.000Z");
            assertThat(event.path("object").path("id").asText()).isEqualTo(reportId);
            assertThat(event.path("object").path("action_taken").asBoolean()).isTrue();
            assertThat(event.path("object").path("updated_at").asText()).isEqualTo("2026-11-22T12:00:32.000Z");
            assertThat(event.path("object").path("statuses").get(0).path("id").asText())
                    .isEqualTo(post.id());
            assertThat(status(post).statusCode()).isEqualTo(200);
        }

        @Test
        void sendsTheSameBytesAgainUntilTheHubTakesThem() {
            hub.answersNext(503, 429);
            report(post("REFUSES"));

            clock.advance(Duration.ofSeconds(2));
            await().untilAsserted(() -> assertThat(hub.calls()).hasSize(1));
            awaitOutcome("answered 503");
            clock.advance(Duration.ofSeconds(15));
            await().untilAsserted(() -> assertThat(hub.calls()).hasSize(2));
            awaitOutcome("answered 429");
            clock.advance(Duration.ofSeconds(16));
            await().untilAsserted(() -> assertThat(hub.calls()).hasSize(3));

            assertThat(hub.calls().get(2).body()).isEqualTo(hub.calls().get(0).body());
            awaitOutcome("answered 202");
            clock.advance(Duration.ofDays(9));
            assertStays(3);
        }

        @Test
        void givesUpWhenTheHubWillNeverTakeIt() {
            hub.answersNext(404);
            report(post("REFUSES"));

            clock.advance(Duration.ofSeconds(2));
            awaitOutcome("answered 404");
            clock.advance(Duration.ofDays(9));

            assertStays(1);
        }

        @Test
        void isSentAfterARestartWhenItWasDueMeanwhile() {
            report(post("REFUSES"));
            platform.stop();
            clock.advance(Duration.ofMinutes(1));
            assertThat(hub.calls()).isEmpty();

            platform.start();

            await().untilAsserted(() -> assertThat(hub.calls()).hasSize(1));
        }

        /** The next attempt is planned only once this one is written down; the clock must not move before. */
        private void awaitOutcome(String outcome) {
            await().untilAsserted(() -> assertThat(overview()).contains("webhook: " + outcome));
        }

        private void assertStays(int calls) {
            await().during(Duration.ofMillis(800))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(hub.calls()).hasSize(calls));
        }

        private String hmac(String secret, byte[] body) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        }
    }

    @Nested
    class Restarts {

        @Test
        void keepPostsReportsAndWhatIsStillToHappen() {
            Scene slow = post("SLOW", 60);
            report(slow);
            String token = platform.token();
            JsonNode before = reports().get(0);

            restartWith(300, 400);

            assertThat(platform.token()).isEqualTo(token);
            assertThat(reports().get(0)).isEqualTo(before);
            assertThat(status(slow).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(60));
            assertRecordNotFound(status(slow));
        }

        @Test
        void keepIdsIncreasing() {
            Scene first = post("IGNORES");
            Scene second = post("IGNORES");
            restartWith(300, 400);
            Scene third = post("IGNORES");

            assertThat(Long.parseLong(second.id())).isGreaterThan(Long.parseLong(first.id()));
            assertThat(Long.parseLong(third.id())).isGreaterThan(Long.parseLong(second.id()));
        }

        @Test
        void stopWhileACallerIsKeptWaiting() {
            Scene post = post("TIMES_OUT", 600);
            http.sendAsync(reporting(post).build(), HttpResponse.BodyHandlers.ofString());
            await().untilAsserted(() -> assertThat(reports()).hasSize(1));

            await().atMost(20, TimeUnit.SECONDS).until(() -> {
                platform.stop();
                return !platform.isRunning();
            });
            platform.start();
            clock.advance(Duration.ofSeconds(2));
            assertRecordNotFound(status(post));
        }
    }

    @Nested
    class Scenes {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"text\":\"x\",\"behaviour\":\"OBEDIENT\"} | author",
                    "{\"author\":\"a b\",\"text\":\"x\",\"behaviour\":\"OBEDIENT\"} | author",
                    "{\"author\":\"<script>\",\"text\":\"x\",\"behaviour\":\"OBEDIENT\"} | author",
                    "{\"author\":\"a\",\"text\":\" \",\"behaviour\":\"OBEDIENT\"} | text",
                    "{\"author\":\"a\",\"text\":7,\"behaviour\":\"OBEDIENT\"} | text",
                    "{\"author\":\"a\",\"text\":\"x\"} | behaviour",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"obedient\"} | behaviour",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"SLOW\",\"afterSeconds\":-1} | afterSeconds",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"SLOW\",\"afterSeconds\":\"5\"} | afterSeconds",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"SLOW\",\"afterSeconds\":99999999999999999999} | afterSeconds",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"SLOW\",\"media\":[1]} | media",
                    "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"SLOW\",\"mood\":\"bad\"} | mood"
                })
        void nameTheFieldThatIsWrong(String body, String field) {
            HttpResponse<String> answer = send(to("/training/posts").POST(text(body)));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).path("field").asText()).isEqualTo(field);
            assertThat(json(answer).path("error").asText()).startsWith(field + ": ");
        }

        @Test
        void refuseWhatIsNoJsonObjectOrTooLarge() {
            assertThat(send(to("/training/posts").POST(text("{"))).statusCode()).isEqualTo(400);
            assertThat(send(to("/training/posts").POST(text("[]"))).statusCode())
                    .isEqualTo(400);
            assertThat(send(to("/training/posts").POST(text("\"" + "x".repeat(70_000) + "\"")))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(send(to("/training/posts/12/remove").POST(text(""))).statusCode())
                    .isEqualTo(404);
        }

        @Test
        void comeFromNoPageElsewhereAndNoOtherName() throws IOException {
            String body = "{\"author\":\"a\",\"text\":\"x\",\"behaviour\":\"OBEDIENT\"}";

            assertThat(send(to("/training/posts")
                                    .header("Origin", "https://evil.example")
                                    .POST(text(body)))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(statusLineForHost("evil.example")).contains(" 421");
            assertThat(statusLineForHost(platform.baseUri().getAuthority())).contains(" 200");
        }

        /** Over a bare socket, because no client lets a caller choose the Host header. */
        private String statusLineForHost(String host) throws IOException {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), platform.baseUri().getPort())) {
                socket.setSoTimeout(20_000);
                String request = "GET /training/reports HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(UTF_8));
                return new String(socket.getInputStream().readAllBytes(), UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow();
            }
        }

        @Test
        void serveEqualPicturesForEqualNames() {
            Scene one = withMedia("knife.png");
            Scene two = withMedia("knife.png");

            JsonNode attachment = json(status(one)).path("media_attachments").get(0);

            assertThat(attachment.path("type").asText()).isEqualTo("image");
            assertThat(attachment.path("url"))
                    .isEqualTo(
                            json(status(two)).path("media_attachments").get(0).path("url"));
            HttpResponse<String> picture =
                    send(to(URI.create(attachment.path("url").asText()).getPath()));
            assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        }

        @Test
        void canBeSetFromTheForm() {
            assertThat(send(to("/training/new")).body()).contains("OBEDIENT", "RATE_LIMITS");
            String form = "author=north_side&text=one%0D%0Atwo&media=&behaviour=SLOW&afterSeconds=";

            assertThat(sendForm(form + "soon").statusCode()).isEqualTo(400);
            assertThat(sendForm(form + "soon").body()).contains("afterSeconds: must be a whole number");
            assertThat(sendForm(form + "9").statusCode()).isEqualTo(303);

            JsonNode posts = json(send(to("/training/posts")));
            assertThat(posts.get(0).path("behaviour").asText()).isEqualTo("SLOW");
            assertThat(posts.get(0).path("standing").asText()).isEqualTo("UP");
            assertThat(overview()).contains("one\ntwo").contains("SLOW, 9 s");
        }

        private HttpResponse<String> sendForm(String form) {
            return send(to("/training/new")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", platform.baseUri().toString())
                    .POST(text(form)));
        }

        @Test
        void areShownEscaped() {
            Scene post = post("x", "IGNORES", null, "<script>alert('one & two')</script>");
            reportWithComment(post, "<img src=x onerror=alert(1)>");

            assertThat(overview())
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x")
                    .contains("&lt;script&gt;alert")
                    .contains("&lt;img src=x");
            assertThat(page(post).body()).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
            assertThat(json(status(post)).path("content").asText()).doesNotContain("<script>");
        }
    }

    @Nested
    class Secrets {

        @Test
        void lieInFilesThatOnlyTheirOwnerMayRead() throws IOException {
            for (String name : List.of(TrainingSettings.TOKEN_FILE, TrainingSettings.WEBHOOK_SECRET_FILE)) {
                Path file = directory.resolve(name);
                assertThat(Files.readString(file)).hasSize(43);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            assertThat(Files.readString(directory.resolve(TrainingSettings.TOKEN_FILE)))
                    .isEqualTo(platform.token());
            assertThat(Files.readString(directory.resolve(TrainingSettings.WEBHOOK_SECRET_FILE)))
                    .isEqualTo(platform.webhookSecret())
                    .isNotEqualTo(platform.token());
        }

        @Test
        void canBeGivenAndAreThenTheOnesInTheFile() throws IOException {
            TrainingSettings given =
                    new TrainingSettings(0, "given-token", "given-key", directory, hub.address(), "training", 300, 400);
            TrainingPlatform other = new TrainingPlatform(given, clock);

            assertThat(other.token()).isEqualTo("given-token");
            assertThat(Files.readString(directory.resolve(TrainingSettings.TOKEN_FILE)))
                    .isEqualTo("given-token");
            assertThat(given.toString()).doesNotContain("given-token").doesNotContain("given-key");
        }
    }

    private Scene post(String behaviour) {
        return post("north_side", behaviour, null);
    }

    private Scene post(String behaviour, int afterSeconds) {
        return post("north_side", behaviour, afterSeconds);
    }

    private Scene post(String author, String behaviour, Integer afterSeconds) {
        return post(author, behaviour, afterSeconds, "A post about " + behaviour);
    }

    private Scene post(String author, String behaviour, Integer afterSeconds, String text) {
        ObjectNode body = JSON.createObjectNode();
        body.put("author", author).put("text", text).put("behaviour", behaviour);
        if (afterSeconds != null) {
            body.put("afterSeconds", afterSeconds);
        }
        return publish(body);
    }

    private Scene withMedia(String name) {
        ObjectNode body = JSON.createObjectNode();
        body.put("author", "north_side").put("text", "look").put("behaviour", "IGNORES");
        body.putArray("media").add(name);
        return publish(body);
    }

    private Scene publish(ObjectNode body) {
        HttpResponse<String> answer = send(
                to("/training/posts").header("Content-Type", "application/json").POST(text(body.toString())));
        assertThat(answer.statusCode()).isEqualTo(201);
        String author = body.path("author").asText();
        String id = json(answer).path("id").asText();
        String url = json(answer).path("url").asText();
        assertThat(url).isEqualTo(platform.baseUri() + "/@" + author + "/" + id);
        JsonNode account = json(send(to("/api/v1/accounts/lookup?acct=" + author)));
        return new Scene(
                id,
                url,
                URI.create(url).getPath(),
                platform.baseUri() + "/users/" + author + "/statuses/" + id,
                account.path("id").asText());
    }

    private HttpResponse<String> report(Scene post) {
        return send(reporting(post));
    }

    private HttpRequest.Builder reporting(Scene post) {
        return reportingWithout(post).header("Authorization", "Bearer " + platform.token());
    }

    private HttpRequest.Builder reportingWithout(Scene post) {
        return to("/api/v1/reports")
                .header("Content-Type", "application/json")
                .POST(text(reportBody(post, "Reference")));
    }

    private HttpResponse<String> reportWithComment(Scene post, String comment) {
        return send(authorised("/api/v1/reports")
                .header("Content-Type", "application/json")
                .POST(text(reportBody(post, comment))));
    }

    private static String reportBody(Scene post, String comment) {
        ObjectNode body = JSON.createObjectNode();
        body.put("account_id", post.accountId()).put("category", "legal").put("comment", comment);
        body.putArray("status_ids").add(post.id());
        return body.toString();
    }

    private HttpResponse<String> reportForm(String form) {
        return send(authorised("/api/v1/reports")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(text(form.replace("[]", "%5B%5D"))));
    }

    private HttpResponse<String> status(Scene post) {
        return send(to("/api/v1/statuses/" + post.id()));
    }

    private HttpResponse<String> page(Scene post) {
        return send(to(post.path()).header("Accept", "text/html"));
    }

    private HttpResponse<String> object(Scene post) {
        return send(to(URI.create(post.uri()).getPath()).header("Accept", "application/activity+json"));
    }

    private boolean found(Scene post) {
        return !json(send(authorised(search(post.url())))).path("statuses").isEmpty();
    }

    private String overview() {
        return send(to("/")).body();
    }

    private List<JsonNode> reports() {
        List<JsonNode> reports = new ArrayList<>();
        json(send(to("/training/reports"))).forEach(reports::add);
        return reports;
    }

    private static String search(String query) {
        return "/api/v2/search?resolve=true&type=statuses&q=" + URLEncoder.encode(query, UTF_8);
    }

    private void restartWith(int requestsPerFiveMinutes, int reportsPerDay) {
        platform.close();
        platform = TrainingPlatform.start(
                TrainingSettings.onFreePort(directory, hub.address()).withLimits(requestsPerFiveMinutes, reportsPerDay),
                clock);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(platform.baseUri().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpRequest.Builder authorised(String path) {
        return to(path).header("Authorization", "Bearer " + platform.token());
    }

    private static HttpRequest.BodyPublisher text(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException failure) {
            throw new AssertionError("No JSON: " + response.body(), failure);
        }
    }

    private static Instant reset(HttpResponse<String> response) {
        return Instant.parse(response.headers().firstValue("X-RateLimit-Reset").orElseThrow());
    }

    private static void assertRecordNotFound(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asText()).isEqualTo("Record not found");
    }
}
