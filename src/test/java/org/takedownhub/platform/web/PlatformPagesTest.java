package org.takedownhub.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.PlatformDrafts;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.Platforms;

/** The operator's pages, as a browser without scripts gets and sends them. */
@HubTest
class PlatformPagesTest {

    private final MockHttpSession session = new MockHttpSession();
    private MockMvc http;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Platforms platforms;

    @Autowired
    private PlatformDrafts drafts;

    @BeforeEach
    void start() {
        http = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
    }

    @Test
    void showsEveryPlatformWithItsHealthAndAButtonForOperatorsAlone() throws Exception {
        String operators = page(get("/platforms"), "operators");
        String managers = page(get("/platforms"), "managers");

        assertThat(operators).contains("fake", "bluesky", "tiktok", "Switched off", "By hand");
        assertThat(operators).contains("action=\"/platforms/fake/check\"").doesNotContain("/platforms/tiktok/check");
        assertThat(managers).contains("fake").doesNotContain("Check connection", "/platforms/new");
    }

    @Test
    void checksAConnectionAndShowsWhatCameOfIt() throws Exception {
        page(post("/platforms/fake/check"), "operators");

        assertThat(page(get("/platforms"), "operators")).contains("fake: address and credentials work", "Answers");
        assertThat(page(get("/platforms"), "operators"))
                .as("told once")
                .doesNotContain("address and credentials work</strong>");
    }

    @Test
    void guidesThroughTheSettingsOfAKindAndGivesTheLinesForTheFile() throws Exception {
        assertThat(page(get("/platforms/new"), "operators")).contains("value=\"mastodon\"", "value=\"portal\"");
        assertThat(page(get("/platforms/new").param("kind", "mastodon"), "operators"))
                .contains("name=\"setting:base-url\"", "name=\"setting:options.forward\"", "access token");

        assertThat(sent(mastodon("env:PLATFORM_SECOND_SECRET")))
                .contains("The settings are valid")
                .contains("    second:\n      kind: mastodon\n")
                .contains("      secret: &#39;env:PLATFORM_SECOND_SECRET&#39;")
                .contains("      options:\n        forward: &#39;true&#39;\n        control-status: &#39;42&#39;");
    }

    @Test
    void describesEveryKindSoThatItsExamplesAreSettings() {
        List<PlatformFactory> ours = platforms.kinds().stream()
                .filter(kind -> !kind.kind().equals(FakePlatform.KIND))
                .toList();
        assertThat(ours).hasSizeGreaterThan(2).allSatisfy(kind -> {
            assertThat(kind.description()).as(kind.kind()).isNotEmpty();
            assertThat(kind.settings()).as(kind.kind()).isNotEmpty();
            String instance = "example-" + kind.kind();
            Map<String, String> settings = new LinkedHashMap<>();
            kind.settings()
                    .forEach(setting -> settings.put(
                            setting.name(),
                            setting.secret()
                                    ? "env:" + PlatformDrafts.secretName(instance) + "SECRET"
                                    : setting.example()));
            settings.computeIfPresent("hosts", (name, example) -> instance + ".example");

            assertThat(drafts.judge(new PlatformDrafts.Draft(instance, kind.kind(), settings), false)
                            .problems())
                    .as(kind.kind())
                    .isEmpty();
        });
    }

    @Test
    void namesTheSettingThatIsWrongAndNeverShowsASecretAgain() throws Exception {
        assertThat(sent(mastodon("hunter2-the-token")))
                .contains("<title>Error: Set up a platform", ">secret: Must be env:NAME or file:PATH")
                .contains("https://second.example")
                .doesNotContain("hunter2")
                .doesNotContain("The settings are valid");
    }

    @Test
    void escapesWhatWasEntered() throws Exception {
        Map<String, String> fields = mastodon("env:PLATFORM_SECOND_SECRET");
        fields.put("setting:hosts", "\"><script>alert(1)</script>");

        assertThat(sent(fields)).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    private String sent(Map<String, String> fields) throws Exception {
        MockHttpServletRequestBuilder form = post("/platforms/new");
        fields.forEach(form::param);
        return page(form, "operators");
    }

    private String page(MockHttpServletRequestBuilder request, String group) throws Exception {
        return http.perform(request.session(session)
                        .with(user(group).authorities(new SimpleGrantedAuthority(group)))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static Map<String, String> mastodon(String secret) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", "mastodon");
        fields.put("instance", "second");
        fields.put("setting:base-url", "https://second.example");
        fields.put("setting:hosts", "second.example");
        fields.put("setting:secret", secret);
        fields.put("setting:options.forward", "true");
        fields.put("setting:identifier", "");
        fields.put("more", "control-status: 42\n");
        return fields;
    }
}
