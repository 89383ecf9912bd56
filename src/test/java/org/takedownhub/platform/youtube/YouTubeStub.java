package org.takedownhub.platform.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.takedownhub.platform.ContractServer;

/**
 * YouTube's Data API as documented in November 2026 ({@code videos.reportAbuse}, {@code videos.list},
 * {@code videoAbuseReportReasons.list}) and Google's token endpoint (RFC 6749 section 6), with their errors, their costs
 * and their quota.
 */
final class YouTubeStub extends ContractServer {

    static final String REPORT = "POST /youtube/v3/videos/reportAbuse";
    static final String VIDEOS = "GET /youtube/v3/videos";
    static final String REASONS = "GET /youtube/v3/videoAbuseReportReasons";
    static final String TOKEN = "POST /token";
    static final String CLIENT = "123-hub.apps.googleusercontent.com";
    static final String KEY = "an-api-key";

    private static final Set<String> EVERYWHERE = Set.of("alt", "prettyPrint");
    private static final Set<String> PARTS = Set.of(
            "contentDetails",
            "fileDetails",
            "id",
            "liveStreamingDetails",
            "localizations",
            "player",
            "processingDetails",
            "recordingDetails",
            "snippet",
            "statistics",
            "status",
            "suggestions",
            "topicDetails");
    private static final Set<String> REPORT_FIELDS =
            Set.of("videoId", "reasonId", "secondaryReasonId", "comments", "language");

    private final Map<String, ObjectNode> videos = new ConcurrentHashMap<>();
    private final Map<String, List<String>> reasons = new ConcurrentHashMap<>();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile int expired;
    private final AtomicLong used = new AtomicLong();
    private volatile long quota = 10_000;
    private volatile int version = 1;
    private volatile boolean grantWithdrawn;

    YouTubeStub() {
        reasons.put("V", List.of("36", "37"));
        reasons.put("H", List.of());
    }

    /** A public video that everybody may see. */
    ObjectNode video(String id) {
        ObjectNode video = JSON.createObjectNode()
                .put("kind", "youtube#video")
                .put("etag", "e-" + id)
                .put("id", id);
        video.putObject("snippet").put("title", "A video");
        video.putObject("status")
                .put("uploadStatus", "processed")
                .put("privacyStatus", "public")
                .put("embeddable", true);
        video.putObject("contentDetails").put("duration", "PT1M").set("contentRating", JSON.createObjectNode());
        videos.put(id, video);
        return video;
    }

    void remove(String id) {
        videos.remove(id);
    }

    void offer(String reason, String... secondary) {
        reasons.put(reason, List.of(secondary));
        version++;
    }

    void withdraw(String reason) {
        reasons.remove(reason);
        version++;
    }

    void quota(long units) {
        quota = units;
    }

    long used() {
        return used.get();
    }

    void withdrawGrant() {
        grantWithdrawn = true;
    }

    /** All tokens given out so far do not count any more. */
    void expireTokens() {
        expired = tokens.get();
    }

    List<JsonNode> reports() {
        return List.copyOf(reports);
    }

