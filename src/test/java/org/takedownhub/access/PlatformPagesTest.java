package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.takedownhub.platform.PlatformDrafts;
import org.takedownhub.platform.Platforms;

/** The operator's pages, as a browser without scripts uses them. */
@RunningHubTest
class PlatformPagesTest {

    @Autowired
    private Visitor visitor;

    @Autowired
    private Platforms platforms;

    @Autowired
    private PlatformDrafts drafts;

    @Test
    void showsEveryPlatformWithItsHealthAndAButtonForOperatorsAlone() {
        String operators = visitor.signedIn("operator").get("/platforms").body();
        String managers = visitor.signedIn("manager1").get("/platforms").body();

        assertThat(operators).contains("training", "bluesky", "tiktok", "Switched off", "By hand");
        assertThat(operators)
                .contains("action=\"/platforms/training/check\"")
                .doesNotContain("/platforms/tiktok/check");
        assertThat(managers).contains("training").doesNotContain("<button", "/platforms/new");
    }

    @Test
    void checksAConnectionAndShowsWhatCameOfIt() {
        Visitor.Browser operator = visitor.signedIn("operator");

        HttpResponse<String> answer = operator.sendForm("/platforms/training/check", Map.of());

        assertThat(answer.statusCode()).isEqualTo(302);
        // the training platform of this test listens on another port than the settings say
        String page = operator.get("/platforms").body();
        assertThat(page).contains("training: the check failed", "Does not answer");
        String api = visitor.call("GET", "/api/v1/platforms", "manager1").body();
        assertThat(api)
                .containsPattern("\"instance\":\"training\"[^}]*\"health\":\"DOWN\"")
                .contains("\"recogniser\":\"mastodon/", "\"lastErrorAt\":\"", "\"checkedAt\":\"", "\"waiting\":0");
    }

    @Test
    void guidesThroughTheSettingsOfAKindAndGivesTheLinesForTheFile() {
        Visitor.Browser operator = visitor.signedIn("operator");

        assertThat(operator.get("/platforms/new").body()).contains("value=\"mastodon\"", "value=\"portal\"");
        assertThat(operator.get("/platforms/new?kind=mastodon").body())
                .contains("name=\"setting:base-url\"", "name=\"setting:options.forward\"", "access token");
        String page = operator.sendForm("/platforms/new", mastodon("env:PLATFORM_SECOND_SECRET"))
                .body();

        assertThat(page)
                .contains("The settings are valid")
                .contains("    second:\n      kind: mastodon\n")
                .contains("      secret: &#39;env:PLATFORM_SECOND_SECRET&#39;")
                .contains("      options:\n        forward: &#39;true&#39;\n        control-status: &#39;42&#39;");
    }

    @Test
    void describesEveryKindSoThatItsExamplesAreSettings() {
        assertThat(platforms.kinds()).hasSizeGreaterThan(2).allSatisfy(kind -> {
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
    void namesTheSettingThatIsWrongAndNeverShowsASecretAgain() {
        Visitor.Browser operator = visitor.signedIn("operator");

        String page = operator.sendForm("/platforms/new", mastodon("hunter2-the-token"))
                .body();

        assertThat(page)
                .contains("secret</span>: <span>Must be env:NAME or file:PATH")
                .contains("https://second.example")
                .doesNotContain("hunter2")
                .doesNotContain("The settings are valid");
    }

    @Test
    void escapesWhatWasEntered() {
        Map<String, String> fields = mastodon("env:PLATFORM_SECOND_SECRET");
        fields.put("setting:hosts", "\"><script>alert(1)</script>");

        String page =
                visitor.signedIn("operator").sendForm("/platforms/new", fields).body();

        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script");
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
