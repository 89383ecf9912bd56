package org.takedownhub.platform.mastodon;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

/**
 * A Mastodon server as documented (methods reports, statuses, accounts, search, instance, timelines; documentation of
 * July 2026): it refuses what the real one refuses, with the real words, and what the documentation does not know at
 * all it refuses, too, so that a call that only happens to work fails here. {@link DialectStubs} has its relatives.
 */
class MastodonStub implements AutoCloseable {

    static final String TOKEN = "a-good-token";
    static final String NARROW_TOKEN = "a-token-that-may-only-report";
    static final String READ_ONLY_TOKEN = "a-token-that-may-not-report";
    static final String RESET = "2026-11-22T12:05:00.000Z";

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> REPORT_FIELDS =
            Set.of("account_id", "status_ids", "collection_ids", "comment", "forward", "category", "rule_ids");
    private static final Set<String> CATEGORIES = Set.of("spam", "legal", "violation", "other");
    private static final Map<String, Set<String>> SCOPES = Map.of(
            TOKEN, Set.of("write:reports", "read:search", "read:accounts", "read:statuses"),
            NARROW_TOKEN, Set.of("write:reports", "read:search"),
            READ_ONLY_TOKEN, Set.of("read:search", "read:accounts", "read:statuses"));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    final Map<String, Post> posts = new ConcurrentHashMap<>();
    final Map<String, Integer> accounts = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile String version = "4.6.0";
    private volatile int remaining = 299;
    private volatile boolean publicTimeline = true;
    private volatile boolean secondInstanceCall = true;

    /** @param visible who sees it: {@code all}, {@code account} (signed in), {@code nobody} */
    record Post(String id, String accountId, String uri, String visible) {}

    /** What happens instead of the answer, once. */
    interface Fault {
        /** @return false when the answer is to follow all the same */
        boolean happen(HttpExchange exchange) throws IOException;
    }

    MastodonStub() {
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

    String host() {
        return base().getAuthority();
    }

    MastodonStub post(String id, String accountId) {
        return post(id, accountId, "all");
    }

    MastodonStub post(String id, String accountId, String visible) {
        accounts.putIfAbsent(accountId, 200);
        posts.put(id, new Post(id, accountId, base() + "/users/author/statuses/" + id, visible));
        return this;
    }

    void remove(String id) {
        posts.remove(id);
    }

    /** 200, 404, 410 (suspended), or 299 for 200 with {@code suspended: true}. */
    void account(String id, int standing) {
        accounts.put(id, standing);
    }

    void version(String version) {
        this.version = version;
    }

    /** Requests left of the 300 in five minutes. */
    void remaining(int remaining) {
        this.remaining = remaining;
    }

    void hideTimelineFromThePublic() {
        publicTimeline = false;
    }

    void knowOnlyTheFirstInstanceCall() {
        secondInstanceCall = false;
    }

    /** Queues a fault for the next call of this method whose path starts like this. */
    void fault(String methodAndPath, Fault fault) {
        faults.computeIfAbsent(methodAndPath, key -> new ConcurrentLinkedQueue<>())
                .add(fault);
    }

    List<JsonNode> reports() {
        return List.copyOf(reports);
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
            return true;
        };
    }

    static Fault page(int status) {
        return answer(status, "text/html", "<!DOCTYPE html><title>One moment</title>");
    }

    static Fault error(int status, String words, String... headers) {
        return answer(status, "application/json", "{\"error\":\"" + words + "\"}", headers);
    }

    static Fault halfJson() {
        return answer(200, "application/json", "{\"id\":\"77\",\"action_taken\":fal");
    }

