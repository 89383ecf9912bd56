package org.takedownhub.platform.page;

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
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.page.Recorded.Answer;
import org.takedownhub.platform.page.Recorded.Case;

/** Gives recorded answers over HTTP, for connectors that speak to a server of their own. */
public final class RecordedServer implements AutoCloseable {

    private final Recorded recorded;
    private final Case played;
    private final HttpServer server;
    private volatile List<Answer> answers;

    public RecordedServer(Recorded recorded, Case played) {
        this.recorded = recorded;
        this.played = played;
        this.answers = played.answers();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI origin() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** From now on the answers of the second look. */
    public void later() {
        answers = played.then() == null ? played.answers() : played.then();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String address = exchange.getRequestURI().toString();
        Response answer = recorded.answer(played, answers, address)
                .map(Answer::response)
                .orElseGet(() -> new Response(500, Map.of(), new byte[0]));
        byte[] body = new String(answer.body(), StandardCharsets.UTF_8)
                .replace("${origin}", origin().toString())
                .getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
