package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Production: no accounts, tokens of a sign-in server. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:bearer-test;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "takedown.workers.enabled=false",
            "takedown.access.groups-claim=roles",
            "takedown.access.user-claim=officer",
            "takedown.access.forces=north",
            "spring.security.oauth2.resourceserver.jwt.audiences=takedown-hub",
            "spring.security.oauth2.client.registration.hub.client-id=takedown-hub",
            "spring.security.oauth2.client.registration.hub.client-secret=secret",
            "spring.security.oauth2.client.registration.hub.authorization-grant-type=authorization_code",
            "spring.security.oauth2.client.registration.hub.redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
            "spring.security.oauth2.client.registration.hub.scope=openid",
            "spring.security.oauth2.client.provider.hub.authorization-uri=https://id.example/authorize",
            "spring.security.oauth2.client.provider.hub.token-uri=https://id.example/token",
            "spring.security.oauth2.client.provider.hub.jwk-set-uri=https://id.example/keys",
        })
class BearerTest {

    private static final RSAKey KEY = key();
    private static final HttpServer KEYS = keys();

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry settings) {
        settings.add(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                () -> "http://localhost:" + KEYS.getAddress().getPort() + "/keys");
    }

    @AfterAll
    static void stop() {
        KEYS.stop(0);
    }

    @Test
    void takesGroupsFromTheToken() throws Exception {
        String caseworker = token(KEY, "takedown-hub", "pc4711", List.of("caseworkers"));
        assertThat(get("/api/v1/cases", caseworker).statusCode()).isEqualTo(200);
        assertThat(get("/engine-rest/task", caseworker).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/platforms", caseworker).statusCode()).isEqualTo(403);
        String officer = token(KEY, "takedown-hub", "pc4712", List.of("deconfliction-north"));
        assertThat(get("/api/v1/cases", officer).statusCode()).isEqualTo(403);
        assertThat(get("/engine-rest/task", officer).statusCode()).isEqualTo(200);
    }

    @Test
    void ignoresGroupsThatAreNotOurs() throws Exception {
        String token = token(KEY, "takedown-hub", "pc4711", List.of("camunda-admin", "deconfliction-elsewhere"));
        assertThat(get("/api/v1/cases", token).statusCode()).isEqualTo(403);
        assertThat(get("/engine-rest/authorization", token).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesTokensOfOthersAndForOthers() throws Exception {
        RSAKey other = new RSAKeyGenerator(2048).keyID(KEY.getKeyID()).generate();
        for (String token : List.of(
                token(other, "takedown-hub", "pc4711", List.of("caseworkers")),
                token(KEY, "another-program", "pc4711", List.of("caseworkers")),
                token(KEY, "takedown-hub", "system", List.of("caseworkers")),
                token(KEY, "takedown-hub", null, List.of("caseworkers")),
                "nonsense")) {
            HttpResponse<String> answer = get("/api/v1/cases", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }
    }

    @Test
    void keepsNoAccountsAndTakesNoPasswords() throws Exception {
        assertThat(identities.createUserQuery().list())
                .extracting(user -> user.getId())
                .containsExactly("system");
        HttpRequest basic = HttpRequest.newBuilder(address("/engine-rest/task"))
                .header("Authorization", Visitor.basic("caseworker1", "any"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(basic, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void sendsBrowsersToTheSignInServerAndNeverBackToPlainHttp() throws Exception {
        HttpRequest page = HttpRequest.newBuilder(address("/camunda/app/tasklist/default/"))
                .header("Accept", "text/html")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(page, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/oauth2/authorization/hub"));
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Lax"));
        HttpResponse<String> handed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address("/oauth2/authorization/hub"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(handed.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("https://id.example/authorize?"));
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address(path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String token(RSAKey key, String audience, String user, List<String> groups) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .subject("a1b2c3")
                        .audience(audience)
                        .claim("officer", user)
                        .claim("roles", groups)
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static HttpServer keys() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
