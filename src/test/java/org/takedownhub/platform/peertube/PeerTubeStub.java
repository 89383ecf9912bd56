package org.takedownhub.platform.peertube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PeerTube 8 server as its source and its types package say (abuse.ts and its validators, shared/videos.ts, oauth.ts,
 * token.ts): it refuses what the real one refuses, and what the real one does not know at all it refuses, too. Not as
 * its OpenAPI document says, which is wrong about {@code violentOrRepulsive}.
 */
final class PeerTubeStub implements AutoCloseable {

    static final String USERNAME = "hub";
    static final String PASSWORD = "a p&ssword=";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> REASONS = Set.of(
            "violentOrRepulsive",
            "hatefulOrAbusive",
            "spamOrMisleading",
            "privacy",
            "rights",
            "serverRules",
            "thumbnails",
            "captions");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> videos = new ConcurrentHashMap<>();
    private final Set<String> access = ConcurrentHashMap.newKeySet();
    private final Set<String> refresh = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Map<Long, ObjectNode> abuses = new ConcurrentHashMap<>();
    private final Map<Long, ArrayNode> messages = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile String clientSecret = "the-secret-of-the-front-end";

    /** What happens instead of the answer, once. */
    interface Fault {
        void happen(HttpExchange exchange) throws IOException;
    }

    PeerTubeStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** @param standing {@code public}, {@code private}, {@code blocked}, {@code password}, {@code ours} or {@code deleted} */
    PeerTubeStub video(String uuid, String standing) {
        videos.put(uuid, standing);
        abuses.values().stream()
                .map(abuse -> (ObjectNode) abuse.get("video"))
                .filter(video -> video.get("uuid").textValue().equals(uuid))
                .forEach(video -> video.put("deleted", standing.equals("deleted"))
                        .put("blacklisted", standing.equals("blocked")));
        return this;
    }

    /** 1 pending, 2 rejected, 3 accepted. */
    void decide(long abuse, int state) {
        abuses.get(abuse).put("updatedAt", "2026-11-22T14:00:00.000Z").set("state", state(state));
    }

    void say(long abuse, String message, boolean byModerator) {
        ArrayNode said = messages.get(abuse);
        said.addObject()
                .put("id", 100 * abuse + said.size())
                .put("message", message)
                .put("byModerator", byModerator)
                .put("createdAt", "2026-11-22T13:0" + said.size() + ":00.000Z");
        abuses.get(abuse).put("countMessages", said.size());
    }

    /** Old reports of ours, about no video in particular. */
    void file(int many) {
        for (int number = 0; number < many; number++) {
            abuse("00000000-0000-4000-8000-000000000000", "old");
        }
    }

    void forgetAccessTokens() {
        access.clear();
    }

    void forgetSessions() {
        access.clear();
        refresh.clear();
    }

    void changeClient() {
        clientSecret = "another-secret";
    }

    /** Queues a fault for the next call of this method whose path starts like this. */
    void fault(String methodAndPath, Fault fault) {
        faults.computeIfAbsent(methodAndPath, key -> new ConcurrentLinkedQueue<>())
                .add(fault);
    }

    List<JsonNode> reports() {
        return List.copyOf(reports);
    }

    List<String> messages(long abuse) {
        List<String> texts = new ArrayList<>();
        messages.get(abuse).forEach(message -> texts.add(message.get("message").textValue()));
        return texts;
    }

