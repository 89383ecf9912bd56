package org.takedownhub.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends {@code report.updated} to the hub, signed as
 * <a href="https://docs.joinmastodon.org/admin/webhooks/">Mastodon signs it</a>. What is due is read from the store,
 * so that nothing is lost by a restart; a delivery that failed is tried again at Mastodon's intervals.
 */
final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_ATTEMPTS = 17;

    private final TrainingStore store;
    private final MastodonJson entities;
    private final Clock clock;
    private final String secret;
    private final URI address;
    private final HttpClient http;
    private final ScheduledExecutorService worker;

    Webhooks(TrainingStore store, MastodonJson entities, Clock clock, String secret, TrainingSettings settings) {
        this.store = store;
        this.entities = entities;
        this.clock = clock;
        this.secret = secret;
        String hub = settings.hubUrl().toString().replaceAll("/+$", "");
        address = URI.create(hub + "/api/v1/platforms/" + settings.instance() + "/events");
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "training-webhooks");
            thread.setDaemon(true);
            return thread;
        });
        worker.scheduleWithFixedDelay(this::sendWhatIsDue, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendWhatIsDue() {
        try {
            for (TrainingStore.Delivery delivery : store.dueDeliveries()) {
                send(delivery);
            }
        } catch (DataAccessException failure) {
            LOG.warn("The training platform cannot read which webhooks are due; it tries again", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(TrainingStore.Delivery delivery) throws InterruptedException {
        byte[] body = Answers.bytes(
                entities.closedReport(store.report(delivery.reportId()).orElseThrow()));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Mastodon/" + MastodonJson.VERSION + " (training platform)")
                .header("X-Hub-Signature", "sha256=" + signature(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            boolean taken = status >= 200 && status < 300;
            boolean hopeless = status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
            if (taken || hopeless) {
                store.end(delivery, "answered " + status);
            } else {
                later(delivery, "answered " + status);
            }
        } catch (IOException unreachable) {
            later(delivery, "no answer");
        }
    }

    private void later(TrainingStore.Delivery delivery, String outcome) {
        int attempts = delivery.attempts() + 1;
        if (attempts >= MOST_ATTEMPTS) {
            store.end(delivery, outcome + ", given up");
            LOG.warn("The webhook about report {} was given up after {} attempts", delivery.reportId(), attempts);
            return;
        }
        Instant next = clock.instant().plusSeconds((long) Math.pow(delivery.attempts(), 4) + 15);
        store.tryAgain(delivery, next, outcome);
    }

    private String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A webhook is still on its way while the training platform stops");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
