package org.takedownhub.platform.mail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * IANA's bootstrap files and one RDAP server for all of it, as RFC 9224, RFC 7480 and RFC 9082 have them: it takes GET
 * alone, on the documented paths, from who accepts {@code application/rdap+json}. Any other call is counted as a breach
 * of the contract.
 */
final class RdapStub implements AutoCloseable {

    private static final Pattern DOMAIN = Pattern.compile("/rdap/domain/[a-z0-9-]+(?:\\.[a-z0-9-]+)+");
    private static final Pattern ADDRESS = Pattern.compile("/rdap/ip/[0-9a-f.:]+");
    private static final Pattern SYSTEM = Pattern.compile("/rdap/autnum/[0-9]+");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> breaches = new CopyOnWriteArrayList<>();

    private record Answer(int status, byte[] body, Map<String, String> headers) {}

    RdapStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        bootstrap("dns.json", "[[[\"example\", \"test\", \"uk\", \"net\"], [\"" + base() + "\"]]]");
        bootstrap("ipv4.json", "[[[\"198.51.100.0/24\"], [\"" + base() + "\"]]]");
        bootstrap("ipv6.json", "[[[\"2001:db8::/32\"], [\"" + base() + "\"]]]");
        bootstrap("asn.json", "[[[\"64496-64511\"], [\"" + base() + "\"]]]");
    }

    URI bootstrapUrl() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/bootstrap/");
    }

    String base() {
        return "http://localhost:" + server.getAddress().getPort() + "/rdap/";
    }

    private void bootstrap(String file, String services) {
        json("/bootstrap/" + file, "{\"version\":\"1.0\",\"services\":" + services + "}");
    }

    RdapStub json(String path, String body) {
        return answer(path, 200, body, "Content-Type", "application/rdap+json");
    }

    RdapStub answer(String path, int status, String body, String... headers) {
        Map<String, String> named = new ConcurrentHashMap<>();
        for (int place = 0; place < headers.length; place += 2) {
            named.put(headers[place], headers[place + 1]);
        }
        answers.put(path, new Answer(status, body.getBytes(StandardCharsets.UTF_8), named));
        return this;
    }

    /** A domain whose registrar, two entities deep, has an abuse contact. */
    RdapStub domain(String name, String registrarAbuse) {
        return json(
                "/rdap/domain/" + name, domainObject(name, entity("registrar", "", entity("abuse", registrarAbuse))));
    }

    /** A network whose owner has an abuse contact. */
    RdapStub network(String address, String abuse) {
        return json(
                "/rdap/ip/" + address,
                "{\"objectClassName\":\"ip network\",\"handle\":\"NET\",\"entities\":["
                        + entity("registrant", "", entity("abuse", abuse)) + "]}");
    }

    static String domainObject(String name, String... entities) {
        return "{\"objectClassName\":\"domain\",\"ldhName\":\"" + name + "\",\"entities\":["
                + String.join(",", entities) + "]}";
    }

    /** An entity with a jCard (RFC 7095), as RFC 9083 section 5.1 shows it. */
    static String entity(String role, String email, String... entities) {
        String card = "[\"version\",{},\"text\",\"4.0\"],[\"fn\",{},\"text\",\"Somebody\"]"
                + (email.isEmpty() ? "" : ",[\"email\",{\"type\":\"work\"},\"text\",\"" + email + "\"]");
        return "{\"objectClassName\":\"entity\",\"roles\":[\"" + role + "\"],\"vcardArray\":[\"vcard\",[" + card
                + "]],\"entities\":[" + String.join(",", entities) + "]}";
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(path);
        boolean known = path.startsWith("/bootstrap/")
                || path.startsWith("/elsewhere/")
                || DOMAIN.matcher(path).matches()
                || ADDRESS.matcher(path).matches()
                || SYSTEM.matcher(path).matches();
        String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        if (!known || !exchange.getRequestMethod().equals("GET") || !accept.contains("application/rdap+json")) {
            breaches.add(exchange.getRequestMethod() + " " + path + " " + accept);
        }
        Answer answer = answers.getOrDefault(
                path, new Answer(404, "{\"errorCode\":404}".getBytes(StandardCharsets.UTF_8), Map.of()));
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
