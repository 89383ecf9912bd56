package org.takedownhub.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Writes answers; those of the API carry the limits the caller has left. */
final class Answers {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String LIMITS = Answers.class.getName() + ".limits";

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final MediaType JSON_UTF8 = new MediaType("application", "json", StandardCharsets.UTF_8);
    private static final MediaType ACTIVITY = new MediaType("application", "activity+json", StandardCharsets.UTF_8);

    private Answers() {}

    static ServerResponse json(ServerRequest request, int status, Object body) {
        return send(request, status, JSON_UTF8, bytes(body), Map.of());
    }

    static ServerResponse activity(ServerRequest request, int status, Object body) {
        return send(request, status, ACTIVITY, bytes(body), Map.of());
    }

    static ServerResponse html(ServerRequest request, int status, String body) {
        return send(request, status, HTML, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The first half of an answer, as when a connection is cut behind a proxy that hides it. */
    static ServerResponse half(ServerRequest request, Object body) {
        byte[] whole = bytes(body);
        return send(request, 200, JSON_UTF8, Arrays.copyOf(whole, whole.length / 2), Map.of());
    }

    static ServerResponse refusal(ServerRequest request, Refusal refusal) {
        return send(request, refusal.status(), JSON_UTF8, bytes(refusal.body()), refusal.headers());
    }

    static ServerResponse send(
            ServerRequest request, int status, MediaType type, byte[] body, Map<String, String> more) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        headers.setContentLength(body.length);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'");
        if (request.attributes().get(LIMITS) instanceof RateLimits.Reading limits) {
            limits.headers().forEach(headers::set);
        }
        more.forEach(headers::set);
        return ServerResponse.status(status)
                .headers(all -> all.putAll(headers))
                .build((servletRequest, servletResponse) -> {
                    write(servletResponse, body);
                    return null;
                });
    }

    private static void write(jakarta.servlet.http.HttpServletResponse response, byte[] body)
            throws ServletException, IOException {
        response.getOutputStream().write(body);
    }

    static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("An answer of the training platform is no JSON", impossible);
        }
    }
}
