package org.takedownhub.notice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.notice.NoticeTemplates;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;
import org.takedownhub.process.TakedownScenario;

/** A manager changes the words of a notice, in a real browser and by keyboard. */
@HubTest
class NoticeTemplatePagesTest {

    private static final Instrument REFERRAL = Instrument.valueOf("VOLUNTARY_REFERRAL");

    @Autowired
    WebApplicationContext context;

    @Autowired
    TakedownScenario scenario;

    @Autowired
    NoticeTemplates templates;

    @Autowired
    JdbcClient jdbc;

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
        browser = new PageBrowser(true);
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
            hub.close();
            scenario.end();
        }
        jdbc.sql("delete from notice_template where saved_by = 'manager1'").update();
    }

    @Test
    void letsAManagerTryWordsOnACaseBeforeTheyAreUsed() {
        String reference = scenario.flagged(Category.THREAT, false).reference().value();
        browser.open(hub.address("/notices/templates"));
        List<String> faults = browser.faults("page-templates");
        browser.tabTo("Voluntary referral").pressAndLeave(Keys.ENTER);
        faults.addAll(browser.faults("page-template"));

        browser.tabTo("template").press(Keys.chord(Keys.CONTROL, Keys.END)).write("\n{{nonsense}}");
        browser.tabTo("Save a new version").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: Voluntary referral – Takedown Hub");
        assertThat(browser.find(".govuk-error-summary").getText()).contains("There is no element nonsense");
        assertThat(browser.find("#template").getDomProperty("value")).contains("{{nonsense}}");
        faults.addAll(browser.faults("page-template-refused"));

        browser.open(hub.address("/notices/templates/VOLUNTARY_REFERRAL"));
        browser.tabTo("template").press(Keys.chord(Keys.CONTROL, Keys.END)).write("\nWe thank you.");
        browser.tabTo("case").write(reference);
        browser.tabTo("Preview").pressAndLeave(Keys.ENTER);
        assertThat(browser.find("pre").getText()).contains("We thank you.");
        faults.addAll(browser.faults("page-template-preview"));
        assertThat(templates.current(REFERRAL).orElseThrow().template()).doesNotContain("We thank you.");

        browser.tabTo("Save a new version").pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-notification-banner").getText()).contains("is in use for notices");
        NoticeTemplates.Saved saved = templates.current(REFERRAL).orElseThrow();
        assertThat(saved.template()).contains("We thank you.");
        assertThat(saved.savedBy()).contains("manager1");
        faults.addAll(browser.faults("page-template-saved"));
        assertThat(faults).isEmpty();
    }

    @Test
    void savesOverNobodyElsesWords() {
        browser.open(hub.address("/notices/templates/VOLUNTARY_REFERRAL"));
        NoticeTemplates.Saved before = templates.current(REFERRAL).orElseThrow();
        templates.save(REFERRAL, before.template() + "\nBy another.", before.version(), "manager1");
        browser.tabTo("template").press(Keys.chord(Keys.CONTROL, Keys.END)).write("\nMine.");
        browser.tabTo("Save a new version").pressAndLeave(Keys.ENTER);

        assertThat(browser.find(".govuk-error-summary").getText()).contains("Somebody else has saved");
        assertThat(browser.find("#template").getDomProperty("value")).contains("Mine.");
        assertThat(templates.current(REFERRAL).orElseThrow().template()).endsWith("By another.");
    }
}
