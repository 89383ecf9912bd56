package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Production: no accounts, a sign-in server for people and tokens of it for programs. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:production-test;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "takedown.workers.enabled=false",
            "takedown.access.groups-claim=realm_access.roles",
            "takedown.access.group-values.[SMH-Caseworker]=caseworkers",
            "takedown.access.group-values.[SMH-Operator]=operators",
            "takedown.access.group-values.[SMH-Liaison]=deconfliction",
            "takedown.access.force-claim=force_code",
            "takedown.access.force-values.[42]=north",
            "takedown.access.user-claim=officer",
            "takedown.access.forces=north",
            "takedown.notice.authority-name=Social Media Hub",
            "takedown.notice.authority-address=1 Example Street, London",
            "takedown.notice.contact=notices@hub.example",
            "takedown.notice.review-address=reviews@hub.example",
            "takedown.notice.parts-of-uk=England and Wales",
            "spring.security.oauth2.resourceserver.jwt.audiences=takedown-hub-api",
            "spring.security.oauth2.client.registration.hub.client-id=" + LocalProvider.CLIENT,
            "spring.security.oauth2.client.registration.hub.client-secret=" + LocalProvider.SECRET,
            "spring.security.oauth2.client.registration.hub.scope=openid",
        })
class ProductionSignInTest {

    private static final LocalProvider PROVIDER = new LocalProvider();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String TASKS = "/camunda/api/engine/engine/default/task";

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", PROVIDER::issuer);
        settings.add("spring.security.oauth2.client.provider.hub.issuer-uri", PROVIDER::issuer);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @BeforeEach
    void aCaseworkerSitsDown() {
        PROVIDER.sits("a1b2c3", claims("pc4711", "SMH-Caseworker"));
    }

    @Test
    void leadsAPersonFromSignInThroughTheQueueToACompletedTask() throws Exception {
        String reference = flagged("https://social.example/@drill/113002001");
        Browser browser = new Browser();

        HttpResponse<String> tasklist = browser.signIn(TASKLIST);

        assertThat(tasklist.statusCode()).isEqualTo(200);
        JsonNode queue = json.readTree(
                browser.get(TASKS + "?processInstanceBusinessKey=" + reference).body());
        assertThat(queue).singleElement().satisfies(task -> assertThat(
                        task.path("taskDefinitionKey").asText())
                .isEqualTo("Task_VerifyContent"));
        String task = TASKS + "/" + queue.get(0).path("id").asText();
        assertThat(browser.postJson(task + "/claim", "{\"userId\": \"pc4711\"}").statusCode())
                .isEqualTo(204);
        HttpResponse<String> completed = browser.postJson(
                task + "/complete",
                """
                {"variables": {"verdict": {"value": "UNLAWFUL"}, "category": {"value": "THREAT"},
                 "offence": {"value": "OAPA_1861_S16"}, "reasons": {"value": "threatens"},
                 "threatToLife": {"value": false}, "childVisible": {"value": false},
                 "artisticContext": {"value": "NONE"}}}""");
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(204);
        assertThat(jdbc.sql("select verified_by from verification where case_reference = ?")
                        .params(reference)
                        .query(String.class)
                        .single())
                .isEqualTo("pc4711");
    }

