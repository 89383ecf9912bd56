package org.takedownhub.training;

import static org.takedownhub.training.MastodonApi.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** What a browser and another server see: the overview, posts and profiles as pages and as ActivityPub objects. */
final class Pages {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final List<Choice> CHOICES = Arrays.stream(Behaviour.values())
            .map(behaviour -> new Choice(behaviour.name(), behaviour.inWords()))
            .toList();

    private final TrainingStore store;
    private final MastodonJson entities;
    private final Addresses addresses;
    private final Clock clock;
    private final Scenes scenes;
    private final SpringTemplateEngine templates = new SpringTemplateEngine();

    Pages(TrainingStore store, MastodonJson entities, Addresses addresses, Clock clock, Scenes scenes) {
        this.store = store;
        this.entities = entities;
        this.addresses = addresses;
        this.clock = clock;
        this.scenes = scenes;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
        resolver.setPrefix("training/");
        resolver.setSuffix(".html");
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        templates.setTemplateResolver(resolver);
    }

    /** A behaviour as the form offers it. */
    record Choice(String name, String inWords) {}

    /** A post as the templates show it. */
    record PostRow(
            String url,
            String author,
            String text,
            List<String> pictures,
            String createdAt,
            String behaviour,
            String standing,
            String tone,
            @Nullable String reportedAt) {}

    /** A report as the templates show it. */
    record ReportRow(
            String id,
            String account,
            List<PostRow> posts,
            String category,
            String comment,
            String createdAt,
            String answer) {}

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(reading("/"), this::overview)
                .route(reading("/training.css"), this::style)
                .route(reading("/pictures/{digest}.png"), this::picture)
                .route(reading("/training/new"), request -> form(request, 200, ""))
                .POST("/training/new", this::publish)
                .route(reading("/auth/sign_in"), request -> page(request, 200, "sign-in", Map.of()))
                .route(reading("/@{author}/{id}"), this::post)
                .route(reading("/users/{author}/statuses/{id}"), this::post)
                .route(reading("/@{author}"), this::profile)
                .route(reading("/users/{author}"), this::profile)
                .route(reading("/**"), this::nothing)
                .build();
    }

    private ServerResponse overview(ServerRequest request) {
        return page(
                request,
                200,
                "overview",
                Map.of(
                        "posts",
                        store.posts().stream().map(this::row).toList(),
                        "reports",
                        store.newestReports().stream().map(this::row).toList(),
                        "reportCount",
                        store.reportsSince(Instant.EPOCH),
                        "now",
                        SHOWN.format(clock.instant())));
    }

    private ServerResponse form(ServerRequest request, int status, String problem) {
        return page(request, status, "new", Map.of("choices", CHOICES, "problem", problem));
    }

    private ServerResponse publish(ServerRequest request) {
        try {
            scenes.publish(request.servletRequest().getParameterMap());
        } catch (Refusal refusal) {
            return form(request, refusal.status(), String.valueOf(refusal.body().get("error")));
        }
        return Answers.send(
                request, 303, MediaType.TEXT_HTML, new byte[0], Map.of(HttpHeaders.LOCATION, addresses.base() + "/"));
    }

    private ServerResponse post(ServerRequest request) {
        Optional<Post> found = MastodonApi.number(request.pathVariable("id"))
                .flatMap(store::post)
                .filter(post -> isBy(post.author(), request.pathVariable("author")));
        if (found.isEmpty()) {
            return nothing(request);
        }
        Post post = found.get();
        Standing standing = post.standing(clock.instant());
        if (wantsActivity(request)) {
            return switch (standing) {
                case UP, SHELL_ONLY -> Answers.activity(request, 200, entities.note(post));
                case DELETED -> Answers.activity(request, 410, entities.tombstone(post));
                case REMOVED -> nothing(request);
                case BEHIND_LOGIN -> throw Refusal.of(401, "This API requires an authenticated user");
            };
        }
        return switch (standing) {
            case UP -> page(request, 200, "post", Map.of("post", row(post), "profile", addresses.of(post.author())));
            case SHELL_ONLY -> page(request, 200, "not-found", Map.of());
            case BEHIND_LOGIN -> Answers.send(
                    request,
                    302,
                    MediaType.TEXT_HTML,
                    new byte[0],
                    Map.of(HttpHeaders.LOCATION, addresses.base() + "/auth/sign_in"));
            case DELETED -> page(request, 410, "not-found", Map.of());
            case REMOVED -> nothing(request);
        };
    }

    private ServerResponse profile(ServerRequest request) {
        Optional<Account> found = store.account(request.pathVariable("author"));
        if (found.isEmpty()) {
            return nothing(request);
        }
        if (wantsActivity(request)) {
            return Answers.activity(request, 200, entities.person(found.get()));
        }
        Instant now = clock.instant();
        List<PostRow> posts = store.postsOf(found.get()).stream()
                .filter(post -> post.standing(now) == Standing.UP)
                .map(this::row)
                .toList();
        return page(request, 200, "profile", Map.of("author", found.get().username(), "posts", posts));
    }

    private ServerResponse picture(ServerRequest request) {
        String digest = request.pathVariable("digest");
        if (!digest.matches("[0-9a-f]{64}")) {
            return nothing(request);
        }
        return Answers.send(request, 200, MediaType.IMAGE_PNG, Picture.png(digest), Map.of());
    }

    private ServerResponse style(ServerRequest request) throws IOException {
        byte[] css = new ClassPathResource("training/training.css").getContentAsByteArray();
        return Answers.send(request, 200, new MediaType("text", "css", StandardCharsets.UTF_8), css, Map.of());
    }

    private ServerResponse nothing(ServerRequest request) {
        return wantsActivity(request)
                ? Answers.json(request, 404, Map.of("error", "Not Found"))
                : page(request, 404, "not-found", Map.of());
    }

    private ServerResponse page(ServerRequest request, int status, String template, Map<String, Object> model) {
        return Answers.html(request, status, templates.process(template, new Context(Locale.UK, model)));
    }

    private static boolean isBy(Account author, String name) {
        return author.username().equalsIgnoreCase(name);
    }

    private static boolean wantsActivity(ServerRequest request) {
        return request.headers().accept().stream()
                .map(MediaType::toString)
                .anyMatch(
                        type -> type.startsWith("application/activity+json") || type.startsWith("application/ld+json"));
    }

    private PostRow row(Post post) {
        Standing standing = post.standing(clock.instant());
        return new PostRow(
                addresses.of(post),
                post.author().username(),
                post.text(),
                post.media().stream().map(addresses::picture).toList(),
                SHOWN.format(post.createdAt()),
                post.ordinary() ? "ordinary" : behaviour(post),
                standing.label(),
                standing.gone() ? "gone" : "up",
                post.firstReportedAt() == null ? null : SHOWN.format(post.firstReportedAt()));
    }

    private static String behaviour(Post post) {
        boolean usual = post.after().equals(post.behaviour().usually());
        return usual
                ? post.behaviour().name()
                : post.behaviour().name() + ", " + post.after().toSeconds() + " s";
    }

    private ReportRow row(Report report) {
        String answer = report.closingAt() == null
                ? "none"
                : report.closed(clock.instant())
                        ? "closed without removal; webhook: "
                                + store.deliveryOutcome(report).orElse("not sent yet")
                        : "being read";
        return new ReportRow(
                Long.toString(report.id()),
                report.target().username(),
                report.statusIds().stream()
                        .flatMap(id -> store.post(id).stream())
                        .map(this::row)
                        .toList(),
                report.category(),
                report.comment(),
                SHOWN.format(report.createdAt()),
                answer);
    }
}
