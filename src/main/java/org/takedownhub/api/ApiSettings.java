package org.takedownhub.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP API.
 *
 * @param largestBody    of an ordinary request
 * @param largestBatch   of a batch of flags
 * @param largestEvent   of a platform's webhook
 * @param largestProof   of a file handed in as proof, with what multipart adds
 * @param largestModels  of models that managers send, all files of a call together
 * @param batchRows      how many rows a batch of flags may have
 * @param answersKept    how long an answer is kept for its {@code Idempotency-Key}
 * @param takenOverAfter how long a request that gives no sign of life (a crash) still holds its key
 */
@ConfigurationProperties("takedown.api")
public record ApiSettings(
        @DefaultValue("64KB") DataSize largestBody,
        @DefaultValue("64MB") DataSize largestBatch,
        @DefaultValue("1MB") DataSize largestEvent,
        @DefaultValue("6MB") DataSize largestProof,
        @DefaultValue("8MB") DataSize largestModels,
        @DefaultValue("50000") int batchRows,
        @DefaultValue("48h") Duration answersKept,
        @DefaultValue("1m") Duration takenOverAfter) {}
