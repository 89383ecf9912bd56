package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;

class ActorControllerTest {

    private static final String KEY_FILE = "rfc9421-test-key-rsa.pem";
    private static final String ACTOR = "https://hub.example/ap/actors/referrals";

    @TempDir
    private Path secrets;

    private MockMvc http;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(secrets.resolve("key.pem"), HttpSignaturesTest.pem(KEY_FILE));
        PlatformSettings settings = new PlatformSettings(
                ActivityPubPlatformFactory.KIND,
                true,
                null,
                List.of(),
                null,
                "file:" + secrets.resolve("key.pem"),
                null,
                null,
                null,
                Duration.ofSeconds(1),
                1,
                Map.of("public-url", "https://hub.example", "actor-summary", "Referral unit"));
        http = MockMvcBuilders.standaloneSetup(new ActorController(new Platforms(
                        new PlatformsSettings(Map.of("fediverse", settings)),
                        List.of(new ActivityPubPlatformFactory(mock(PlatformAlarms.class), Clock.systemUTC())))))
                .build();
    }

    @Test
    void showsTheActorWithItsPublicKeyAndNothingElse() throws Exception {
        String actor = http.perform(get("/ap/actors/referrals").accept("text/html"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/activity+json"))
                .andExpect(jsonPath("$.id").value(ACTOR))
                .andExpect(jsonPath("$.type").value("Application"))
                .andExpect(jsonPath("$.preferredUsername").value("referrals"))
                .andExpect(jsonPath("$.inbox").value(ACTOR + "/inbox"))
                .andExpect(jsonPath("$.outbox").value(ACTOR + "/outbox"))
                .andExpect(jsonPath("$.publicKey.id").value(ACTOR + "#main-key"))
                .andExpect(jsonPath("$.publicKey.owner").value(ACTOR))
                .andExpect(jsonPath("$.publicKey.publicKeyPem")
                        .value(HttpSignaturesTest.key(KEY_FILE).publicPem()))
                .andExpect(jsonPath("$.summary").value("Referral unit"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(actor).doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acct:referrals@hub.example", "ACCT:Referrals@HUB.example", ACTOR})
    void isFoundByItsName(String resource) throws Exception {
        http.perform(get("/.well-known/webfinger").param("resource", resource))
                .andExpect(status().isOk())
                .andExpect(content().contentType("application/jrd+json"))
                .andExpect(header().string("Access-Control-Allow-Origin", "*"))
                .andExpect(jsonPath("$.subject").value("acct:referrals@hub.example"))
                .andExpect(jsonPath("$.links[0].rel").value("self"))
                .andExpect(jsonPath("$.links[0].type").value("application/activity+json"))
                .andExpect(jsonPath("$.links[0].href").value(ACTOR));
    }

    @Test
    void knowsNobodyElse() throws Exception {
        http.perform(get("/.well-known/webfinger").param("resource", "acct:caseworker1@hub.example"))
                .andExpect(status().isNotFound());
        http.perform(get("/.well-known/webfinger")).andExpect(status().isBadRequest());
        http.perform(get("/ap/actors/caseworker1")).andExpect(status().isNotFound());
        http.perform(get("/ap/actors/caseworker1/outbox")).andExpect(status().isNotFound());
        http.perform(post("/ap/actors/caseworker1/inbox")).andExpect(status().isNotFound());
    }

    @Test
    void hasNothingInItsOutbox() throws Exception {
        http.perform(get("/ap/actors/referrals/outbox"))
                .andExpect(jsonPath("$.type").value("OrderedCollection"))
                .andExpect(jsonPath("$.totalItems").value(0));
    }

    @Test
    void answersWhateverIsPutIntoItsInboxWithoutReadingIt() throws Exception {
        http.perform(post("/ap/actors/referrals/inbox")
                        .contentType("application/activity+json")
                        .content("{\"type\":\"Cre"))
                .andExpect(status().isAccepted())
                .andExpect(content().string(""));
    }

    @Test
    void letsNobodyCallWithoutEnd() throws Exception {
        for (int visit = 0; visit < Visits.PER_MINUTE; visit++) {
            http.perform(get("/ap/actors/referrals")).andExpect(status().isOk());
        }
        http.perform(get("/ap/actors/referrals"))
                .andExpect(status().isTooManyRequests())
                .andExpect(header().string("Retry-After", "60"));
        http.perform(post("/ap/actors/referrals/inbox")).andExpect(status().isTooManyRequests());
        http.perform(get("/ap/actors/referrals").with(visitor -> {
                    visitor.setRemoteAddr("192.0.2.7");
                    return visitor;
                }))
                .andExpect(status().isOk());
    }

    @Test
    void isNotThereWithoutAKey() throws Exception {
        Files.delete(secrets.resolve("key.pem"));
        http.perform(get("/ap/actors/referrals")).andExpect(status().isServiceUnavailable());
    }
}
