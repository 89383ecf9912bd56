package org.takedownhub.platform.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fediverse server after ActivityPub (W3C, January 2018) and what Mastodon 4.6, PeerTube 8.1 and GoToSocial ask of a
 * report (their sources and documentation of November 2026). It verifies signatures of both kinds with code of its own
 * and refuses whatever those documents do not know.
 */
final class FediverseStub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FLAG_FIELDS =
            Set.of("@context", "id", "type", "actor", "to", "content", "object", "tag");
    private static final Set<String> REASONS = Set.of(
            "violentOrRepulsive",
            "hatefulOrAbusive",
            "spamOrMisleading",
            "privacy",
            "rights",
            "serverRules",
            "thumbnails",
            "captions");
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=\"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("sig1=(\\(([^)]*)\\)(;.*))");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final RSAPublicKey key;
    private final URI sender;
    private final Clock clock;
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> reports = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> deliveries = new CopyOnWriteArrayList<>();
    private volatile Set<SignatureKind> kinds = EnumSet.allOf(SignatureKind.class);
    private volatile boolean secured;
    private volatile boolean peerTube;

    private record Served(int status, String type, String body, Map<String, String> headers) {}

    /** What happens instead of the answer, once. */
    interface Fault {
        void happen(HttpExchange exchange, byte[] body) throws IOException;
    }

    FediverseStub(SigningKey key, URI sender, Clock clock) {
        this.key = key.publicKey();
        this.sender = sender;
        this.clock = clock;
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
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    String host() {
        return base().getAuthority();
    }

    /** An account with its WebFinger descriptor, inbox and the shared inbox. */
    FediverseStub account(String name, String... further) {
        String more = further.length == 0 ? "" : "," + String.join(",", further);
        document(
                "/users/" + name,
                "{\"id\":\"" + base() + "users/" + name + "\",\"type\":\"Person\",\"preferredUsername\":\"" + name
                        + "\",\"inbox\":\"" + base() + "users/" + name + "/inbox\",\"endpoints\":{\"sharedInbox\":\""
                        + base() + "inbox\"}" + more + "}");
        serve(
                "/.well-known/webfinger?resource=acct:" + name + "@" + host(),
                200,
                "application/jrd+json",
                "{\"links\":[{\"rel\":\"self\",\"type\":\"application/activity+json\",\"href\":\"" + base() + "users/"
                        + name + "\"}]}");
        return this;
    }

    FediverseStub note(String id, String author) {
        return document(
                "/notes/" + id,
                "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"id\":\"" + base() + "notes/" + id
                        + "\",\"type\":\"Note\",\"attributedTo\":\"" + base() + "users/" + author
                        + "\",\"content\":\"words\"}");
    }

    FediverseStub nodeInfo() {
        return serve(
                "/.well-known/nodeinfo",
                200,
                "application/json",
                "{\"links\":[{\"rel\":\"http://nodeinfo.diaspora.software/ns/schema/2.0\",\"href\":\"" + base()
                        + "nodeinfo/2.0\"}]}");
    }

    FediverseStub document(String path, String json) {
        return serve(path, 200, Actor.ACTIVITY_JSON + "; charset=utf-8", json);
    }

    FediverseStub serve(String path, int status, String type, String body, String... headers) {
        Map<String, String> named = new ConcurrentHashMap<>();
        for (int place = 0; place < headers.length; place += 2) {
            named.put(headers[place], headers[place + 1]);
        }
        served.put(path, new Served(status, type, body, named));
        return this;
    }

    void remove(String path) {
        served.remove(path);
    }

    /** Signatures of other kinds are answered with 401. */
    void understandsOnly(SignatureKind kind) {
        kinds = EnumSet.of(kind);
    }

    /** "Authorized fetch": unsigned reads are answered with 401. */
    void readsOnlySigned() {
        secured = true;
    }

    /** Refuses reasons of more than 3,000 characters, and signatures with 403. */
    void isPeerTube() {
        peerTube = true;
    }

    /** Queues a fault for the next call of this method whose path starts like this. */
    void fault(String methodAndPath, Fault fault) {
        faults.computeIfAbsent(methodAndPath, unused -> new ConcurrentLinkedQueue<>())
                .add(fault);
    }

    static Fault answer(int status, String type, String body, String... headers) {
        return (exchange, sent) -> {
            for (int place = 0; place < headers.length; place += 2) {
                exchange.getResponseHeaders().set(headers[place], headers[place + 1]);
            }
            send(exchange, status, type, body);
        };
    }

    /** The answer never comes, though what was sent is kept. */
    Fault silence() {
        return (exchange, sent) -> {
            keep(exchange, sent);
            try {
                closing.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    /** An error, though what was sent is kept. */
    Fault keptAnd(int status) {
        return (exchange, sent) -> {
            keep(exchange, sent);
            send(exchange, status, "text/plain", "oops");
        };
    }

    /** Ten megabytes. */
    static Fault flood() {
        return (exchange, sent) -> {
            exchange.getResponseHeaders().set("Content-Type", Actor.ACTIVITY_JSON);
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[64 * 1024];
            Arrays.fill(piece, (byte) ' ');
            try (var out = exchange.getResponseBody()) {
                for (int written = 0; written < 10 * 1024 * 1024; written += piece.length) {
                    out.write(piece);
                }
            }
        };
    }

    /** One byte now and then. */
    Fault drip() {
        return (exchange, sent) -> {
            exchange.getResponseHeaders().set("Content-Type", Actor.ACTIVITY_JSON);
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (!closing.await(50, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** The reports that were taken, by their id. */
    Map<String, JsonNode> reports() {
        return Map.copyOf(reports);
    }

    /** Method and path of every call so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Path and kind of signature of every delivery so far. */
    List<String> deliveries() {
        return List.copyOf(deliveries);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String call = exchange.getRequestMethod() + " " + path;
        calls.add(call);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            deliveries.add(path + " " + kind(exchange));
        }
        for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
            Fault fault = call.startsWith(entry.getKey()) ? entry.getValue().poll() : null;
            if (fault != null) {
                fault.happen(exchange, body);
                return;
            }
        }
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                take(exchange, path, body);
            } else {
                show(exchange, path);
            }
        } catch (Refused refused) {
            send(
                    exchange,
                    refused.status == 401 && peerTube ? 403 : refused.status,
                    "text/plain",
                    refused.getMessage());
        } catch (GeneralSecurityException | RuntimeException e) {
            send(exchange, 401, "text/plain", "Failed to verify the request signature: " + e);
        }
    }

    private static String kind(HttpExchange exchange) {
        if (exchange.getRequestHeaders().containsKey("Signature-Input")) {
            return SignatureKind.RFC9421.name();
        }
        return exchange.getRequestHeaders().containsKey("Signature") ? SignatureKind.CAVAGE.name() : "unsigned";
    }

    private void show(HttpExchange exchange, String path) throws IOException, GeneralSecurityException {
        if (secured && !path.startsWith("/.well-known/")) {
            if (!exchange.getRequestHeaders().containsKey("Signature")) {
                throw new Refused(401, "Request not signed");
            }
            verify(exchange, new byte[0]);
        }
        Served found = served.get(path);
        if (found == null) {
            throw new Refused(404, "Not Found");
        }
        found.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, found.status(), found.type(), found.body());
    }

    private void take(HttpExchange exchange, String path, byte[] body) throws IOException, GeneralSecurityException {
        if (!path.equals("/inbox") && !path.matches("/users/[a-z]+/inbox")) {
            throw new Refused(404, "Not Found");
        }
        if (!Actor.ACTIVITY_JSON.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new Refused(400, "Not an activity");
        }
        verify(exchange, body);
        JsonNode flag = JSON.readTree(body);
        for (Iterator<String> names = flag.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            require(FLAG_FIELDS.contains(name), "Unknown field " + name);
        }
        require(
                "https://www.w3.org/ns/activitystreams"
                        .equals(flag.path("@context").textValue()),
                "@context");
        require("Flag".equals(flag.path("type").textValue()), "type");
        require(sender.toString().equals(flag.path("actor").textValue()), "actor is not the signer");
        URI id = URI.create(flag.path("id").asText());
        require(sender.getAuthority().equals(id.getAuthority()), "id is not on the actor's host");
        require(flag.path("object").isArray() && flag.path("object").size() <= 2, "object");
        require(
                flag.path("object").path(0).asText().startsWith(base() + "users/")
                        && served.containsKey(
                                URI.create(flag.path("object").path(0).asText()).getPath()),
                "the account does not come first");
        require(!flag.path("content").asText().isBlank(), "content");
        require(!peerTube || flag.path("content").asText().length() <= 3000, "reason is longer than 3000");
        for (JsonNode tag : flag.path("tag")) {
            require(
                    "Hashtag".equals(tag.path("type").asText())
                            && REASONS.contains(tag.path("name").asText()),
                    "unknown reason");
        }
        reports.putIfAbsent(id.toString(), flag);
        send(exchange, 202, "text/plain", "");
    }

    private void keep(HttpExchange exchange, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            JsonNode flag = JSON.readTree(body);
            reports.putIfAbsent(flag.path("id").asText(), flag);
        }
    }

    private void verify(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        boolean post = exchange.getRequestMethod().equals("POST");
        String date = exchange.getRequestHeaders().getFirst("Date");
        Instant at =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        if (Duration.between(at, clock.instant()).abs().compareTo(Duration.ofHours(1)) > 0) {
            throw new Refused(401, "Signed request date outside acceptable time window");
        }
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        if (kind(exchange).equals(SignatureKind.RFC9421.name())) {
            verifyNew(exchange, post, hash);
        } else if (kind(exchange).equals(SignatureKind.CAVAGE.name())) {
            verifyOld(exchange, post, hash);
        } else {
            throw new Refused(401, "Request not signed");
        }
    }

    private void verifyOld(HttpExchange exchange, boolean post, String hash) throws GeneralSecurityException {
        Map<String, String> parameters = PARAMETER
                .matcher(exchange.getRequestHeaders().getFirst("Signature"))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        List<String> names = List.of(parameters.get("headers").split(" "));
        refuseUnless(kinds.contains(SignatureKind.CAVAGE), "Error parsing signature parameters");
        refuseUnless(parameters.get("keyId").equals(sender + "#main-key"), "Unknown key");
        refuseUnless("rsa-sha256".equals(parameters.get("algorithm")), "Unsupported signature algorithm");
        refuseUnless(names.containsAll(List.of("(request-target)", "host", "date")), "Too little is signed");
        if (post) {
            refuseUnless(names.contains("digest"), "Mastodon requires the Digest header to be signed");
            refuseUnless(
                    ("SHA-256=" + hash).equals(exchange.getRequestHeaders().getFirst("Digest")),
                    "Invalid Digest value");
        }
        String text = names.stream()
                .map(name -> name + ": "
                        + (name.equals("(request-target)")
                                ? exchange.getRequestMethod().toLowerCase(Locale.ROOT) + " " + exchange.getRequestURI()
                                : exchange.getRequestHeaders().getFirst(name)))
                .collect(Collectors.joining("\n"));
        refuseUnless(holds(text, parameters.get("signature")), "Failed to verify the request signature.");
    }

    private void verifyNew(HttpExchange exchange, boolean post, String hash) throws GeneralSecurityException {
        Matcher input = INPUT.matcher(exchange.getRequestHeaders().getFirst("Signature-Input"));
        refuseUnless(input.matches(), "Signature-Input");
        refuseUnless(kinds.contains(SignatureKind.RFC9421), "Error parsing signature parameters");
        List<String> names = List.of(input.group(2).replace("\"", "").split(" "));
        refuseUnless(names.containsAll(List.of("@method", "@target-uri")), "Too little is signed");
        refuseUnless(input.group(3).contains(";keyid=\"" + sender + "#main-key\""), "Unknown key");
        refuseUnless(
                input.group(3).contains(";created=" + clock.instant().getEpochSecond()), "Created at another time");
        if (post) {
            refuseUnless(names.contains("content-digest"), "Mastodon requires the Content-Digest header to be signed");
            refuseUnless(
                    ("sha-256=:" + hash + ":")
                            .equals(exchange.getRequestHeaders().getFirst("Content-Digest")),
                    "Invalid Content-Digest value");
        }
        String text = names.stream()
                        .map(name -> "\"" + name + "\": "
                                + (name.equals("@method")
                                        ? exchange.getRequestMethod()
                                        : name.equals("@target-uri")
                                                ? "http://"
                                                        + exchange.getRequestHeaders()
                                                                .getFirst("Host")
                                                        + exchange.getRequestURI()
                                                : exchange.getRequestHeaders().getFirst(name)))
                        .collect(Collectors.joining("\n"))
                + "\n\"@signature-params\": " + input.group(1);
        String signature = exchange.getRequestHeaders().getFirst("Signature");
        refuseUnless(
                holds(text, signature.substring("sig1=:".length(), signature.length() - 1)),
                "Failed to verify the request signature.");
    }

    private boolean holds(String text, String signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update(text.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(signature));
    }

    private static void refuseUnless(boolean condition, String words) {
        if (!condition) {
            throw new Refused(401, words);
        }
    }

    private static void require(boolean condition, String words) {
        if (!condition) {
            throw new Refused(422, words);
        }
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

        Refused(int status, String words) {
            super(words);
            this.status = status;
        }
    }
}
