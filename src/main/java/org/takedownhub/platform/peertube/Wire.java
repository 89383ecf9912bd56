package org.takedownhub.platform.peertube;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * What goes over the wire, as far as the hub reads or writes it (the types package of PeerTube 8). What is read comes
 * from outside: any part may be missing.
 */
final class Wire {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private Wire() {}

    static boolean isUuid(@Nullable String text) {
        return text != null && UUID.matcher(text).matches();
    }

    /** The number of a report; empty for whatever cannot be one. */
    static Optional<Long> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Long::valueOf);
    }

    record Client(
            @JsonProperty("client_id") @Nullable String id, @JsonProperty("client_secret") @Nullable String secret) {

        @Override
        public String toString() {
            return "Client";
        }
    }

    record Token(
            @JsonProperty("access_token") @Nullable String access,
            @JsonProperty("refresh_token") @Nullable String refresh,
            @JsonProperty("expires_in") @Nullable Long expiresIn) {

        @Override
        public String toString() {
            return "Token";
        }
    }

    /** RFC 7807; {@code code} is PeerTube's own. */
    record Problem(@Nullable Integer status, @Nullable String detail, @Nullable String code) {}

    record User(@Nullable String username) {}

    record Video(@Nullable String uuid) {}

    record Videos(@Nullable List<@Nullable Video> data) {}

    /** @param startAt seconds; absent unless known */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportedVideo(String id, @Nullable Integer startAt, @Nullable Integer endAt) {}

    record Report(String reason, List<String> predefinedReasons, ReportedVideo video) {}

    record Filed(@Nullable Numbered abuse) {}

    record Message(String message) {}

    record Said(@Nullable Numbered abuseMessage) {}

    record Numbered(@Nullable Long id) {}

    /** Our report, as {@code users/me/abuses} shows it. */
    record Abuse(
            @Nullable Long id,
            @Nullable Numbered state,
            @Nullable AbuseVideo video,
            @Nullable Integer countMessages,
            @Nullable String createdAt,
            @Nullable String updatedAt) {}

    record AbuseVideo(@Nullable String uuid, @Nullable Boolean deleted, @Nullable Boolean blacklisted) {}

    record Abuses(@Nullable List<@Nullable Abuse> data) {}

    record AbuseMessage(
            @Nullable Long id, @Nullable String message, @Nullable Boolean byModerator, @Nullable String createdAt) {}

    record AbuseMessages(@Nullable List<@Nullable AbuseMessage> data) {}

    /** Reads the whole body as one value; empty for a page, half an answer, or anything else that is not one. */
    static <T> Optional<T> read(Response answer, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(answer.body(), type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The server's own word on what went wrong; empty when something in front of it answered. */
    static Optional<Problem> problem(Response answer) {
        return answer.status() < 400
                ? Optional.empty()
                : read(answer, Problem.class)
                        .filter(problem -> problem.detail() != null
                                && (problem.status() == null || problem.status() == answer.status()));
    }

    static byte[] written(Record value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of text and numbers is always JSON", e);
        }
    }

    static Optional<Instant> instant(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
