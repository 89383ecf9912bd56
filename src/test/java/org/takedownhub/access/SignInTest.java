package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningHubTest
class SignInTest {

    @Autowired
    private Visitor visitor;

    @Autowired
    private ObjectMapper json;

    /** Another test of this JVM may have stopped the clock, and no window ends while it stands. */
    @BeforeEach
    void letTimePass() {
        ClockUtil.reset();
    }

    @Test
    void letsAProgramInWithTheRightPasswordOnly() {
        for (String path : List.of("/engine-rest/task", "/api/v1/cases", "/v3/api-docs")) {
            HttpResponse<String> stranger = visitor.call("GET", path, null);
            assertThat(stranger.statusCode()).as(path).isEqualTo(401);
            assertThat(stranger.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
            assertThat(stranger.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(visitor.call("GET", path, "caseworker1", "not it", Map.of())
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(visitor.call("GET", path, "caseworker1").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void makesNobodyWaitForTheWrongPasswordsOfAnother() {
        for (int attempt = 0; attempt < 5; attempt++) {
            visitor.call("GET", "/engine-rest/version", "duty", "guess" + attempt, Map.of());
        }
        assertThat(visitor.call("GET", "/engine-rest/version", "duty").statusCode())
                .as("each wrong password counts once")
                .isEqualTo(200);
        visitor.call("GET", "/engine-rest/version", "duty", "guess", Map.of());
        HttpResponse<String> blocked = visitor.call("GET", "/engine-rest/version", "duty");
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 6L);
        assertThat(visitor.call("GET", "/engine-rest/version", "reviewer").statusCode())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        visitor.call("GET", "/engine-rest/version", "duty").statusCode())
                .isEqualTo(200));
    }

    @Test
    void sendsABrowserToTheFormAndThenToTasklist() {
        var stranger = visitor.stranger();
        assertThat(stranger.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(302);
        assertThat(stranger.get("/").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
        assertThat(stranger.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
        assertThat(stranger.signIn("caseworker1", "not it").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login?wrong"));
        var caseworker = visitor.signedIn("caseworker1");
        assertThat(caseworker.get("/").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/camunda/app/tasklist/default/"));
        HttpResponse<String> tasklist = caseworker.get("/camunda/app/tasklist/default/");
        assertThat(tasklist.statusCode()).isEqualTo(200);
        assertThat(tasklist.body()).contains("camTasklistAppCtrl");
    }

    @Test
    void showsTasklistWhoIsSignedInWithTheGroupsTheyHaveHere() throws Exception {
        HttpResponse<String> who = visitor.signedIn("officer")
                .get("/camunda/api/admin/auth/user/default", Map.of("Accept", "application/json"));
        JsonNode answer = json.readTree(who.body());
        assertThat(answer.path("userId").asText()).isEqualTo("officer");
        assertThat(answer.path("authorizedApps"))
                .extracting(JsonNode::asText)
                .contains("tasklist")
                .doesNotContain("cockpit", "admin");
    }

    @Test
    void endsTheSessionWhenSomebodySignsOutOfTasklist() {
        var caseworker = visitor.signedIn("caseworker2");
        assertThat(caseworker.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(200);
        assertThat(caseworker
                        .post("/camunda/api/admin/auth/user/default/logout", "", Map.of())
                        .statusCode())
                .isEqualTo(204);
        assertThat(caseworker.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
    }

    @Test
    void lendsASessionToTheApiButNotToOtherSites() {
        var caseworker = visitor.signedIn("caseworker1");
        assertThat(caseworker.get("/api/v1/cases").statusCode()).isEqualTo(200);
        assertThat(caseworker
                        .post("/api/v1/flags", "{}", Map.of("Content-Type", "application/json"))
                        .statusCode())
                .as("without the CSRF token")
                .isEqualTo(403);
        for (String path : List.of("/api/v1/flags", "/engine-rest/task/count")) {
            assertThat(visitor.call("POST", path, "caseworker1", Map.of("Sec-Fetch-Site", "cross-site"))
                            .statusCode())
                    .as("%s with a password that the browser kept", path)
                    .isEqualTo(403);
        }
    }

    @Test
    void neverAsksABrowserForBasicCredentials() {
        HttpResponse<String> script = visitor.call("GET", "/api/v1/cases", null, Map.of("Sec-Fetch-Mode", "cors"));
        assertThat(script.statusCode()).isEqualTo(401);
        assertThat(script.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).doesNotStartWith("Basic"));
        HttpResponse<String> navigation =
                visitor.call("GET", "/swagger-ui.html", null, Map.of("Sec-Fetch-Mode", "navigate"));
        assertThat(navigation.statusCode()).isEqualTo(302);
        assertThat(navigation.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
    }

    @Test
    void closesCamundasOwnSignInAndSetUp() {
        var operator = visitor.signedIn("operator");
        assertThat(operator.get("/camunda/app/admin/default/setup/").statusCode())
                .isEqualTo(403);
        assertThat(operator.post(
                                "/camunda/api/admin/setup/default/user/create",
                                "{}",
                                Map.of("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.post(
                                "/camunda/api/admin/auth/user/default/login/admin",
                                "username=operator&password=x",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.call("POST", "/engine-rest/identity/verify", "operator")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void sendsStrictHeadersWithEveryPage() {
        var headers = visitor.stranger().get("/login").headers();
        assertThat(headers.firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe"));
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
        var tasklist = visitor.signedIn("caseworker1")
                .get("/camunda/app/tasklist/default/")
                .headers();
        assertThat(tasklist.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(tasklist.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws Exception {
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress() && address instanceof Inet4Address) {
                    assertThat(isOpen(address)).as("%s", address).isFalse();
                }
            }
        }
        assertThat(isOpen(InetAddress.getLoopbackAddress())).isTrue();
    }

    private boolean isOpen(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, visitor.address("/").getPort()), 2000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
