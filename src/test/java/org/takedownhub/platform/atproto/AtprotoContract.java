package org.takedownhub.platform.atproto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The contract of what we use of a PLC directory, a PDS and a moderation service, by the lexicons of August 2026: it
 * refuses what they refuse, and it can be told to misbehave. What the real ones do is {@link AtprotoPeerTest}'s matter.
 */
final class AtprotoContract implements AutoCloseable {

    static final String LABELER = "did:plc:labelerlabelerlabelerla2";
    static final String HUB = "did:plc:hubhubhubhubhubhubhubhu2";
    static final String HANDLE = "hub.example";
    static final String PASSWORD = "app-pass-word-1234";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REQUEST_LINE = 8_000;

    /** What goes wrong with one call. */
    @FunctionalInterface
    interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    record Record(String cid, Map<String, Object> value) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, ConcurrentLinkedDeque<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, Fault> lastingFaults = new ConcurrentHashMap<>();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private int tokens;

    final Map<String, Map<String, Object>> documents = new ConcurrentHashMap<>();
    final Map<String, String> handles = new ConcurrentHashMap<>();
    final Map<String, Map<String, Object>> statuses = new ConcurrentHashMap<>();
    final Map<String, Record> records = new ConcurrentHashMap<>();
    final List<Map<String, Object>> labels = new CopyOnWriteArrayList<>();
    final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int pageSize = 50;

    AtprotoContract() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        register(HUB, url());
        register(LABELER, url());
        documents.put(LABELER, document(LABELER, Map.of("#atproto_pds", url(), "#atproto_labeler", url())));
        handles.put(HANDLE, HUB);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** An active account whose repository is at the given address. */
    void register(String did, URI pds) {
        documents.put(did, document(did, Map.of("#atproto_pds", pds)));
        statuses.put(did, Map.of("did", did, "active", true, "rev", "3kaaaaaaaaaa2"));
    }

    String post(String did, String recordKey) {
        String uri = "at://" + did + "/app.bsky.feed.post/" + recordKey;
        records.put(
                uri, new Record("bafyreigood" + recordKey, Map.of("text", "a post", "$type", "app.bsky.feed.post")));
        return uri;
    }

    void label(String uri, String value, String createdAt) {
        label(Map.of("src", LABELER, "uri", uri, "val", value, "cts", createdAt));
    }

    void label(Map<String, Object> label) {
        labels.add(label);
    }

    /** The next call of a method goes wrong, and only that one. */
    void once(String nsid, Fault fault) {
        faults.computeIfAbsent(nsid, key -> new ConcurrentLinkedDeque<>()).add(fault);
    }

    void always(String nsid, Fault fault) {
        lastingFaults.put(nsid, fault);
    }

    void expireAccessTokens() {
        accessTokens.clear();
    }

    void expireAllTokens() {
        accessTokens.clear();
        refreshTokens.clear();
    }

    long callsOf(String nsid) {
        return calls.stream().filter(nsid::equals).count();
    }