    /** Method and path of every call so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    static Fault answer(int status, String type, String body, String... headers) {
        return exchange -> {
            for (int place = 0; place < headers.length; place += 2) {
                exchange.getResponseHeaders().set(headers[place], headers[place + 1]);
            }
            send(exchange, status, type, body);
        };
    }

    static Fault page(int status) {
        return answer(status, "text/html", "<!DOCTYPE html><title>One moment</title>");
    }

    static Fault problem(int status, String detail, String code) {
        return answer(status, "application/problem+json", problemJson(status, detail, code));
    }

    static Fault flood() {
        return answer(200, "application/json", "{\"abuse\":{\"id\":\"" + "7".repeat(10 * 1024 * 1024) + "\"}}");
    }

    /** The answer comes one byte at a time and never ends. */
    Fault drip() {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try {
                do {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                } while (!closing.await(100, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    /** The connection breaks instead of an answer. */
    static Fault hangUp() {
        return HttpExchange::close;
    }

    /** The call is taken, and no answer comes. */
    Fault silence() {
        return exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                reports.add(JSON.readTree(exchange.getRequestBody()));
            }
            try {
                closing.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        calls.add(call);
        for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
            Fault fault = call.startsWith(entry.getKey()) ? entry.getValue().poll() : null;
            if (fault != null) {
                fault.happen(exchange);
                return;
            }
        }
        try {
            answer(exchange, call);
        } catch (Refused refused) {
            send(
                    exchange,
                    refused.status,
                    "application/problem+json",
                    problemJson(refused.status, refused.getMessage(), refused.code));
        }
    }

    private void answer(HttpExchange exchange, String call) throws IOException {
        String[] parts = call.split("/");
        String last = parts[parts.length - 1];
        if (call.equals("GET /api/v1/oauth-clients/local")) {
            json(exchange, JSON.createObjectNode().put("client_id", "front-end").put("client_secret", clientSecret));
        } else if (call.equals("POST /api/v1/users/token")) {
            token(exchange);
        } else if (call.equals("GET /api/v1/users/me")) {
            signedIn(exchange);
            json(exchange, JSON.createObjectNode().put("id", 2).put("username", USERNAME));
        } else if (call.equals("GET /api/v1/users/me/abuses")) {
            ownAbuses(exchange);
        } else if (call.equals("POST /api/v1/abuses")) {
            report(exchange);
        } else if (call.matches("(GET|POST) /api/v1/abuses/[0-9]+/messages")) {
            messages(exchange, Long.parseLong(parts[parts.length - 2]));
        } else if (call.equals("GET /api/v1/videos")) {
            query(exchange, Set.of("isLocal", "start", "count", "sort"));
            ObjectNode list = JSON.createObjectNode();
            ArrayNode data = list.putArray("data");
            videos.forEach((uuid, standing) -> {
                if (standing.equals("public")) {
                    data.addObject().put("uuid", uuid);
                }
            });
            json(exchange, list);
        } else if (call.startsWith("GET /api/v1/videos/")) {
            query(exchange, Set.of());
            video(exchange, last);
        } else {
            throw new Refused(404, "Not found", null);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        if (!"application/x-www-form-urlencoded"
                .equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new Refused(400, "Invalid request: content must be application/x-www-form-urlencoded", null);
        }
        Map<String, String> form = pairs(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!"front-end".equals(form.get("client_id")) || !clientSecret.equals(form.get("client_secret"))) {
            throw new Refused(400, "Invalid client: client is invalid", "invalid_client");
        }
        boolean granted =
                switch (String.valueOf(form.get("grant_type"))) {
                    case "password" -> USERNAME.equals(form.get("username")) && PASSWORD.equals(form.get("password"));
                    case "refresh_token" -> refresh.remove(String.valueOf(form.get("refresh_token")));
                    default -> throw new Refused(400, "Unsupported grant type", "unsupported_grant_type");
                };
        if (!granted) {
            throw new Refused(400, "Invalid grant: user credentials are invalid", "invalid_grant");
        }
        int number = sessions.incrementAndGet();
        access.add("access-" + number);
        refresh.add("refresh-" + number);
        json(
                exchange,
                JSON.createObjectNode()
                        .put("token_type", "Bearer")
                        .put("access_token", "access-" + number)
                        .put("refresh_token", "refresh-" + number)
                        .put("expires_in", 86_399)
                        .put("refresh_token_expires_in", 1_209_599));
    }

    private void signedIn(HttpExchange exchange) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!header.startsWith("Bearer ") || !access.contains(header.substring(7))) {
            throw new Refused(401, "Token is invalid", "invalid_token");
        }
    }

    private void report(HttpExchange exchange) throws IOException {
        signedIn(exchange);
        JsonNode body = body(exchange, Set.of("reason", "predefinedReasons", "video"));
        length(body.path("reason"), "reason");
        for (JsonNode reason : body.path("predefinedReasons")) {
            if (!REASONS.contains(reason.textValue())) {
                throw new Refused(400, "Incorrect request parameters: predefinedReasons", null);
            }
        }
        JsonNode video = body.path("video");
        fields(video, Set.of("id", "startAt", "endAt"));
        String uuid = video.path("id").asText("");
        if (uuid.isEmpty()) {
            throw new Refused(400, "video id or account id or comment id is required.", null);
        }
        if (video.has("endAt")
                && video.path("startAt").asInt(0) >= video.get("endAt").asInt()) {
            throw new Refused(400, "Should have a startAt timestamp beginning before endAt", null);
        }
        String standing = videos.getOrDefault(uuid, "deleted");
        if (standing.equals("deleted")) {
            throw new Refused(404, "Video not found", null);
        }
        if (standing.equals("ours")) {
            throw new Refused(403, "You cannot report a video you own or collaborate on.", null);
        }
        reports.add(body);
        long id = abuse(uuid, standing);
        ObjectNode filed = JSON.createObjectNode();
        filed.putObject("abuse").put("id", id);
        json(exchange, filed);
    }

    private synchronized long abuse(String uuid, String standing) {
        long id = abuses.size() + 41L;
        ObjectNode abuse = JSON.createObjectNode().put("id", id).put("countMessages", 0);
        abuse.put("createdAt", "2026-11-22T12:00:00.500Z").put("updatedAt", "2026-11-22T12:00:00.500Z");
        abuse.set("state", state(1));
        abuse.putObject("video").put("uuid", uuid).put("deleted", false).put("blacklisted", standing.equals("blocked"));
        messages.put(id, JSON.createArrayNode());
        abuses.put(id, abuse);
        return id;
    }

    private static ObjectNode state(int id) {
        return JSON.createObjectNode()
                .put("id", id)
                .put(
                        "label",
                        List.of("", "Pending", "Rejected", "Accepted", "?").get(id));
    }

    private void ownAbuses(HttpExchange exchange) throws IOException {
        signedIn(exchange);
        Map<String, String> query = query(exchange, Set.of("id", "state", "search", "start", "count", "sort"));
        int count = Integer.parseInt(query.getOrDefault("count", "15"));
        if (count < 0 || count > 100) {
            throw new Refused(400, "Incorrect request parameters: count", null);
        }
        List<ObjectNode> mine = abuses.values().stream()
                .filter(abuse ->
                        !query.containsKey("id") || abuse.get("id").asText().equals(query.get("id")))
                .sorted(Comparator.comparing(
                                (ObjectNode abuse) -> abuse.get("id").asLong())
                        .reversed())
                .toList();
        ObjectNode list = JSON.createObjectNode().put("total", mine.size());
        ArrayNode data = list.putArray("data");
        mine.stream()
                .skip(Integer.parseInt(query.getOrDefault("start", "0")))
                .limit(count)
                .forEach(data::add);
        json(exchange, list);
    }

    private void messages(HttpExchange exchange, long abuse) throws IOException {
        signedIn(exchange);
        if (!abuses.containsKey(abuse)) {
            throw new Refused(404, "Abuse not found", null);
        }
        if (exchange.getRequestMethod().equals("GET")) {
            ObjectNode list =
                    JSON.createObjectNode().put("total", messages.get(abuse).size());
            list.set("data", messages.get(abuse));
            json(exchange, list);
            return;
        }
        JsonNode body = body(exchange, Set.of("message"));
        length(body.path("message"), "message");
        say(abuse, body.get("message").textValue(), false);
        ObjectNode said = JSON.createObjectNode();
        said.putObject("abuseMessage")
                .put("id", 100 * abuse + messages.get(abuse).size());
        json(exchange, said);
    }

    private void video(HttpExchange exchange, String uuid) throws IOException {
        boolean signedIn = exchange.getRequestHeaders().containsKey("Authorization");
        switch (videos.getOrDefault(uuid, "deleted")) {
            case "public", "ours" -> json(
                    exchange,
                    JSON.createObjectNode().put("id", 7).put("uuid", uuid).put("name", "A video"));
            case "private", "blocked" -> throw signedIn
                    ? new Refused(403, "Cannot fetch information of private/internal/blocked video", null)
                    : new Refused(401, "Authentication is required", null);
            case "password" -> throw new Refused(
                    signedIn ? 403 : 401,
                    "Please provide a password to access this password protected video",
                    "video_requires_password");
            default -> throw new Refused(404, "Video not found", null);
        }
    }

    private static JsonNode body(HttpExchange exchange, Set<String> known) throws IOException {
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new Refused(400, "This stub takes JSON", null);
        }
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        fields(body, known);
        return body;
    }

    private static void fields(JsonNode body, Set<String> known) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new Refused(400, "Unknown field " + name, null);
            }
        }
    }

    private static void length(JsonNode text, String field) {
        String value = text.asText("");
        int length = value.codePointCount(0, value.length());
        if (!text.isTextual() || length < 2 || length > 3000) {
            throw new Refused(400, "Incorrect request parameters: " + field, null);
        }
    }

    private static Map<String, String> query(HttpExchange exchange, Set<String> known) {
        String raw = exchange.getRequestURI().getRawQuery();
        Map<String, String> query = pairs(raw == null ? "" : raw);
        query.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Refused(400, "Unknown parameter " + name, null);
                });
        return query;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            String[] sides = pair.split("=", 2);
            pairs.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return pairs;
    }

    private static String problemJson(int status, String detail, String code) {
        ObjectNode problem = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", "Refused")
                .put("status", status)
                .put("detail", detail);
        return (code == null ? problem : problem.put("code", code)).toString();
    }

    private static void json(HttpExchange exchange, JsonNode body) throws IOException {
        send(exchange, 200, "application/json; charset=utf-8", JSON.writeValueAsString(body));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refused(int status, String detail, String code) {
            super(detail);
            this.status = status;
            this.code = code;
        }
    }
}
