package org.takedownhub.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** Answers what it was told, and is not there for anything else. */
final class FakeWeb implements Web {

    private final Map<String, Function<Request, Response>> answers = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    FakeWeb redirects(String from, String to) {
        return answers(from, request -> new Response(301, Map.of("location", to), new byte[0]));
    }

    FakeWeb says(String url, String body) {
        return answers(url, request -> new Response(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    FakeWeb answers(String url, Function<Request, Response> answer) {
        answers.put(url, answer);
        return this;
    }

    /** As {@code METHOD url}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Response headers(Request request) {
        requests.add(request.method() + " " + request.uri());
        return Optional.ofNullable(answers.get(request.uri().toString()))
                .orElseThrow(() -> new PlatformUnavailable("No connection", Optional.empty()))
                .apply(request);
    }

    @Override
    public Response read(Request request) {
        return headers(request);
    }
}
