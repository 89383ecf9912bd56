package org.takedownhub.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The calls that set a scene and tell what was reported. They need no sign-in; the platform is local. */
final class Scenes {

    private static final Set<String> FIELDS = Set.of("author", "text", "media", "behaviour", "afterSeconds");
    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_PICTURE_NAME = 200;
    private static final long LONGEST_AFTER = Duration.ofDays(30).toSeconds();

    private final TrainingStore store;
    private final Addresses addresses;
    private final Clock clock;

    Scenes(TrainingStore store, Addresses addresses, Clock clock) {
        this.store = store;
        this.addresses = addresses;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/training/posts", this::publish)
                .POST("/training/posts/{id}/remove", this::remove)
                .route(MastodonApi.reading("/training/posts"), this::posts)
                .route(MastodonApi.reading("/training/posts/{id}"), this::post)
                .route(MastodonApi.reading("/training/reports"), this::reports)
                .build();
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        Post post = publish(MastodonApi.body(request));
        Map<String, Object> created = new LinkedHashMap<>();
        created.put("id", Long.toString(post.id()));
        created.put("url", addresses.of(post));
        return Answers.json(request, 201, created);
    }

    /**
     * Publishes what a person typed into the form.
     *
     * @throws Refusal when a field is wrong
     */
    Post publish(Map<String, String[]> form) {
        ObjectNode body = Answers.JSON.createObjectNode();
        for (String field : List.of("author", "text", "behaviour")) {
            body.put(field, typed(form, field));
        }
        String media = typed(form, "media");
        if (!media.isEmpty()) {
            body.put("media", media);
        }
        String after = typed(form, "afterSeconds");
        if (!after.isEmpty()) {
            body.set(
                    "afterSeconds",
                    MastodonApi.number(after)
                            .<JsonNode>map(LongNode::valueOf)
                            .orElseGet(() -> TextNode.valueOf(after)));
        }
        return publish(body);
    }

    private static String typed(Map<String, String[]> form, String field) {
        String[] values = form.get(field);
        // A browser sends line breaks as CR LF; a program sends LF.
        return values == null ? "" : values[0].strip().replace("\r\n", "\n");
    }

    private Post publish(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
                throw Refusal.field(
                        shown, "is not a field of a post; use author, text, media, behaviour, afterSeconds");
            }
        });
        String author = text(body, "author");
        if (author.length() > LONGEST_NAME || !author.matches("[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*")) {
            throw Refusal.field(
                    "author", "must be a name of 1 to 30 letters, digits, _, or single . and - between them");
        }
        String text = text(body, "text");
        if (text.isBlank() || text.codePointCount(0, text.length()) > MastodonJson.MOST_CHARACTERS) {
            throw Refusal.field("text", "must have 1 to " + MastodonJson.MOST_CHARACTERS + " characters");
        }
        List<String> media = media(body.get("media"));
        Behaviour behaviour = behaviour(body);
        Duration after = after(body.get("afterSeconds"), behaviour);
        return store.publish(author, text, media, behaviour, after);
    }

    private ServerResponse remove(ServerRequest request) {
        Post post = find(request);
        if (post.ordinary()) {
            throw Refusal.of(409, "This post shows that the platform is up, and stays; remove one of your own");
        }
        store.delete(post.id());
        return Answers.json(request, 200, state(find(request)));
    }

    private ServerResponse post(ServerRequest request) {
        return Answers.json(request, 200, state(find(request)));
    }

    /** The newest 200, newest first. */
    private ServerResponse posts(ServerRequest request) {
        return Answers.json(
                request, 200, store.posts().stream().map(this::state).toList());
    }

    private Post find(ServerRequest request) {
        String id = request.pathVariable("id");
        return MastodonApi.number(id)
                .flatMap(store::post)
                .orElseThrow(() -> Refusal.of(404, "id: there is no such post"));
    }

    private Map<String, Object> state(Post post) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("id", Long.toString(post.id()));
        state.put("url", addresses.of(post));
        state.put("behaviour", post.behaviour());
        state.put("standing", post.standing(clock.instant()));
        return state;
    }

    private ServerResponse reports(ServerRequest request) {
        List<Map<String, Object>> reports = new ArrayList<>();
        for (Report report : store.reports()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", Long.toString(report.id()));
            json.put(
                    "statusIds",
                    report.statusIds().stream().map(id -> Long.toString(id)).toList());
            json.put("category", report.category());
            json.put("comment", report.comment());
            json.put("createdAt", report.createdAt().toString());
            reports.add(json);
        }
        return Answers.json(request, 200, reports);
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.isTextual()) {
            throw Refusal.field(field, "is missing or not a text");
        }
        return value.asText();
    }

    /** One name or a list of names; the platform makes up the pictures itself and fetches nothing. */
    private static List<String> media(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        Iterable<JsonNode> values = given.isArray() ? given : List.of(given);
        for (JsonNode value : values) {
            String name = value.isTextual() ? value.asText() : "";
            if (name.isBlank() || name.length() > LONGEST_PICTURE_NAME) {
                throw Refusal.field("media", "must be a picture's name, or a list of names, of 1 to 200 characters");
            }
            names.add(name);
        }
        if (names.size() > MastodonJson.MOST_MEDIA) {
            throw Refusal.field("media", "must have at most " + MastodonJson.MOST_MEDIA + " pictures");
        }
        return names;
    }

    private static Behaviour behaviour(JsonNode body) {
        String given = text(body, "behaviour");
        return Arrays.stream(Behaviour.values())
                .filter(behaviour -> behaviour.name().equals(given))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "behaviour",
                        "must be one of "
                                + Arrays.stream(Behaviour.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static Duration after(@Nullable JsonNode given, Behaviour behaviour) {
        if (given == null || given.isNull()) {
            return behaviour.usually();
        }
        if (!given.isIntegralNumber()
                || !given.canConvertToLong()
                || given.asLong() < 0
                || given.asLong() > LONGEST_AFTER) {
            throw Refusal.field("afterSeconds", "must be a whole number of seconds from 0 to " + LONGEST_AFTER);
        }
        return Duration.ofSeconds(given.asLong());
    }
}
