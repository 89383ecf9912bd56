package org.takedownhub.training;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the training platform listens and whom it knows. Used in profile {@code training} only.
 *
 * @param port                   its port on the loopback address; 0 takes a free one
 * @param token                  the access token of the hub's account; empty: the one in {@code training-token} in the
 *                               data directory, made at the first start
 * @param webhookSecret          the key its webhooks are signed with; empty: the one in {@code training-webhook-secret}
 *                               in the data directory, made at the first start
 * @param dataDirectory          where its database and its two secrets lie
 * @param hubUrl                 where the hub listens for webhooks
 * @param instance               what the hub calls this platform
 * @param requestsPerFiveMinutes calls one token, and one address without a token, may make in five minutes
 * @param reportsPerDay          reports one account may make in a day (UTC)
 */
@ConfigurationProperties("takedown.training")
public record TrainingSettings(
        @DefaultValue("8090") int port,
        @DefaultValue("") String token,
        @DefaultValue("") String webhookSecret,
        @DefaultValue("./data") Path dataDirectory,
        @DefaultValue("http://localhost:8080") URI hubUrl,
        @DefaultValue("training") String instance,
        @DefaultValue("300") int requestsPerFiveMinutes,
        @DefaultValue("400") int reportsPerDay) {

    /** The name of the file in the data directory that holds the access token in force. */
    public static final String TOKEN_FILE = "training-token";

    /** The name of the file in the data directory that holds the webhook key in force. */
    public static final String WEBHOOK_SECRET_FILE = "training-webhook-secret";

    public TrainingSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("takedown.training.port must lie between 0 and 65535, not " + port);
        }
        if (requestsPerFiveMinutes < 1 || reportsPerDay < 1) {
            throw new IllegalArgumentException("takedown.training limits must be at least 1");
        }
        if (!instance.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "takedown.training.instance must be 1 to 64 letters, digits, - or _, not " + instance);
        }
    }

    /** The settings of a platform on a free port, with the limits of a real one. */
    public static TrainingSettings onFreePort(Path dataDirectory, URI hubUrl) {
        return new TrainingSettings(0, "", "", dataDirectory, hubUrl, "training", 300, 400);
    }

    /** The same settings with other limits. */
    public TrainingSettings withLimits(int requestsPerFiveMinutes, int reportsPerDay) {
        return new TrainingSettings(
                port, token, webhookSecret, dataDirectory, hubUrl, instance, requestsPerFiveMinutes, reportsPerDay);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "TrainingSettings[port=%d, dataDirectory=%s, hubUrl=%s, instance=%s]"
                .formatted(port, dataDirectory, hubUrl, instance);
    }
}