    @Test
    void refusesWhatIsForgedOnTheWayFromTheSignInServer() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(600));
        Map<String, UnaryOperator<JWTClaimsSet>> forgeries = new LinkedHashMap<>();
        forgeries.put("another nonce", claims -> new JWTClaimsSet.Builder(claims)
                .claim("nonce", "another")
                .build());
        forgeries.put(
                "no nonce",
                claims -> new JWTClaimsSet.Builder(claims).claim("nonce", null).build());
        forgeries.put("another audience", claims -> new JWTClaimsSet.Builder(claims)
                .audience("another-program")
                .build());
        forgeries.put("another issuer", claims -> new JWTClaimsSet.Builder(claims)
                .issuer("http://localhost:1")
                .build());
        forgeries.put("expired", claims -> new JWTClaimsSet.Builder(claims)
                .issueTime(past)
                .expirationTime(past)
                .build());
        forgeries.put("the hub's own name", claims -> new JWTClaimsSet.Builder(claims)
                .claim("officer", "system")
                .build());
        for (Map.Entry<String, UnaryOperator<JWTClaimsSet>> forgery : forgeries.entrySet()) {
            PROVIDER.forges(forgery.getValue());
            Browser browser = new Browser();
            HttpResponse<String> end = browser.signIn(TASKLIST);
            assertThat(end.uri()).as(forgery.getKey()).hasToString(address("/login?error"));
            assertThat(end.statusCode()).as(forgery.getKey()).isEqualTo(200);
            assertThat(browser.get(TASKS).statusCode()).as(forgery.getKey()).isEqualTo(401);
        }
    }

    @Test
    void takesNoAnswerThatItsOwnBrowserDidNotAskFor() throws Exception {
        Browser browser = new Browser();
        String back = browser.untilBackFromTheProvider(TASKLIST);
        HttpResponse<String> forged = browser.follow(browser.get(back.replaceFirst("state=[^&]+", "state=another")));
        assertThat(forged.uri()).hasToString(address("/login?error"));
        assertThat(browser.get(TASKS).statusCode()).isEqualTo(401);

        String stolen = new Browser().untilBackFromTheProvider(TASKLIST);
        Browser victim = new Browser();
        assertThat(victim.follow(victim.get(stolen)).uri()).hasToString(address("/login?error"));
        assertThat(victim.get(TASKS).statusCode()).isEqualTo(401);
    }

    @Test
    void opensNothingToWhoeverHasNoRoleHere() throws Exception {
        PROVIDER.sits("d4e5f6", claims("pc9999", "SMH Unheard Of", "camunda-admin", "caseworkers"));
        Browser browser = new Browser();
        assertThat(browser.signIn(TASKLIST).statusCode()).isEqualTo(403);
        for (String path :
                List.of(TASKS, "/", "/cases/TH-2026-000001", "/api/v1/content-key?url=https://a.example/1")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(403);
        }
        String token = token(Map.of("officer", "pc9999", "realm_access", Map.of("roles", List.of("caseworkers"))));
        assertThat(get("/api/v1/cases", token).statusCode()).isEqualTo(403);
        assertThat(get("/engine-rest/task", token).statusCode()).isEqualTo(403);
        assertThat(get("/engine-rest/authorization", token).statusCode()).isEqualTo(403);
    }

    @Test
    void goesOnWhenTheSignInServerChangesItsKey() throws Exception {
        String before = token(claims("pc4711", "SMH-Caseworker"));
        assertThat(get("/api/v1/cases", before).statusCode()).isEqualTo(200);
        assertThat(new Browser().signIn(TASKLIST).statusCode()).isEqualTo(200);

        PROVIDER.changesItsKey();

        assertThat(get("/api/v1/cases", token(claims("pc4711", "SMH-Caseworker")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(new Browser().signIn(TASKLIST).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/cases", before).statusCode())
                .as("signed with the key that was withdrawn")
                .isEqualTo(401);
    }

    @Test
    void signsOutHereAndAtTheSignInServer() throws Exception {
        PROVIDER.sits("g7h8i9", claims("op1", "SMH-Operator"));
        Browser browser = new Browser();
        browser.signIn("/platforms");
        Matcher csrf = CSRF.matcher(browser.get("/platforms/new?kind=portal").body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> out = browser.postForm("/logout", Map.of("_csrf", csrf.group(1)));
        assertThat(out.statusCode()).isEqualTo(302);
        assertThat(out.headers().firstValue("Location"))
                .map(location -> URLDecoder.decode(location, StandardCharsets.UTF_8))
                .hasValueSatisfying(location -> assertThat(location)
                        .startsWith(PROVIDER.issuer() + "/end?id_token_hint=")
                        .contains("post_logout_redirect_uri=" + address("/login?logout")));
        assertThat(browser.get("/login?logout").statusCode()).isEqualTo(200);
        assertThat(browser.get(TASKS).statusCode()).isEqualTo(401);
    }

    @Test
    void endsASessionThatWasEndedAtTheSignInServer() throws Exception {
        Browser browser = new Browser();
        browser.signIn(TASKLIST);
        PROVIDER.sits("x0x0x0", claims("pc4712", "SMH-Caseworker"));
        Browser another = new Browser();
        another.signIn(TASKLIST);
        assertThat(browser.get(TASKS).statusCode()).isEqualTo(200);

        Browser server = new Browser();
        String path = "/logout/connect/back-channel/hub";
        assertThat(server.postForm(path, Map.of("logout_token", "nonsense")).statusCode())
                .isEqualTo(400);
        assertThat(browser.get(TASKS).statusCode()).isEqualTo(200);
        assertThat(server.postForm(path, Map.of("logout_token", PROVIDER.logoutToken("a1b2c3")))
                        .statusCode())
                .isEqualTo(200);

        assertThat(browser.get(TASKS).statusCode()).isEqualTo(401);
        assertThat(another.get(TASKS).statusCode()).as("somebody else's").isEqualTo(200);
    }

    @Test
    void takesAProgramsGroupsAndForceFromItsToken() throws Exception {
        String caseworker = token(claims("pc4711", "SMH-Caseworker"));
        assertThat(get("/api/v1/cases", caseworker).statusCode()).isEqualTo(200);
        assertThat(get("/engine-rest/task", caseworker).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/platforms", caseworker).statusCode()).isEqualTo(403);
        Map<String, Object> liaison = new LinkedHashMap<>(claims("pc4712", "SMH-Liaison"));
        liaison.put("force_code", "42");
        assertThat(get("/api/v1/cases", token(liaison)).statusCode()).isEqualTo(403);
        assertThat(get("/engine-rest/task", token(liaison)).statusCode()).isEqualTo(200);
        liaison.put("force_code", "43");
        assertThat(get("/engine-rest/task", token(liaison)).statusCode())
                .as("a force that has no officers here")
                .isEqualTo(403);
    }

    @Test
    void refusesTokensOfOthersAndForOthers() throws Exception {
        JWTClaimsSet good = accessToken(claims("pc4711", "SMH-Caseworker"));
        RSAKey key = PROVIDER.key();
        RSAKey other = LocalProvider.newKey();
        Date past = Date.from(Instant.now().minusSeconds(600));
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("another key", LocalProvider.signed(other, "at+jwt", good));
        tokens.put(
                "another key of the same name",
                LocalProvider.signed(
                        new RSAKey.Builder(other).keyID(key.getKeyID()).build(), "at+jwt", good));
        Map<String, JWTClaimsSet> wrong = new LinkedHashMap<>();
        wrong.put(
                "another audience",
                new JWTClaimsSet.Builder(good).audience("another-program").build());
        wrong.put(
                "an ID token's audience",
                new JWTClaimsSet.Builder(good).audience(LocalProvider.CLIENT).build());
        wrong.put(
                "another issuer",
                new JWTClaimsSet.Builder(good).issuer("http://localhost:1").build());
        wrong.put("expired", new JWTClaimsSet.Builder(good).expirationTime(past).build());
        wrong.put(
                "not yet good",
                new JWTClaimsSet.Builder(good)
                        .notBeforeTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        wrong.put(
                "the hub's own name",
                new JWTClaimsSet.Builder(good).claim("officer", "system").build());
        wrong.put(
                "no name", new JWTClaimsSet.Builder(good).claim("officer", null).build());
        wrong.forEach((how, claims) -> tokens.put(how, LocalProvider.signed(key, "at+jwt", claims)));
        tokens.put("a token for signing out", LocalProvider.signed(key, "logout+jwt", good));
        tokens.put("nonsense", "nonsense");
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            HttpResponse<String> answer = get("/api/v1/cases", token.getValue());
            assertThat(answer.statusCode()).as(token.getKey()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }
        for (String type : List.of("at+jwt", "JWT")) {
            assertThat(get("/api/v1/cases", LocalProvider.signed(key, type, good))
                            .statusCode())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void keepsNoAccountsAndTakesNoPasswords() throws Exception {
        assertThat(identities.createUserQuery().list())
                .extracting(user -> user.getId())
                .containsExactly("system");
        HttpRequest basic = HttpRequest.newBuilder(URI.create(address("/engine-rest/task")))
                .header("Authorization", Visitor.basic("caseworker1", "any"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(basic, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void sendsBrowsersToTheSignInServerAndNeverBackToPlainHttp() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> answer = browser.get(TASKLIST);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/oauth2/authorization/hub"));
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Lax"));
        assertThat(browser.get("/oauth2/authorization/hub").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .startsWith(PROVIDER.issuer() + "/authorize?")
                        .contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256"));
    }

    /** A flagged case whose first task is open. */
    private String flagged(String url) throws Exception {
        HttpResponse<String> flagged = send(HttpRequest.newBuilder(URI.create(address("/api/v1/flags")))
                .header("Authorization", "Bearer " + token(claims("pc4700", "SMH-Caseworker")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\": \"" + url + "\", \"reason\": \"threatens\"}")));
        assertThat(flagged.statusCode()).as(flagged.body()).isEqualTo(201);
        String reference = json.readTree(flagged.body()).path("caseReference").asText();
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(reference)
                .singleResult()
                .getId();
        for (var due = jobs.createJobQuery()
                        .processInstanceId(instance)
                        .messages()
                        .list();
                !due.isEmpty();
                due = jobs.createJobQuery()
                        .processInstanceId(instance)
                        .messages()
                        .list()) {
            jobs.executeJob(due.get(0).getId());
        }
        return reference;
    }

    private static Map<String, Object> claims(String officer, String... roles) {
        return Map.of("officer", officer, "realm_access", Map.of("roles", List.of(roles)));
    }

    private String token(Map<String, Object> claims) {
        return LocalProvider.signed(PROVIDER.key(), "at+jwt", accessToken(claims));
    }

    private static JWTClaimsSet accessToken(Map<String, Object> claims) {
        JWTClaimsSet.Builder token = new JWTClaimsSet.Builder()
                .issuer(PROVIDER.issuer())
                .subject("a1b2c3")
                .audience("takedown-hub-api")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        claims.forEach(token::claim);
        return token.build();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address(path))).header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }

    /**
     * Keeps cookies as a browser behind TLS would: the hub's are for encrypted connections only, and here there is none.
     */
    private final class Browser {

        private final Map<String, String> cookies = new LinkedHashMap<>();
        private final HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        HttpResponse<String> get(String pathOrAddress) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(
                            URI.create(pathOrAddress.startsWith("/") ? address(pathOrAddress) : pathOrAddress))
                    .header("Accept", pathOrAddress.contains("/api/") ? "application/json" : "text/html"));
        }

        /** Asks for a page, and follows where it leads: to the sign-in server and back. */
        HttpResponse<String> signIn(String page) throws IOException, InterruptedException {
            return follow(get(page));
        }

        HttpResponse<String> follow(HttpResponse<String> first) throws IOException, InterruptedException {
            HttpResponse<String> answer = first;
            for (int step = 0; step < 10 && answer.statusCode() / 100 == 3; step++) {
                answer = get(answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow())
                        .toString());
            }
            return answer;
        }

        /** The address that the sign-in server sends the browser back to, not gone to yet. */
        String untilBackFromTheProvider(String page) throws IOException, InterruptedException {
            HttpResponse<String> answer = get(page);
            while (!answer.headers().firstValue("Location").orElseThrow().contains("/login/oauth2/code/")) {
                answer = get(answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow())
                        .toString());
            }
            return answer.headers().firstValue("Location").orElseThrow();
        }

        HttpResponse<String> postJson(String path, String body) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(address(path)))
                    .header("Content-Type", "application/json")
                    .header("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", ""))
                    .POST(BodyPublishers.ofString(body)));
        }

        HttpResponse<String> postForm(String path, Map<String, String> fields)
                throws IOException, InterruptedException {
            String body = fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return send(HttpRequest.newBuilder(URI.create(address(path)))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)));
        }

        private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(cookie -> {
                String pair = cookie.split(";", 2)[0];
                cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            });
            return answer;
        }
    }
}
