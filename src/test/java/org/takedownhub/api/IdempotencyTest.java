package org.takedownhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.Http;
import org.takedownhub.Http.Answer;
import org.takedownhub.HubSlice.Probe;
import org.takedownhub.HubWebTest;

@HubWebTest
class IdempotencyTest {

    private static final String PROBE = "/api/v1/probe";
    private static final String BODY = "{\"word\":\"once\"}";

    @Autowired
    private Http http;

    @Autowired
    private Probe probe;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Autowired
    private IdempotencyKeys keys;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void startCounting() {
        probe.calls.set(0);
    }

    @AfterEach
    void letEverybodyGo() {
        probe.mayAnswer.countDown();
    }

    @Test
    void repeatsTheAnswerWithoutRepeatingTheEffect() {
        Answer first = http.post(PROBE, key, BODY);
        Answer second = http.post(PROBE, key, BODY);

        assertThat(second.status()).isEqualTo(first.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(probe.calls).hasValue(1);
    }

    @Test
    void repeatsARefusalAsWell() {
        Answer first = http.post(PROBE, key, "{\"wrong\":1}");
        Answer second = http.post(PROBE, key, "{\"wrong\":1}");

        assertThat(first.status()).isEqualTo(400);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void refusesTheKeyForAnotherBody() {
        http.post(PROBE, key, BODY);

        Answer other = http.post(PROBE, key, "{\"word\":\"twice\"}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("type").asText()).endsWith(":idempotency-key-reused");
        assertThat(probe.calls).hasValue(1);
    }

    @Test
    void refusesTheKeyForAnotherQuery() {
        http.post(PROBE, key, BODY);

        assertThat(http.post(PROBE + "?dryRun=true", key, BODY).status()).isEqualTo(422);
    }

    @Test
    void keepsTheKeysOfTwoPeopleApart() {
        http.post(PROBE, key, BODY);

        Answer other = http.send(http.anonymously(PROBE)
                .header("Authorization", Http.basic("caseworker2"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(BODY)));

        assertThat(other.status()).isEqualTo(200);
        assertThat(probe.calls).hasValue(2);
    }

    @Test
    void saysThatTheFirstRequestIsStillBeingWorkedOn() throws InterruptedException {
        probe.entered = new CountDownLatch(1);
        probe.mayAnswer = new CountDownLatch(1);
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> http.post(PROBE, key, BODY));
        assertThat(probe.entered.await(20, TimeUnit.SECONDS)).isTrue();

        Answer second = http.post(PROBE, key, BODY);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.header("Retry-After")).isNotEmpty();
        probe.mayAnswer.countDown();
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(http.post(PROBE, key, BODY).text()).isEqualTo(first.join().text());
    }

    @Test
    void letsOnlyOneOfManyAtOnceThrough() {
        List<CompletableFuture<Answer>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> http.post(PROBE, key, BODY)))
                .toList();

        assertThat(all).allSatisfy(answer -> assertThat(answer.join().status()).isIn(200, 409));
        assertThat(probe.calls).hasValue(1);
    }

    @Test
    void freesTheKeyAfterAFaultOfOurs() {
        assertThat(http.post(PROBE, key, "{\"word\":\"break\"}").status()).isEqualTo(500);
        assertThat(http.post(PROBE, key, "{\"word\":\"break\"}").status()).isEqualTo(500);

        assertThat(probe.calls).hasValue(2);
    }

    @Test
    void takesOverAKeyThatACrashLeftBehind() {
        http.post(PROBE, key, BODY);
        leaveUnanswered(Duration.ofSeconds(61));

        assertThat(http.post(PROBE, key, BODY).status()).isEqualTo(200);
        assertThat(probe.calls).hasValue(2);
    }

    @Test
    void waitsForARequestThatWasAliveJustNow() {
        http.post(PROBE, key, BODY);
        leaveUnanswered(Duration.ofSeconds(59));

        assertThat(http.post(PROBE, key, BODY).status()).isEqualTo(409);
    }

    @Test
    void keepsTheKeyOfALongRequestAliveUntilItAnswers() throws InterruptedException {
        probe.entered = new CountDownLatch(1);
        probe.mayAnswer = new CountDownLatch(1);
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> http.post(PROBE, key, BODY));
        assertThat(probe.entered.await(20, TimeUnit.SECONDS)).isTrue();
        age(Duration.ofHours(1));

        keys.beat();

        assertThat(http.post(PROBE, key, BODY).status()).isEqualTo(409);
        probe.mayAnswer.countDown();
        first.join();
        age(Duration.ofHours(1));
        keys.beat();
        assertThat(aliveAt()).isBefore(clock.instant());
    }

    @Test
    void forgetsAfterTwoDays() {
        http.post(PROBE, key, BODY);
        jdbc.sql("update idempotency_key set created_at = ? where idempotency_key = ?")
                .params(clock.instant().minus(Duration.ofHours(49)).atOffset(ZoneOffset.UTC), key)
                .update();

        assertThat(http.post(PROBE, key, "{\"word\":\"new\"}").status()).isEqualTo(200);
    }

    @Test
    void cleansUpWhatIsForgotten() {
        http.post(PROBE, key, BODY);
        String young = UUID.randomUUID().toString();
        http.post(PROBE, young, BODY);
        jdbc.sql("update idempotency_key set created_at = ? where idempotency_key = ?")
                .params(clock.instant().minus(Duration.ofHours(49)).atOffset(ZoneOffset.UTC), key)
                .update();

        keys.forgetExpired();

        assertThat(stored(key)).isZero();
        assertThat(stored(young)).isOne();
    }

    @Test
    void leavesWebhooksAlone() {
        http.post("/api/v1/platforms/probe/events", key, BODY);
        http.post("/api/v1/platforms/probe/events", key, "{\"word\":\"other\"}");

        assertThat(probe.calls).hasValue(2);
        assertThat(stored(key)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", ""})
    void refusesAKeyThatIsNone(String wrong) {
        Answer answer = http.post(PROBE, wrong, BODY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo("#Idempotency-Key");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertThat(http.post(PROBE, "k".repeat(201), BODY).status()).isEqualTo(400);
    }

    private void leaveUnanswered(Duration silence) {
        jdbc.sql("update idempotency_key set status = null, media_type = null, answer = null where idempotency_key = ?")
                .params(key)
                .update();
        age(silence);
    }

    private void age(Duration silence) {
        jdbc.sql("update idempotency_key set alive_at = ? where idempotency_key = ?")
                .params(clock.instant().minus(silence).atOffset(ZoneOffset.UTC), key)
                .update();
    }

    private Instant aliveAt() {
        return jdbc.sql("select alive_at from idempotency_key where idempotency_key = ?")
                .params(key)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private int stored(String wanted) {
        return jdbc.sql("select count(*) from idempotency_key where idempotency_key = ?")
                .params(wanted)
                .query(Integer.class)
                .single();
    }
}
