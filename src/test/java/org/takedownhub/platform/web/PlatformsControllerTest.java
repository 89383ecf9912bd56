package org.takedownhub.platform.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.takedownhub.StoreContext;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.ConnectionCheckSettings;
import org.takedownhub.platform.ConnectionChecks;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformDrafts;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.Submissions;

class PlatformsControllerTest {

    private final FakePlatform social = new FakePlatform("social");
    private final FakePlatform off = new FakePlatform("off");
    private StoreContext node;
    private MockMvc http;

    @BeforeEach
    void start() {
        FakePlatforms fakes = FakePlatforms.of(social, off).switchedOff("off");
        node = StoreContext.builder(MutableClock.at("2026-11-22T10:00:00Z"))
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        PlatformAlarms.class,
                        Submissions.class,
                        ConnectionChecks.class,
                        PlatformDrafts.class,
                        PlatformOverview.class,
                        PlatformsController.class)
                .start();
        http = MockMvcBuilders.standaloneSetup(node.bean(PlatformsController.class))
                .setMessageConverters(new MappingJackson2HttpMessageConverter(
                        JsonMapper.builder().findAndAddModules().build()))
                .build();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void listsThePlatformsWithHealthErrorAndAllowance() throws Exception {
        social.allows(new Quota("units", 10_000, 50, Instant.parse("2026-11-23T08:00:00Z")));
        node.bean(PlatformHealth.class).failed("social", "no answer");
        node.bean(PlatformAlarms.class).raise("social", "reason", "choose another reason");

        http.perform(get("/api/v1/platforms"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(2))
                .andExpect(jsonPath("$[?(@.instance=='social')].health").value("DOWN"))
                .andExpect(jsonPath("$[?(@.instance=='social')].lastError").value("no answer"))
                .andExpect(jsonPath("$[?(@.instance=='social')].lastErrorAt").exists())
                .andExpect(jsonPath("$[?(@.instance=='social')].alarms[0]").value("choose another reason"))
                .andExpect(jsonPath("$[?(@.instance=='social')].quota.unit").value("units"))
                .andExpect(jsonPath("$[?(@.instance=='social')].quota.used").value(50))
                .andExpect(jsonPath("$[?(@.instance=='social')].recogniser").value("fake/1"))
                .andExpect(jsonPath("$[?(@.instance=='social')].channel").value("API"))
                .andExpect(jsonPath("$[?(@.instance=='social')].waiting").value(0))
                .andExpect(jsonPath("$[?(@.instance=='off')].health").value("UNKNOWN"))
                .andExpect(jsonPath("$[?(@.instance=='off')].enabled").value(false));
    }

    @Test
    void checksAConnectionAndRecordsIt() throws Exception {
        http.perform(post("/api/v1/platforms/social/check"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.works").value(true));
        http.perform(get("/api/v1/platforms"))
                .andExpect(jsonPath("$[?(@.instance=='social')].health").value("UP"));

        social.refusesToConnect(new PlatformUnavailable("mend the token", Optional.empty()));
        http.perform(post("/api/v1/platforms/social/check"))
                .andExpect(jsonPath("$.works").value(false))
                .andExpect(jsonPath("$.detail").value("mend the token"));
        http.perform(get("/api/v1/platforms"))
                .andExpect(jsonPath("$[?(@.instance=='social')].health").value("DOWN"));
    }

    @Test
    void checksNothingThatIsNotThereOrSwitchedOff() {
        assertThatThrownBy(() -> http.perform(post("/api/v1/platforms/nowhere/check")))
                .cause()
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> http.perform(post("/api/v1/platforms/off/check")))
                .cause()
                .isInstanceOf(Conflict.class);
    }

    @Test
    void listsTheKinds() throws Exception {
        http.perform(get("/api/v1/platforms/kinds"))
                .andExpect(jsonPath("$[0].kind").value("fake"))
                .andExpect(jsonPath("$[0].settings").isArray());
    }

    @Test
    void judgesADraft() throws Exception {
        http.perform(draft("{\"instance\":\"second\",\"kind\":\"fake\",\"settings\":{\"hosts\":\"second.example\"}}"))
                .andExpect(jsonPath("$.valid").value(true))
                .andExpect(jsonPath("$.lines[2]").value("    second:"))
                .andExpect(jsonPath("$.connection").isEmpty());
        http.perform(draft("{\"instance\":\"second\",\"kind\":\"fake\",\"settings\":{\"hosts\":\"social.example\"}}"))
                .andExpect(jsonPath("$.valid").value(false))
                .andExpect(jsonPath("$.problems[0].setting").value("hosts"));
        assertThatThrownBy(() -> http.perform(draft("{\"kind\":\"fake\"}")))
                .cause()
                .isInstanceOf(InvalidRequest.class);
    }

    private static org.springframework.test.web.servlet.RequestBuilder draft(String body) {
        return post("/api/v1/platforms/draft")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ConnectionCheckSettings.class)
    static class Settings {}
}