    /** A page of ten megabytes. */
    static Fault flood() {
        return answer(200, "application/json", "{\"id\":\"" + "7".repeat(10 * 1024 * 1024) + "\"}");
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
            return true;
        };
    }

    /** The answer never comes, though the call was taken. */
    Fault silence() {
        return exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            if (exchange.getRequestMethod().equals("POST")) {
                reports.add(body);
            }
            try {
                closing.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return true;
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        calls.add(call);
        exchange.getResponseHeaders().set("X-RateLimit-Limit", "300");
        exchange.getResponseHeaders().set("X-RateLimit-Remaining", Integer.toString(remaining));
        exchange.getResponseHeaders().set("X-RateLimit-Reset", RESET);
        for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
            Fault fault = call.startsWith(entry.getKey()) ? entry.getValue().poll() : null;
            if (fault != null && fault.happen(exchange)) {
                return;
            }
        }
        try {
            answer(exchange, call);
        } catch (Refused refused) {
            send(exchange, refused.status, "application/json", "{\"error\":\"" + refused.getMessage() + "\"}");
        }
    }

    void answer(HttpExchange exchange, String call) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        String last = parts[parts.length - 1];
        if (call.equals("POST /api/v1/reports")) {
            report(exchange);
        } else if (call.matches("GET /api/v1/statuses/[^/]+")) {
            query(exchange, Set.of());
            json(exchange, status(visible(exchange, last)));
        } else if (call.equals("GET /api/v1/accounts/verify_credentials")) {
            query(exchange, Set.of());
            require(exchange, "read:accounts");
            json(exchange, account("1"));
        } else if (call.equals("GET /api/v1/accounts/lookup")) {
            String acct = query(exchange, Set.of("acct")).getOrDefault("acct", "");
            json(exchange, account(acct.equals("author") ? "11" : "0"));
        } else if (call.matches("GET /api/v1/accounts/[^/]+")) {
            query(exchange, Set.of());
            json(exchange, account(last));
        } else if (call.equals("GET /api/v2/search")) {
            search(exchange);
        } else if (call.equals("GET /api/v2/instance") && secondInstanceCall || call.equals("GET /api/v1/instance")) {
            query(exchange, Set.of());
            json(exchange, instance());
        } else if (call.equals("GET /api/v1/timelines/public")) {
            timeline(exchange);
        } else {
            throw new Refused(404, "Not Found");
        }
    }

    ObjectNode instance() {
        ObjectNode instance = JSON.createObjectNode().put("version", version).put("title", "Stub");
        instance.putArray("rules").addObject().put("id", "3").put("text", "No weapons for sale");
        return instance;
    }

    void report(HttpExchange exchange) throws IOException {
        require(exchange, "write:reports");
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new Refused(400, "This stub takes JSON");
        }
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!REPORT_FIELDS.contains(name)) {
                throw new Refused(400, "Unknown field " + name);
            }
        }
        String accountId = text(body, "account_id");
        if (accounts.getOrDefault(accountId, 404) != 200) {
            throw new Refused(404, "Record not found");
        }
        for (JsonNode id : body.path("status_ids")) {
            Post post = posts.get(id.textValue());
            if (post == null || !post.accountId().equals(accountId)) {
                throw new Refused(404, "Record not found");
            }
        }
        for (JsonNode id : body.path("rule_ids")) {
            if (!"3".equals(id.textValue())) {
                throw new Refused(422, "Validation failed: Rule ids does not reference valid rules");
            }
        }
        String category = body.has("category") ? text(body, "category") : "other";
        if (!CATEGORIES.contains(category)) {
            throw new Refused(422, "Validation failed: Category is not included in the list");
        }
        if (category.equals("violation") != body.path("rule_ids").size() > 0) {
            throw new Refused(422, "Validation failed: Rule ids does not reference valid rules");
        }
        if (body.has("forward") && !body.get("forward").isBoolean()) {
            throw new Refused(400, "forward must be a boolean");
        }
        String comment = body.has("comment") ? text(body, "comment") : "";
        if (comment.codePointCount(0, comment.length()) > 1000) {
            throw new Refused(422, "Validation failed: Comment is too long (maximum is 1000 characters)");
        }
        reports.add(body);
        ObjectNode report = JSON.createObjectNode()
                .put("id", Integer.toString(500 + reports.size()))
                .put("action_taken", false)
                .putNull("action_taken_at")
                .put("category", category)
                .put("comment", comment)
                .put("forwarded", false)
                .put("created_at", "2026-11-22T12:00:01.250Z");
        report.set("status_ids", body.path("status_ids"));
        report.set("target_account", account(accountId));
        json(exchange, report);
    }

    static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new Refused(400, field + " must be a string");
        }
        return value.textValue();
    }

    Post visible(HttpExchange exchange, String id) {
        boolean signedIn = scopes(exchange) != null;
        Post post = posts.get(id);
        if (post == null || post.visible().equals("nobody")) {
            throw new Refused(404, "Record not found");
        }
        if (post.visible().equals("account") && !signedIn) {
            throw new Refused(401, "This API requires an authenticated user");
        }
        return post;
    }

    private void search(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange, Set.of("q", "type", "resolve", "limit"));
        require(exchange, "read:search");
        if (!"statuses".equals(query.get("type")) || !"true".equals(query.get("resolve"))) {
            throw new Refused(400, "A URL is resolved with type=statuses and resolve=true");
        }
        ObjectNode found = JSON.createObjectNode();
        ArrayNode statuses = found.putArray("statuses");
        posts.values().stream()
                .filter(post -> query.get("q").endsWith("/" + post.id()))
                .filter(post -> !post.visible().equals("nobody"))
                .forEach(post -> statuses.add(status(post)));
        found.putArray("accounts");
        found.putArray("hashtags");
        json(exchange, found);
    }

    private void timeline(HttpExchange exchange) throws IOException {
        query(exchange, Set.of("local", "limit"));
        if (!publicTimeline && scopes(exchange) == null) {
            throw new Refused(422, "This method requires an authenticated user");
        }
        ArrayNode statuses = JSON.createArrayNode();
        posts.values().stream()
                .filter(post -> post.visible().equals("all"))
                .forEach(post -> statuses.add(status(post)));
        json(exchange, statuses);
    }

    ObjectNode status(Post post) {
        ObjectNode status = JSON.createObjectNode()
                .put("id", post.id())
                .put("uri", post.uri())
                .put("url", post.uri())
                .put("content", "<p>…</p>")
                .put("visibility", "public");
        status.set(
                "account", JSON.createObjectNode().put("id", post.accountId()).put("acct", "author"));
        return status;
    }

    ObjectNode account(String id) {
        int standing = id.equals("1") ? 200 : accounts.getOrDefault(id, 404);
        if (standing == 404) {
            throw new Refused(404, "Record not found");
        }
        if (standing == 410) {
            throw new Refused(410, "Account is suspended");
        }
        ObjectNode account = JSON.createObjectNode().put("id", id).put("acct", "author");
        return standing == 299 ? account.put("suspended", true) : account;
    }

    void require(HttpExchange exchange, String scope) {
        Set<String> scopes = scopes(exchange);
        if (scopes == null) {
            throw new Refused(401, "The access token is invalid");
        }
        if (!scopes.contains(scope)) {
            throw new Refused(403, "This action is outside the authorized scopes");
        }
    }

    Set<String> scopesOf(String token) {
        return SCOPES.get(token);
    }

    Set<String> scopes(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return null;
        }
        Set<String> scopes = header.startsWith("Bearer ") ? scopesOf(header.substring(7)) : null;
        if (scopes == null) {
            throw new Refused(401, "The access token is invalid");
        }
        return scopes;
    }

    static Map<String, String> query(HttpExchange exchange, Set<String> known) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        Arrays.stream(raw == null ? new String[0] : raw.split("&")).forEach(pair -> {
            String[] sides = pair.split("=", 2);
            if (!known.contains(sides[0])) {
                throw new Refused(400, "Unknown parameter " + sides[0]);
            }
            query.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        });
        return new LinkedHashMap<>(query);
    }

    static void json(HttpExchange exchange, JsonNode body) throws IOException {
        send(exchange, 200, "application/json; charset=utf-8", JSON.writeValueAsString(body));
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
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

    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }
}
