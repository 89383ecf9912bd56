package org.takedownhub.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * A platform on the loopback interface that a stub fills with the documented contract, and the ways in which any server
 * may fail. What the contract does not know it refuses, so that a call that only happens to work fails in the test.
 */
public abstract class ContractServer implements AutoCloseable {

    protected static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    protected ContractServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers as the contract says, or throws {@link Refused}. */
    protected abstract Reply answer(Call call) throws IOException;

    public URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** Method and path of every call so far. */
    public List<String> calls() {
        return calls.stream().map(Call::line).toList();
    }

    public List<Call> callsTo(String line) {
        return calls.stream().filter(call -> call.line().equals(line)).toList();
    }

    /** Queues a fault for the next call whose method and path start like this. */
    public void fault(String line, Fault fault) {
        faults.computeIfAbsent(line, key -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    /** What happens instead of the answer, once. */
    @FunctionalInterface
    public interface Fault {
        void happen(HttpExchange exchange, Call call) throws IOException;
    }

    /** The answer of the contract at the side of the server only: the client never hears of it. */
    public Fault takenWithoutAWord() {
        return (exchange, call) -> {
            answer(call);
            pause();
        };
    }

    public static Fault answering(int status, String type, String body, String... headers) {
        return (exchange, call) -> send(exchange, new Reply(status, type, body, headers(headers)));
    }

    public static Fault page(int status) {
        return answering(status, "text/html", "<!DOCTYPE html><title>One moment</title>");
    }

    /** 10 MB of blanks before anything else. */
    public static Fault tenMegabytes(int status) {
        return (exchange, call) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, 0);
            byte[] blanks = new byte[64 * 1024];
            Arrays.fill(blanks, (byte) ' ');
            for (int sent = 0; sent < 10 * 1024 * 1024; sent += blanks.length) {
                exchange.getResponseBody().write(blanks);
            }
        };
    }

    /** A byte now and then, which no pause between two bytes ever ends. */
    public Fault drip(int status) {
        return (exchange, call) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            while (!pause(100)) {
                out.write(' ');
                out.flush();
            }
        };
    }

    private void pause() {
        pause(20_000);
    }

    /** @return whether the server is closing */
    private boolean pause(long milliseconds) {
        try {
            return closing.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                parameters(exchange.getRequestURI().getRawQuery()),
                name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
                exchange.getRequestBody().readAllBytes());
        calls.add(call);
        try (exchange) {
            Optional<Fault> fault = faults.entrySet().stream()
                    .filter(entry -> call.line().startsWith(entry.getKey()))
                    .flatMap(entry -> Optional.ofNullable(entry.getValue().poll()).stream())
                    .findFirst();
            if (fault.isPresent()) {
                fault.get().happen(exchange, call);
            } else {
                send(exchange, answered(call));
            }
        }
    }

    private Reply answered(Call call) throws IOException {
        try {
            return answer(call);
        } catch (Refused refused) {
            return refused.reply;
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> headers(String... namesAndValues) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int place = 0; place < namesAndValues.length; place += 2) {
            headers.put(namesAndValues[place], namesAndValues[place + 1]);
        }
        return headers;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return parameters;
        }
        for (String pair : text.split("&")) {
            String[] sides = pair.split("=", 2);
            parameters.merge(
                    decoded(sides[0]), sides.length == 2 ? decoded(sides[1]) : "", (one, other) -> one + "," + other);
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    public interface Headers {
        Optional<String> first(String name);
    }

    /** @param query values of a repeated name are joined with a comma */
    public record Call(String method, String path, Map<String, String> query, Headers headers, byte[] body) {

        public String line() {
            return method + " " + path;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        public Map<String, String> form() {
            return parameters(text());
        }

        public Optional<String> bearer() {
            return headers.first("Authorization")
                    .filter(value -> value.startsWith("Bearer "))
                    .map(value -> value.substring(7));
        }

        /** The first name that is not among these. */
        public static Optional<String> stranger(Iterable<String> names, Set<String> known) {
            for (String name : names) {
                if (!known.contains(name)) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        }
    }

    public record Reply(int status, String type, String body, Map<String, String> headers) {

        public static Reply json(int status, Object body) {
            try {
                return new Reply(status, "application/json; charset=UTF-8", JSON.writeValueAsString(body), Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The contract's own refusal. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        public Refused(Reply reply) {
            super(reply.body());
            this.reply = reply;
        }
    }
}
