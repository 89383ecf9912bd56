package org.takedownhub.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.process.TakedownScenario;

/** What all of the hub's own pages have in common, looked at in a real browser. Pictures are in target/screenshots. */
@HubTest
class OurPagesTest {

    private static final Path ASSETS = Path.of("src/main/resources/static/assets");

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private TakedownScenario scenario;

    private PageServer hub;
    private PageBrowser browser;

    @BeforeEach
    void open() throws IOException {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(PageBrowser.missing()).isEmpty();
        }
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
        scenario.begin();
        hub = new PageServer(context);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (hub != null) {
            hub.close();
        }
        scenario.end();
    }

    @Test
    void areAccessibleInEveryState() {
        browser = new PageBrowser(true);
        browser.open(hub.address("/login"));
        List<String> faults = browser.faults("page-sign-in");
        browser.tabTo("username").write("nobody").press(Keys.TAB).write("wrong").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: Sign in – Takedown Hub");
        assertThat(browser.focused()).as("the summary of errors").contains("There is a problem");
        faults.addAll(browser.faults("page-sign-in-refused"));
        browser.open(hub.address("/accessibility"));
        faults.addAll(browser.faults("page-accessibility"));

        String reference = scenario.flagged(Category.THREAT, true).reference().value();
        signIn("caseworker1", "caseworkers");
        browser.open(hub.address("/cases/" + reference));
        assertThat(browser.find("h1").getText()).isEqualTo("Case " + reference);
        faults.addAll(browser.faults("page-case"));
        browser.open(hub.address("/platforms"));
        assertThat(browser.title()).isEqualTo("This is not allowed – Takedown Hub");
        faults.addAll(browser.faults("page-problem"));

        signIn("operator", "operators");
        browser.open(hub.address("/platforms"));
        faults.addAll(browser.faults("page-platforms"));
        browser.open(hub.address("/platforms/new?kind=mastodon"));
        faults.addAll(browser.faults("page-platform-new"));
        browser.tabTo("Check the settings").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: Set up a platform – Takedown Hub");
        faults.addAll(browser.faults("page-platform-new-refused"));

        assertThat(faults).isEmpty();
    }

    @Test
    void beginWithALinkThatSkipsToWhatMattersAndEndASessionByKeyboard() {
        browser = new PageBrowser(true);
        signIn("operator", "operators");
        browser.open(hub.address("/platforms"));
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to main content");
        browser.press(Keys.ENTER);
        assertThat(browser.address()).endsWith("#main-content");
        assertThat(browser.focused()).isEqualTo("main-content");

        browser.open(hub.address("/platforms"));
        browser.tabTo("Sign out").pressAndLeave(Keys.ENTER);
        assertThat(browser.address()).endsWith("/login?out");
        browser.open(hub.address("/platforms"));
        assertThat(browser.address()).endsWith("/login");
    }

    @Test
    void workWithoutScriptsAndLoadNothingFromElsewhere() {
        browser = new PageBrowser(false);
        signIn("operator", "operators");
        browser.open(hub.address("/platforms/new"));
        browser.tabTo("Continue").pressAndLeave(Keys.ENTER);
        assertThat(browser.find("h2").getText()).isEqualTo("2. Its settings");
        browser.tabTo("Check the settings").pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-error-summary").getText()).contains("instance");
        assertThat(browser.all(".js-enabled")).as("no script ran").isEmpty();
        assertThat(hub.asked()).anyMatch(asked -> asked.matches("GET /assets/hub-[0-9a-f]{32}\\.css"));
    }

    @Test
    void showNeitherTheCrownNorTheFontOfGovUk() throws IOException {
        List<Path> bundle;
        try (Stream<Path> files = Files.walk(ASSETS)) {
            bundle = files.filter(Files::isRegularFile).toList();
        }
        assertThat(bundle)
                .extracting(file -> ASSETS.relativize(file).toString())
                .containsExactlyInAnyOrder(
                        "hub.css",
                        "hub.js",
                        "licences.txt",
                        "images/icon-document.svg",
                        "desk-bpmn.css",
                        "desk-bpmn.js",
                        "desk-dmn.css",
                        "desk-dmn.js",
                        "desk-form.css",
                        "desk-form.js",
                        "desk-viewer.css",
                        "desk-viewer.js",
                        "desk-licences.txt");
        String style = Files.readString(ASSETS.resolve("hub.css"));
        String all = (style + Files.readString(ASSETS.resolve("hub.js"))).toLowerCase(Locale.ROOT);
        assertThat(all)
                .contains(".govuk-radios", ".moj-timeline", "arial")
                .doesNotContain(
                        "crown", "gds transport", "@font-face", "woff", "govuk-logotype", "eval(", "new function(");
        assertThat(Pattern.compile("url\\(([^)]*)\\)").matcher(style).results().map(found -> found.group(1)))
                .containsExactly("/assets/images/icon-document.svg");
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(template).toLowerCase(Locale.ROOT))
                        .as(template.toString())
                        .doesNotContain("crown", "<style", "style=", "onclick", "javascript:");
            }
        }
    }

    private void signIn(String user, String... groups) {
        browser.goOnAs(hub.address("/"), hub.session(user, groups));
    }
}
