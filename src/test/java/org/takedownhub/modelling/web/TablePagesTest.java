package org.takedownhub.modelling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.change.ChangeReference;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.change.Outcome;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;

/** A manager changes tables in a browser, by the keyboard alone. Pictures are in target/screenshots. */
@DeskTest
class TablePagesTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private Desk desk;

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
        desk.close();
    }

    @Test
    void bringsADayDownToTwelveHoursByThePageAlone() {
        browser = new PageBrowser(true);
        signIn();
        List<String> faults = new ArrayList<>();
        browser.open(hub.address("/manager/tables"));
        faults.addAll(browser.faults("tables"));
        browser.tabTo("Removal deadline").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("24 hours", "2 working days", "Threat, Incitement");
        faults.addAll(browser.faults("table-live"));
        browser.tabTo("title").write("Threats").press(Keys.TAB).write("Meeting");
        browser.tabTo("Change this table").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("Nothing differs from the live table", "All 16 come out as written");
        String table = browser.address();

        browser.open(java.net.URI.create(table + "/rows/Rule_VoluntaryUrgent"));
        faults.addAll(browser.faults("table-row"));
        overwrite("out.period", "31").press(Keys.TAB, "d");
        browser.tabTo("save").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).startsWith("Error: Row 4");
        assertThat(browser.find(".govuk-error-summary").getText())
                .contains("“Period” must be between 1 hour and 30 days");
        assertThat(browser.find(".govuk-error-summary a").getDomAttribute("href"))
                .isEqualTo("#out.period");
        assertThat(browser.find("[id='out.period']").getDomProperty("value")).isEqualTo("31");
        faults.addAll(browser.faults("table-row-refused"));
        overwrite("out.period", "12").press(Keys.TAB, "h");
        browser.tabTo("save").pressAndLeave(Keys.ENTER);

        assertThat(browser.text())
                .contains(
                        "1 row differs from the live table",
                        "12 hours",
                        "live: 24 hours",
                        "2 of 16 come out otherwise");
        faults.addAll(browser.faults("table-changed"));
        ChangeReference reference = reference(table);
        String entry = "<outputEntry id=\"OutputEntry_VoluntaryUrgent_period\"><text>\"%s\"</text></outputEntry>";
        assertThat(requests.draft(reference).file("removal-deadline.dmn"))
                .as("nothing but the period")
                .contains(desk.changed("removal-deadline.dmn", entry.formatted("PT24H"), entry.formatted("PT12H")));
        assertThat(submitted(reference))
                .as("cases that nobody has looked at stand in the way")
                .extracting(Finding::rule)
                .containsExactly("test-case-failed", "test-case-failed");

        browser.tabTo("Look at the test cases").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("expected 24 hours, is 12 hours");
        faults.addAll(browser.faults("table-cases"));
        browser.tabTo("The table is right: expect its answers in all 2").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).doesNotContain("Otherwise");
        assertThat(submitted(reference)).isEmpty();
        assertThat(requests.find(reference).orElseThrow().state()).isEqualTo(ChangeState.SUBMITTED);
        browser.open(java.net.URI.create(table));
        assertThat(browser.all("a[href*='/rows/']"))
                .as("what is submitted cannot be changed")
                .isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void addsCopiesAndRemovesRowsTriesAnInputAndKeepsItWithoutScripts() {
        browser = new PageBrowser(false);
        signIn();
        ChangeRequest request = desk.as("manager1", () -> requests.open("Guide", "Training", Origin.DESK));
        String table = "/manager/changes/" + request.reference() + "/tables/case-priority";
        String first = "Rule_case_priority_01";

        browser.open(hub.address(table + "/rows/new?from=" + first));
        overwrite("source", " ");
        browser.tabTo("save").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).startsWith("Error: Add a row like another");
        assertThat(browser.find(".govuk-error-summary").getText()).contains("Enter the source");

        browser.open(hub.address(table + "/rows/" + first));
        browser.tabTo("Remove this row").pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-error-summary").getText())
                .contains("No rule applies when Threat to life is true");
        browser.open(hub.address(table));
        assertThat(browser.text()).contains("Nothing differs from the live table", "There are none yet");

        browser.tabTo("Try an input").pressAndLeave(Keys.ENTER);
        browser.tabTo("out.in.threatToLife").press(Keys.SPACE);
        browser.tabTo("Ask the table").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("What comes out", "15 minutes", "Live");
        browser.tabTo("name").write("life first");
        browser.tabTo("Keep it as a test case").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("The test case is saved in the draft", "life first", "As written");
        assertThat(requests.draft(request.reference())
                        .file("case-priority.csv")
                        .orElseThrow()
                        .text())
                .contains("life first,true,", "PT15M");
        assertThat(browser.all(".js-enabled")).as("no script ran").isEmpty();
    }

    @Test
    void removesARowTogetherWithTheChangeThatTakesItsPlace() {
        browser = new PageBrowser(true);
        signIn();
        ChangeRequest request = desk.as("manager1", () -> requests.open("Guide", "Training", Origin.DESK));
        String table = "/manager/changes/" + request.reference() + "/tables/content-guide";
        browser.open(hub.address(table + "/rows/Rule_content_guide_10"));
        browser.tabTo("Remove this row").pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-error-summary").getText()).contains("No rule applies");
        List<String> faults = new ArrayList<>(browser.faults("table-removal-refused"));

        browser.tabTo("Row 1: Category: Threat").pressAndLeave(Keys.ENTER);
        assertThat(browser.text()).contains("Removed: Category: Other");
        browser.tabTo("Change when the row holds").press(Keys.SPACE);
        browser.tabTo("category.value-9").press(Keys.SPACE);
        browser.tabTo("save").pressAndLeave(Keys.ENTER);

        assertThat(browser.text()).contains("2 rows were changed or removed in the draft", "Threat or Other");
        faults.addAll(browser.faults("table-removed"));
        assertThat(faults).isEmpty();
    }

    @Test
    void aChangedTableWithoutTestCasesIsNotSubmitted() {
        ChangeRequest request = desk.as("manager1", () -> ((Outcome.Done) requests.open(
                        "Sooner",
                        "Meeting",
                        Origin.DESK,
                        List.of(desk.changed("case-priority.dmn", "\"PT24H\"", "\"PT20H\"")),
                        Map.of()))
                .request());

        assertThat(submitted(request.reference()))
                .extracting(Finding::rule, Finding::file)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("no-test-cases", "case-priority.dmn"));
    }

    private List<Finding> submitted(ChangeReference reference) {
        ChangeRequest request = requests.find(reference).orElseThrow();
        Outcome outcome = desk.as("manager1", () -> requests.submit(reference, request.revision(), Optional.empty()));
        return outcome instanceof Outcome.Refused refused
                ? refused.findings().stream().filter(Finding::isError).toList()
                : List.of();
    }

    private static ChangeReference reference(String address) {
        return ChangeReference.parse(address.replaceAll(".*/(CR-[0-9]+)/.*", "$1"))
                .orElseThrow();
    }

    private PageBrowser overwrite(String field, String text) {
        browser.tabTo(field);
        browser.find("[id='" + field + "']").clear();
        browser.find("[id='" + field + "']").sendKeys(text);
        return browser;
    }

    private void signIn() {
        browser.goOnAs(hub.address("/"), hub.session("manager1", "managers"));
    }
}