    static Fault status(int status, String contentType, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
        };
    }

    static Fault error(int status, String name, String message) {
        return status(status, "application/json", "{\"error\":\"" + name + "\",\"message\":\"" + message + "\"}");
    }

    /** Announces more bytes than come. */
    static Fault brokenOff() {
        return exchange -> {
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"id\":7,".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("broken off on purpose");
        };
    }

    /** Takes the request and never answers. */
    Fault silence() {
        return exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("silent on purpose");
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String nsid = path.startsWith("/xrpc/") ? path.substring("/xrpc/".length()) : path;
        calls.add(nsid);
        Fault fault = Optional.ofNullable(faults.get(nsid))
                .map(ConcurrentLinkedDeque::poll)
                .orElse(lastingFaults.get(nsid));
        try {
            if (fault != null) {
                fault.answer(exchange);
                return;
            }
            json(exchange, 200, answer(exchange, nsid, body));
        } catch (Refused e) {
            json(exchange, e.status, Map.of("error", e.error, "message", String.valueOf(e.getMessage())));
        } finally {
            exchange.close();
        }
    }

    private Map<String, Object> answer(HttpExchange exchange, String nsid, byte[] body) throws IOException {
        if (exchange.getRequestURI().toString().length() > LONGEST_REQUEST_LINE) {
            throw new Refused(431, "RequestTooLong", "request line too long");
        }
        boolean procedure = Set.of(
                        "com.atproto.server.createSession",
                        "com.atproto.server.refreshSession",
                        "com.atproto.moderation.createReport")
                .contains(nsid);
        if (procedure != exchange.getRequestMethod().equals("POST")) {
            throw new Refused(405, "InvalidRequest", "wrong HTTP method");
        }
        Parameters parameters = new Parameters(exchange);
        return switch (nsid) {
            case "com.atproto.server.createSession" -> createSession(input(exchange, body));
            case "com.atproto.server.refreshSession" -> refreshSession(exchange, body);
            case "com.atproto.server.getSession" -> {
                authorise(exchange, accessTokens);
                yield Map.of("handle", HANDLE, "did", HUB);
            }
            case "com.atproto.moderation.createReport" -> createReport(exchange, body);
            case "com.atproto.identity.resolveHandle" -> resolveHandle(parameters);
            case "com.atproto.sync.getRepoStatus" -> status(parameters);
            case "com.atproto.sync.listRepos" -> Map.of("repos", List.copyOf(statuses.values()));
            case "com.atproto.repo.getRecord" -> record(parameters);
            case "com.atproto.repo.describeRepo" -> Map.of("did", parameters.one("repo"), "handle", "a.example");
            case "com.atproto.label.queryLabels" -> queryLabels(parameters);
            case "app.bsky.feed.getPosts" -> posts(parameters);
            default -> document(nsid);
        };
    }

    private Map<String, Object> document(String path) {
        Map<String, Object> document = documents.get(path.substring(1));
        if (document == null) {
            throw new Refused(404, "NotFound", "DID not registered");
        }
        return document;
    }

    static Map<String, Object> document(String did, Map<String, URI> services) {
        return Map.of(
                "id",
                did,
                "service",
                services.entrySet().stream()
                        .map(service -> Map.of(
                                "id", service.getKey(),
                                "type", "Service",
                                "serviceEndpoint", service.getValue().toString()))
                        .toList());
    }

    private Map<String, Object> createSession(JsonNode input) {
        only(input, "identifier", "password", "authFactorToken", "allowTakendown");
        if (!input.path("identifier").asText().equals(HANDLE)
                || !input.path("password").asText().equals(PASSWORD)) {
            throw new Refused(401, "AuthenticationRequired", "Invalid identifier or password");
        }
        return session();
    }

    private Map<String, Object> refreshSession(HttpExchange exchange, byte[] body) {
        if (body.length > 0) {
            throw new Refused(400, "InvalidRequest", "A request body was provided when none was expected");
        }
        refreshTokens.remove(authorise(exchange, refreshTokens));
        return session();
    }

    private synchronized Map<String, Object> session() {
        tokens++;
        accessTokens.add("access." + tokens);
        refreshTokens.add("refresh." + tokens);
        return Map.of("accessJwt", "access." + tokens, "refreshJwt", "refresh." + tokens, "did", HUB, "handle", HANDLE);
    }

    private static String authorise(HttpExchange exchange, Set<String> valid) {
        String header = exchange.getRequestHeaders().getFirst("authorization");
        if (header == null) {
            throw new Refused(401, "AuthMissing", "Authentication Required");
        }
        String token = header.replaceFirst("^Bearer ", "");
        if (!valid.contains(token)) {
            boolean known = token.matches("(access|refresh)\\.[0-9]+");
            throw new Refused(400, known ? "ExpiredToken" : "InvalidToken", "Token could not be verified");
        }
        return token;
    }

    private Map<String, Object> createReport(HttpExchange exchange, byte[] body) throws IOException {
        authorise(exchange, accessTokens);
        String proxy = exchange.getRequestHeaders().getFirst("atproto-proxy");
        if (!(LABELER + "#atproto_labeler").equals(proxy)) {
            throw new Refused(400, "InvalidRequest", "could not resolve proxy did service url");
        }
        JsonNode input = input(exchange, body);
        only(input, "reasonType", "reason", "subject", "modTool");
        text(input, "reasonType");
        if (input.has("reason")) {
            limit(text(input, "reason"));
        }
        subject(input.path("subject"));
        if (input.has("modTool")) {
            only(input.path("modTool"), "name", "meta");
            text(input.path("modTool"), "name");
        }
        reports.add(input);
        Map<String, Object> answer = new HashMap<>();
        answer.put("id", 40 + reports.size());
        answer.put("createdAt", "2026-11-22T12:00:01.500Z");
        answer.put("reasonType", input.path("reasonType"));
        answer.put("reason", input.path("reason"));
        answer.put("subject", input.path("subject"));
        answer.put("reportedBy", HUB);
        return answer;
    }

    private static void subject(JsonNode subject) {
        switch (subject.path("$type").asText()) {
            case "com.atproto.repo.strongRef" -> {
                only(subject, "$type", "uri", "cid");
                matching(text(subject, "uri"), "at://did:[a-z]+:[^/]+/[a-zA-Z.]+/[^/]+");
                matching(text(subject, "cid"), "[a-z0-9]+");
            }
            case "com.atproto.admin.defs#repoRef" -> {
                only(subject, "$type", "did");
                matching(text(subject, "did"), "did:[a-z]+:.+");
            }
            default -> throw new Refused(400, "InvalidRequest", "Expected one of strongRef, repoRef at $.subject");
        }
    }

    private static void limit(String reason) {
        if (reason.getBytes(StandardCharsets.UTF_8).length > 20_000) {
            throw new Refused(400, "InvalidRequest", "string too big (maximum 20000) at $.reason");
        }
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(reason);
        int count = 0;
        while (graphemes.next() != BreakIterator.DONE) {
            count++;
        }
        if (count > 2_000) {
            throw new Refused(400, "InvalidRequest", "too many graphemes (maximum 2000) at $.reason");
        }
    }

    private Map<String, Object> resolveHandle(Parameters parameters) {
        String did = handles.get(parameters.one("handle"));
        if (did == null) {
            throw new Refused(400, "HandleNotFound", "Unable to resolve handle");
        }
        return Map.of("did", did);
    }

    private Map<String, Object> status(Parameters parameters) {
        Map<String, Object> status = statuses.get(parameters.one("did"));
        if (status == null) {
            throw new Refused(400, "RepoNotFound", "Could not find repo for DID");
        }
        return status;
    }

    private Map<String, Object> record(Parameters parameters) {
        String did = parameters.one("repo");
        if (!Boolean.TRUE.equals(statuses.getOrDefault(did, Map.of()).get("active"))) {
            throw new Refused(400, "InvalidRequest", "Could not find repo: " + did);
        }
        String uri = "at://" + did + "/" + parameters.one("collection") + "/" + parameters.one("rkey");
        Record record = records.get(uri);
        if (record == null) {
            throw new Refused(400, "RecordNotFound", "Could not locate record: " + uri);
        }
        return Map.of("uri", uri, "cid", record.cid(), "value", record.value());
    }

    private Map<String, Object> posts(Parameters parameters) {
        List<String> uris = parameters.all("uris");
        if (uris.isEmpty() || uris.size() > 25) {
            throw new Refused(400, "InvalidRequest", "uris must have 1 to 25 elements");
        }
        return Map.of(
                "posts",
                uris.stream()
                        .filter(records::containsKey)
                        .map(uri -> Map.of("uri", uri, "cid", records.get(uri).cid()))
                        .toList());
    }

    private Map<String, Object> queryLabels(Parameters parameters) {
        List<String> subjects = parameters.all("uriPatterns");
        if (subjects.isEmpty()) {
            throw new Refused(400, "InvalidRequest", "Missing required parameter uriPatterns");
        }
        int limit =
                Integer.parseInt(parameters.all("limit").stream().findFirst().orElse("50"));
        if (limit < 1 || limit > 250) {
            throw new Refused(400, "InvalidRequest", "limit must be between 1 and 250");
        }
        int from =
                Integer.parseInt(parameters.all("cursor").stream().findFirst().orElse("0"));
        List<Map<String, Object>> page = new ArrayList<>();
        int at = from;
        while (at < labels.size() && page.size() < Math.min(limit, pageSize)) {
            Map<String, Object> label = labels.get(at++);
            if (subjects.contains(label.get("uri"))) {
                page.add(label);
            }
        }
        return page.isEmpty() ? Map.of("labels", page) : Map.of("labels", page, "cursor", String.valueOf(at));
    }

    private static JsonNode input(HttpExchange exchange, byte[] body) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("content-type"));
        if (!type.startsWith("application/json")) {
            throw new Refused(400, "InvalidRequest", "Wrong request encoding (Content-Type): " + type);
        }
        return JSON.readTree(body);
    }

    /** A server drops what it does not know; here it is an error, so that no field is misspelt unnoticed. */
    private static void only(JsonNode object, String... fields) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        names.removeAll(Arrays.asList(fields));
        if (!names.isEmpty()) {
            throw new Refused(400, "InvalidRequest", "not in the lexicon: " + names);
        }
    }

    private static String text(JsonNode object, String field) {
        if (!object.path(field).isTextual()) {
            throw new Refused(400, "InvalidRequest", "Missing required key \"" + field + "\"");
        }
        return object.path(field).asText();
    }

    private static void matching(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new Refused(400, "InvalidRequest", "wrong format: " + text);
        }
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json; charset=utf-8", bytes(body));
    }

    private static byte[] bytes(Object body) throws JsonProcessingException {
        return JSON.writeValueAsBytes(body);
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("content-type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The parameters of a query, by its lexicon only those that the method knows. */
    private static final class Parameters {

        private static final Set<String> KNOWN = Set.of(
                "handle", "did", "repo", "collection", "rkey", "uriPatterns", "uris", "sources", "limit", "cursor");

        private final Map<String, List<String>> values;

        Parameters(HttpExchange exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            values = query == null
                    ? Map.of()
                    : Arrays.stream(query.split("&"))
                            .map(pair -> pair.split("=", 2))
                            .collect(Collectors.groupingBy(
                                    pair -> pair[0],
                                    Collectors.mapping(
                                            pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                                            Collectors.toList())));
            if (!KNOWN.containsAll(values.keySet())) {
                throw new Refused(400, "InvalidRequest", "unknown parameter");
            }
        }

        List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }

        String one(String name) {
            return all(name).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refused(400, "InvalidRequest", "Missing required parameter " + name));
        }
    }

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String error;

        Refused(int status, String error, String message) {
            super(message);
            this.status = status;
            this.error = error;
        }
    }
}
