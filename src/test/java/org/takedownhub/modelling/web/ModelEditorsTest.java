package org.takedownhub.modelling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;

/** A manager at the editors, in a real browser. Pictures are in target/screenshots. */
@DeskTest
class ModelEditorsTest {

    private static final String SELECTED_NAME = ".desk-properties #bio-properties-panel-name";

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private Desk desk;

    private PageServer hub;
    private PageBrowser browser;
    private ChangeReference reference;

    @BeforeEach
    void open() throws IOException {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(PageBrowser.missing()).isEmpty();
        }
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
        hub = new PageServer(context);
        reference = desk.as("manager1", () -> requests.open("Try the editors", "A test", Origin.DESK))
                .reference();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (hub != null) {
            hub.close();
        }
        desk.close();
    }

    @Test
    void drawCheckAndSaveAllThreeKindsOfModels() {
        browser = new PageBrowser(true);
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
        List<String> faults = new ArrayList<>();

        edit("takedown.bpmn");
        assertThat(browser.all(".djs-palette .entry"))
                .extracting(entry -> entry.getDomAttribute("data-action"))
                .containsExactlyInAnyOrder(
                        "hand-tool",
                        "lasso-tool",
                        "space-tool",
                        "global-connect-tool",
                        "create.start-event",
                        "create.intermediate-event",
                        "create.end-event",
                        "create.exclusive-gateway",
                        "create.subprocess-expanded",
                        "create.user-task",
                        "create.service-task");
        assertThat(browser.find(".bjs-powered-by").isDisplayed()).isTrue();
        select("Task_ReferContent");
        assertThat(browser.find(".desk-properties").getText())
                .contains("What the hub does", "Hands the notice to the platform", "Try again after")
                .doesNotContain("elegate", "Listener", "Script", "Asynchronous");
        select("Task_VerifyContent");
        rename("Verify ${content.delete()}");
        assertThat(browser.find("[data-finding=Task_VerifyContent]").isDisplayed())
                .isTrue();
        assertThat(browser.all(".desk-error[data-element-id=Task_VerifyContent]"))
                .hasSize(1);
        save("not saved");
        rename("Verify the content");
        patiently()
                .until(() -> browser.find("[data-desk-findings]").getText().isEmpty()
                        || browser.all(".desk-finding--error").isEmpty());
        save("Saved in " + reference);
        patiently().until(() -> browser.find("#outline").getText().contains("Verify the content (Task"));
        faults.addAll(browser.faultsBeside("desk-bpmn", ".desk-work", "#outline"));

        edit("verify-content.form");
        assertThat(browser.all(".fjs-palette-field"))
                .extracting(entry -> entry.getDomAttribute("data-field-type"))
                .contains("textfield", "radio", "html")
                .doesNotContain("dynamiclist", "iframe", "filepicker", "checklist", "taglist", "button");
        assertThat(browser.find(".fjs-powered-by").isDisplayed()).isTrue();
        browser.find(".fjs-palette-field[data-field-type=separator]").sendKeys(Keys.ENTER);
        save("Saved in " + reference);
        faults.addAll(browser.faultsBeside("desk-form", ".desk-work"));

        edit("removal-deadline.dmn");
        assertThat(browser.find(".bjs-powered-by").isDisplayed()).isTrue();
        browser.find("td.annotation").click();
        browser.press("!");
        patiently().until(() -> "true".equals(data("desk-dirty")));
        save("Saved in " + reference);
        faults.addAll(browser.faultsBeside("desk-dmn", ".desk-work"));

        browser.open(page("safeguarding.bpmn/steps/Task_ReferSafeguarding"));
        browser.find("#name").clear();
        browser.tabTo("Check and save it in the draft").pressAndLeave(Keys.ENTER);
        faults.addAll(browser.faults("desk-step-refused"));
        edit("safeguarding.bpmn");
        faults.addAll(browser.faultsBeside("desk-outline", ".desk-work"));

        assertThat(faults).isEmpty();
        assertThat(requests.find(reference).orElseThrow().changed())
                .containsExactly("removal-deadline.dmn", "takedown.bpmn", "verify-content.form");
        assertThat(file("takedown.bpmn").text()).contains("name=\"Verify the content\"");
    }

    @Test
    void changeAStepWithoutDrawingAndWithoutScripts() {
        browser = new PageBrowser(false);
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
        browser.open(page("safeguarding.bpmn"));
        assertThat(browser.text())
                .contains("Drawing needs scripts", "The process in words", "Done by caseworkers,duty-officers.");

        browser.open(hub.address(
                "/manager/changes/" + reference + "/models/safeguarding.bpmn/steps/Task_ReferSafeguarding"));
        browser.find("#name").clear();
        browser.tabTo("Check and save it in the draft").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).startsWith("Error: ");
        browser.find("#name").sendKeys("Refer to safeguarding");
        browser.find("#group option[value=caseworkers]").click();
        browser.tabTo("Check and save it in the draft").pressAndLeave(Keys.ENTER);

        assertThat(browser.text()).contains("“Refer to safeguarding” is saved in the draft");
        String form = " camunda:formRef=\"refer-safeguarding\" camunda:formRefBinding=\"deployment\"";
        assertThat(file("safeguarding.bpmn"))
                .isEqualTo(desk.changed(
                        "safeguarding.bpmn",
                        "name=\"Refer for safeguarding\"" + form
                                + " camunda:candidateGroups=\"caseworkers,duty-officers\"",
                        "name=\"Refer to safeguarding\"" + form + " camunda:candidateGroups=\"caseworkers\""));
    }

    private void edit(String file) {
        browser.open(page(file));
        patiently().until(() -> data("desk-checked") != null);
        assertThat(browser.find("[data-desk-status]").getText()).isEmpty();
    }

    private void select(String step) {
        browser.find("[data-element-id=" + step + "] .djs-hit").click();
        patiently()
                .until(() -> step.equals(browser.find(".desk-properties #bio-properties-panel-id")
                        .getDomProperty("value")));
    }

    private void rename(String name) {
        WebElement field = browser.find(SELECTED_NAME);
        String before = Objects.requireNonNull(data("desk-checked"));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), name);
        patiently().until(() -> !before.equals(data("desk-checked")));
    }

    private void save(String told) {
        browser.find("[data-desk-tool=save]").click();
        patiently().until(() -> browser.find("[data-desk-status]").getText().contains(told));
    }

    private String data(String name) {
        return browser.find("[data-desk-editor]").getDomAttribute("data-" + name);
    }

    private ModelFile file(String name) {
        return requests.draft(reference).file(name).orElseThrow();
    }

    private java.net.URI page(String file) {
        return hub.address("/manager/changes/" + reference + "/models/" + file);
    }

    /** A page that is drawn anew takes the element away that was just found: look again. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(StaleElementReferenceException.class);
    }
}
