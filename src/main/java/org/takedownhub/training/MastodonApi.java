package org.takedownhub.training;

import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;
import static org.takedownhub.training.Answers.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The part of the <a href="https://docs.joinmastodon.org/methods/">Mastodon API</a> that a reporter uses, with its
 * errors and limits.
 */
final class MastodonApi {

    private static final Set<String> CATEGORIES = Set.of("spam", "legal", "violation", "other");
    private static final int LONGEST_COMMENT = 1_000;
    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_PAGE = 40;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final TrainingStore store;
    private final MastodonJson entities;
    private final Addresses addresses;
    private final RateLimits limits;
    private final Faults faults;
    private final Clock clock;
    private final CountDownLatch stopping;

    MastodonApi(
            Tokens tokens,
            TrainingStore store,
            MastodonJson entities,
            Addresses addresses,
            RateLimits limits,
            Clock clock,
            CountDownLatch stopping) {
        this.tokens = tokens;
        this.store = store;
        this.entities = entities;
        this.addresses = addresses;
        this.limits = limits;
        this.faults = new Faults(store, clock, limits);
        this.clock = clock;
        this.stopping = stopping;
    }

    /** What a token may do. */
    enum Scope {
        READ,
        WRITE_REPORTS
    }

    /**
     * The access tokens.
     *
     * @param full     may do everything the hub needs
     * @param readOnly may read only; to test what happens when a scope is missing
     */
    record Tokens(String full, String readOnly) {

        boolean grants(String token, Scope scope) {
            return same(token, full) || scope == Scope.READ && same(token, readOnly);
        }

        boolean knows(String token) {
            return same(token, full) || same(token, readOnly);
        }

        private static boolean same(String one, String other) {
            return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(reading("/api/v2/search"), limited(this::search))
                .route(reading("/api/v1/statuses/{id}"), limited(this::status))
                .route(reading("/api/v1/accounts/verify_credentials"), limited(this::credentials))
                .route(reading("/api/v1/accounts/lookup"), limited(this::lookup))
                .route(reading("/api/v1/accounts/{id}"), limited(this::account))
                .route(reading("/api/v1/instance"), limited(request -> json(request, 200, entities.instanceV1())))
                .route(reading("/api/v2/instance"), limited(request -> json(request, 200, entities.instance())))
                .route(reading("/api/v1/instance/rules"), limited(request -> json(request, 200, entities.rulesList())))
                .route(reading("/api/v1/timelines/public"), limited(this::timeline))
                .POST("/api/v1/reports", limited(this::report))
                .route(path("/api/**"), limited(request -> {
                    throw Refusal.of(404, "Not Found");
                }))
                .build();
    }