    static Reply failing(int status, String reason) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error").put("code", status).put("message", "The words of " + reason);
        error.putArray("errors")
                .addObject()
                .put("message", "The words of " + reason)
                .put("domain", "youtube.video")
                .put("reason", reason);
        return Reply.json(status, body);
    }

    static Fault error(int status, String reason, String... headers) {
        Reply reply = failing(status, reason);
        return answering(status, reply.type(), reply.body(), headers);
    }

    @Override
    protected Reply answer(Call call) throws IOException {
        return switch (call.line()) {
            case TOKEN -> token(call);
            case REPORT -> report(call);
            case REASONS -> reasons(call);
            case VIDEOS -> videos(call);
            default -> throw new Refused(new Reply(404, "text/html", "<title>Error 404 (Not Found)</title>", Map.of()));
        };
    }

    private Reply token(Call call) {
        Map<String, String> form = call.form();
        if (!form.keySet().equals(Set.of("grant_type", "refresh_token", "client_id", "client_secret"))
                || !form.get("grant_type").equals("refresh_token")) {
            return Reply.json(400, Map.of("error", "invalid_request"));
        }
        if (!form.get("client_id").equals(CLIENT) || !form.get("client_secret").equals("the-client-secret")) {
            return Reply.json(401, Map.of("error", "invalid_client", "error_description", "Unauthorized"));
        }
        if (!form.get("refresh_token").equals("the-refresh-token") || grantWithdrawn) {
            return Reply.json(400, Map.of("error", "invalid_grant", "error_description", "Token has been revoked."));
        }
        return Reply.json(
                200,
                Map.of(
                        "access_token",
                        "token-" + tokens.incrementAndGet(),
                        "expires_in",
                        3599,
                        "scope",
                        "https://www.googleapis.com/auth/youtube.force-ssl",
                        "token_type",
                        "Bearer"));
    }

    private void signedIn(Call call) {
        boolean valid = call.bearer()
                .filter(token -> token.matches("token-[0-9]{1,6}"))
                .map(token -> Integer.parseInt(token.substring(6)))
                .filter(number -> number > expired && number <= tokens.get())
                .isPresent();
        if (!valid) {
            throw new Refused(failing(401, "authError"));
        }
    }

    private void cost(long units) {
        if (used.addAndGet(units) > quota) {
            throw new Refused(failing(403, "quotaExceeded"));
        }
    }

    private static void knownQuery(Call call, Set<String> known) {
        Call.stranger(
                        call.query().keySet().stream()
                                .filter(name -> !EVERYWHERE.contains(name))
                                .toList(),
                        known)
                .ifPresent(name -> {
                    throw new Refused(failing(400, "unexpectedParameter"));
                });
    }

    private Reply report(Call call) throws IOException {
        signedIn(call);
        cost(50);
        knownQuery(call, Set.of("onBehalfOfContentOwner"));
        String type = call.headers().first("Content-Type").orElse("");
        JsonNode body = call.json();
        if (!type.startsWith("application/json")
                || Call.stranger(body::fieldNames, REPORT_FIELDS).isPresent()) {
            throw new Refused(failing(400, "parseError"));
        }
        String reason = body.path("reasonId").textValue();
        if (reason == null || !reasons.containsKey(reason)) {
            throw new Refused(failing(400, "invalidAbuseReason"));
        }
        if (body.has("secondaryReasonId")
                && !reasons.get(reason).contains(body.get("secondaryReasonId").textValue())) {
            throw new Refused(failing(400, "invalidAbuseReason"));
        }
        if (!videos.containsKey(body.path("videoId").asText())) {
            throw new Refused(failing(404, "videoNotFound"));
        }
        reports.add(body);
        return new Reply(204, "application/json", "", Map.of());
    }

    private Reply reasons(Call call) {
        signedIn(call);
        cost(1);
        knownQuery(call, Set.of("part", "hl"));
        requireParts(call, Set.of("id", "snippet"));
        String etag = "reasons-" + version;
        if (call.headers().first("If-None-Match").filter(etag::equals).isPresent()) {
            return new Reply(304, "application/json", "", Map.of("ETag", etag));
        }
        ObjectNode list = JSON.createObjectNode()
                .put("kind", "youtube#videoAbuseReportReasonListResponse")
                .put("etag", etag);
        ArrayNode items = list.putArray("items");
        reasons.forEach((id, secondary) -> {
            ObjectNode item = items.addObject()
                    .put("kind", "youtube#videoAbuseReportReason")
                    .put("etag", "e-" + id)
                    .put("id", id);
            ArrayNode finer =
                    item.putObject("snippet").put("label", "Label " + id).putArray("secondaryReasons");
            secondary.forEach(reason -> finer.addObject().put("id", reason).put("label", "Label " + reason));
        });
        return Reply.json(200, list);
    }

    private Reply videos(Call call) {
        if (call.headers().first("X-Goog-Api-Key").isPresent()) {
            if (!call.headers().first("X-Goog-Api-Key").get().equals(KEY)) {
                throw new Refused(failing(400, "badRequest"));
            }
        } else {
            signedIn(call);
        }
        cost(1);
        knownQuery(call, Set.of("part", "id"));
        requireParts(call, PARTS);
        List<String> ids = Arrays.asList(call.query().getOrDefault("id", "").split(","));
        if (ids.size() > 50 || ids.get(0).isEmpty()) {
            throw new Refused(failing(400, "invalidFilters"));
        }
        Set<String> parts = Set.of(call.query().get("part").split(","));
        ObjectNode list =
                JSON.createObjectNode().put("kind", "youtube#videoListResponse").put("etag", "list");
        ArrayNode items = list.putArray("items");
        ids.stream().filter(videos::containsKey).map(videos::get).forEach(video -> {
            ObjectNode shown = video.deepCopy();
            PARTS.stream()
                    .filter(part -> !parts.contains(part) && !part.equals("id"))
                    .forEach(shown::remove);
            items.add(shown);
        });
        list.putObject("pageInfo").put("totalResults", items.size()).put("resultsPerPage", items.size());
        return Reply.json(200, list);
    }

    private static void requireParts(Call call, Set<String> known) {
        List<String> parts = Arrays.asList(call.query().getOrDefault("part", "").split(","));
        if (!known.containsAll(parts)) {
            throw new Refused(failing(400, "unknownPart"));
        }
    }
}
