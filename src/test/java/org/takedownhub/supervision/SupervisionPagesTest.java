package org.takedownhub.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TakedownScenario;

/** The pages on which managers watch, in a real browser. Pictures are in target/screenshots. */
@HubTest
class SupervisionPagesTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private ManagementService management;

    @Autowired
    private Incidents incidents;

    private PageServer hub;
    private PageBrowser browser;

    @BeforeEach
    void open() throws IOException {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(PageBrowser.missing()).isEmpty();
        }
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
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
    void areAccessible() {
        String stuck = stuck();
        String claimed = claimed();
        browser = new PageBrowser(true);
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
        List<String> faults = new ArrayList<>();
        browser.open(hub.address("/manager/live"));
        drawn(".desk-sign");
        faults.addAll(browser.faults("manager-live"));
        browser.open(hub.address("/manager/live?show=time&from=2026-05-01&until=2026-06-30"));
        drawn(".desk-heat-5, .desk-heat-1");
        faults.addAll(browser.faults("manager-time"));
        browser.open(hub.address("/manager/incidents"));
        assertThat(browser.find("main").getText()).contains(stuck, "somebody took this step's attempts away");
        faults.addAll(browser.faults("manager-incidents"));
        browser.open(hub.address("/manager/team?person=caseworker2"));
        assertThat(browser.find("main").getText()).contains(claimed + " Verify content");
        faults.addAll(browser.faults("manager-team"));
        browser.open(hub.address("/manager/queues?from=2026-05-30&until=2026-06-02"));
        assertThat(browser.find("main").getText()).contains("Verify content", "caseworkers");
        faults.addAll(browser.faults("manager-queues"));
        assertThat(faults).isEmpty();
    }

    @Test
    void workByKeyboardWithoutScripts() {
        String stuck = stuck();
        claimed();
        browser = new PageBrowser(false);
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
        browser.open(hub.address("/manager/team?person=caseworker2"));
        browser.tabTo("where-person").press(Keys.ARROW_DOWN).press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Hand over all of caseworker2");
        browser.pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: Team board – Takedown Hub");
        browser.tabTo("reason").write("ill").press(Keys.TAB, Keys.TAB).pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-notification-banner").getText()).contains("handed over to the queue");
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getAssignee())
                .isNull();

        browser.open(hub.address("/manager/incidents"));
        browser.tabTo("reason-" + incident(stuck)).press(Keys.TAB).pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: What got stuck – Takedown Hub");
        browser.open(hub.address("/manager/live?sort=cases"));
        assertThat(browser.find("th[aria-sort='descending']").getText()).isEqualTo("Cases now");
        assertThat(browser.find("main").getText()).contains("Await removal", "The drawing needs scripts");
    }

    private String stuck() {
        scenario.begin().referred(Category.THREAT);
        management.setJobRetries(scenario.jobs().get(0).getId(), 0);
        return scenario.reference().value();
    }

    private String claimed() {
        scenario.begin().flagged(Category.THREAT).claims("caseworker2", TakedownProcess.TASK_VERIFY_CONTENT);
        return scenario.reference().value();
    }

    private void drawn(String sign) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !browser.all("[data-model-drawn] " + sign).isEmpty());
    }

    private String incident(String reference) {
        return incidents.open(200).stream()
                .filter(one -> one.caseReference().equals(Optional.of(reference)))
                .findFirst()
                .orElseThrow()
                .incidentId();
    }
}