    static RequestPredicate reading(String pattern) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(pattern));
    }

    /** Counts the call first, as the real platform does, whatever comes of it. */
    private HandlerFunction<ServerResponse> limited(HandlerFunction<ServerResponse> handler) {
        return request -> {
            String caller = token(request)
                    .filter(tokens::knows)
                    .map(token -> "token " + token)
                    .orElseGet(() -> request.servletRequest().getRemoteAddr());
            RateLimits.Reading reading = limits.call(caller);
            request.attributes().put(Answers.LIMITS, reading);
            if (reading.exceeded()) {
                throw Refusal.of(429, "Too many requests");
            }
            return handler.handle(request);
        };
    }

    private ServerResponse search(ServerRequest request) {
        boolean signedIn = signedInIfAtAll(request);
        String query = request.param("q").map(String::strip).orElse("");
        if (query.isEmpty()) {
            throw Refusal.of(400, "param is missing or the value is empty or invalid: q");
        }
        boolean resolve = request.param("resolve").filter(MastodonApi::isTrue).isPresent();
        if (request.param("offset").isPresent() && !signedIn) {
            throw Refusal.of(401, "Search queries pagination is not supported without authentication");
        }
        if (resolve && !signedIn) {
            throw Refusal.of(
                    401, "Search queries that resolve remote resources are not supported without authentication");
        }
        String type = request.param("type").orElse("");
        Optional<Post> post = resolve && !"accounts".equals(type) && !"hashtags".equals(type)
                ? addresses.postId(query).flatMap(store::post).filter(found -> !gone(found))
                : Optional.empty();
        Optional<Account> account = type.isEmpty() || "accounts".equals(type)
                ? addresses.username(query).or(() -> username(query)).flatMap(store::account)
                : Optional.empty();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("accounts", account.map(entities::account).stream().toList());
        found.put("statuses", post.map(entities::status).stream().toList());
        found.put("hashtags", List.of());
        return post.flatMap(flaky -> faults.onRead(request, flaky, found)).orElseGet(() -> json(request, 200, found));
    }

    private ServerResponse status(ServerRequest request) {
        signedInIfAtAll(request);
        Post post = number(request.pathVariable("id")).flatMap(store::post).orElseThrow(Refusal::notFound);
        Map<String, Object> status = entities.status(post);
        Optional<ServerResponse> fault = faults.onRead(request, post, status);
        if (fault.isPresent()) {
            return fault.get();
        }
        return switch (post.standing(clock.instant())) {
            case REMOVED, DELETED -> throw Refusal.notFound();
            case BEHIND_LOGIN -> throw Refusal.of(401, "This API requires an authenticated user");
            case UP, SHELL_ONLY -> json(request, 200, status);
        };
    }

    private ServerResponse credentials(ServerRequest request) {
        require(request, Scope.READ);
        return json(request, 200, entities.credentials(store.reporter()));
    }

    private ServerResponse lookup(ServerRequest request) {
        signedInIfAtAll(request);
        String name = request.param("acct").orElse("");
        return username(name)
                .flatMap(store::account)
                .map(found -> json(request, 200, entities.account(found)))
                .orElseThrow(Refusal::notFound);
    }

    private ServerResponse account(ServerRequest request) {
        signedInIfAtAll(request);
        return number(request.pathVariable("id"))
                .flatMap(store::account)
                .map(found -> json(request, 200, entities.account(found)))
                .orElseThrow(Refusal::notFound);
    }

    /** Lists the platform's own posts only: whoever looks for ordinary content that stays up finds nothing else. */
    private ServerResponse timeline(ServerRequest request) {
        signedInIfAtAll(request);
        int limit = request.param("limit")
                .flatMap(MastodonApi::number)
                .map(given -> (int) Math.max(1, Math.min(LONGEST_PAGE, given)))
                .orElse(USUAL_PAGE);
        boolean remoteOnly = request.param("remote").filter(MastodonApi::isTrue).isPresent();
        List<Post> posts = remoteOnly ? List.of() : store.ordinaryPosts(limit);
        return json(request, 200, posts.stream().map(entities::status).toList());
    }

    private ServerResponse report(ServerRequest request) throws IOException {
        require(request, Scope.WRITE_REPORTS);
        RateLimits.Reading today = limits.reports();
        show(request, today);
        ReportForm form = form(request);
        Account target = number(form.accountId()).flatMap(store::account).orElseThrow(Refusal::notFound);
        List<Post> posts = posts(form, target);
        if (!form.collectionIds().isEmpty()) {
            throw Refusal.notFound();
        }
        List<Long> rules = rules(form);
        String category = category(form, rules);
        if (form.comment().codePointCount(0, form.comment().length()) > LONGEST_COMMENT) {
            throw Refusal.of(422, "Validation failed: Comment is too long (maximum is 1000 characters)");
        }
        if (today.remaining() < 1) {
            throw Refusal.of(429, "Too many requests", today.headers());
        }
        for (Post post : posts) {
            Optional<ServerResponse> fault = faults.onReport(request, post);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        Report report = store.report(target, posts, rules, category, form.comment());
        show(request, limits.reports());
        Map<String, Object> answer = entities.report(report, clock.instant());
        for (Post post : posts) {
            if (post.behaviour() == Behaviour.TIMES_OUT && post.firstReportedAt() == null) {
                hold(post);
            }
            if (post.behaviour() == Behaviour.BREAKS_OFF) {
                return Answers.half(request, answer);
            }
        }
        return json(request, 200, answer);
    }

    /** Keeps the caller waiting, but not the platform from stopping. */
    private void hold(Post post) {
        try {
            stopping.await(post.after().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void show(ServerRequest request, RateLimits.Reading more) {
        request.attributes()
                .computeIfPresent(Answers.LIMITS, (name, reading) -> ((RateLimits.Reading) reading).nearest(more));
    }

    private static ReportForm form(ServerRequest request) throws IOException {
        boolean isJson = request.headers()
                .contentType()
                .filter(MediaType.APPLICATION_JSON::isCompatibleWith)
                .isPresent();
        return isJson ? ReportForm.ofJson(body(request)) : ReportForm.ofParameters(request.servletRequest());
    }

    /** The JSON object in the body. */
    static JsonNode body(ServerRequest request) throws IOException {
        byte[] bytes = request.servletRequest().getInputStream().readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw Refusal.of(413, "The body is larger than " + LARGEST_BODY + " bytes");
        }
        try {
            JsonNode body = Answers.JSON.readTree(bytes);
            if (body == null || !body.isObject()) {
                throw Refusal.of(400, "The body must be a JSON object");
            }
            return body;
        } catch (JsonProcessingException notJson) {
            throw Refusal.of(400, "Error occurred while parsing request parameters");
        }
    }

    private List<Post> posts(ReportForm form, Account target) {
        List<Post> posts = new ArrayList<>();
        for (String id : new LinkedHashSet<>(form.statusIds())) {
            posts.add(number(id)
                    .flatMap(store::post)
                    .filter(post -> post.author().id() == target.id())
                    .filter(post -> post.canBeReported(clock.instant()))
                    .orElseThrow(Refusal::notFound));
        }
        return posts;
    }

    private static List<Long> rules(ReportForm form) {
        List<Long> rules = new ArrayList<>();
        for (String id : form.ruleIds()) {
            rules.add(number(id).filter(MastodonJson.RULES::containsKey).orElseThrow(MastodonApi::noSuchRules));
        }
        return rules;
    }

    private static String category(ReportForm form, List<Long> rules) {
        if (!rules.isEmpty()) {
            return "violation";
        }
        String category = form.category().orElse("other");
        if (!CATEGORIES.contains(category)) {
            throw Refusal.of(422, "Validation failed: Category is not included in the list");
        }
        if (category.equals("violation")) {
            throw noSuchRules();
        }
        return category;
    }

    private static Refusal noSuchRules() {
        return Refusal.of(422, "Validation failed: Rule ids does not reference valid rules");
    }

    private boolean gone(Post post) {
        return post.standing(clock.instant()).gone();
    }

    /** A name as in {@code name}, {@code @name} or {@code name@here}. */
    private Optional<String> username(String account) {
        String name = account.startsWith("@") ? account.substring(1) : account;
        int at = name.indexOf('@');
        if (at < 0) {
            return Optional.of(name);
        }
        return addresses.isOurs(name.substring(at + 1)) ? Optional.of(name.substring(0, at)) : Optional.empty();
    }

    private void require(ServerRequest request, Scope scope) {
        String token = token(request).filter(tokens::knows).orElseThrow(Refusal::invalidToken);
        if (!tokens.grants(token, scope)) {
            throw Refusal.of(403, "This action is outside the authorized scopes");
        }
    }

    /** Public calls need no token, but a wrong one is refused. */
    private boolean signedInIfAtAll(ServerRequest request) {
        if (request.headers().firstHeader(HttpHeaders.AUTHORIZATION) == null) {
            return false;
        }
        require(request, Scope.READ);
        return true;
    }

    private static Optional<String> token(ServerRequest request) {
        return Optional.ofNullable(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static boolean isTrue(String value) {
        return !Set.of("", "0", "f", "F", "false", "FALSE", "off", "OFF").contains(value);
    }
}
