package org.takedownhub.modelling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.modelling.migration.Migrations;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;
import org.takedownhub.process.TakedownScenario;

/** What programs and managers' browsers see of open cases and of moving them. */
@DeskTest
class MigrationDeskTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String URGENT = "OutputEntry_VoluntaryUrgent_period\"><text>\"PT24H\"";

    @Autowired
    WebApplicationContext context;

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Desk desk;

    @Autowired
    ChangeRequests requests;

    @Autowired
    Migrations migrations;

    @Autowired
    JdbcClient jdbc;

    private MockMvc hub;
    private CaseReference verifying;
    private CaseReference awaiting;
    private ChangeRequest request;

    private record Answer(int status, JsonNode body, String location) {}

    @BeforeEach
    void twoCasesAreOpenAndAChangeIsAskedFor() {
        hub = MockMvcBuilders.webAppContextSetup(context).build();
        verifying = scenario.begin().flagged(Category.THREAT).reference();
        awaiting = scenario.begin().referred(Category.THREAT).reference();
        request = desk.as("manager1", () -> requests.open("Half a day", "Platforms can do it", Origin.DESK));
    }

    @AfterEach
    void end() {
        desk.close();
        scenario.end();
    }

    @Test
    void movesNamedCasesForAProgram() throws Exception {
        String base = "/api/v1/change-requests/" + request.reference();
        assertThat(call(HttpMethod.POST, base + "/migrations", wish(List.of(awaiting)))
                        .status())
                .as("nothing is published yet")
                .isEqualTo(409);
        published();

        JsonNode impact = call(HttpMethod.GET, base + "/impact?limit=200", null).body();
        assertThat(impact.path("openCases").asInt()).isGreaterThanOrEqualTo(2);
        JsonNode one = item(impact, awaiting);
        assertThat(one.path("fit").asText()).isEqualTo("FITS");
        assertThat(one.at("/places/0/step").asText()).isEqualTo("Task_AwaitRemoval");
        assertThat(one.at("/clocks/0/newDueAt").asText())
                .isEqualTo(scenario.recipient()
                        .dueAt()
                        .orElseThrow()
                        .minus(Duration.ofHours(12))
                        .toString());

        Answer unread = call(
                HttpMethod.POST,
                base + "/migrations",
                Map.of(
                        "cases",
                        List.of("TH-1"),
                        "timers",
                        Map.of("Event_X", "SOON"),
                        "replan",
                        List.of(Map.of("caseReference", awaiting.value())),
                        "reason",
                        "All on one version"));
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.body().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/cases/0", "/timers/Event_X", "/replan/0/reason");

        Answer started = call(
                HttpMethod.POST,
                base + "/migrations",
                Map.of(
                        "cases",
                        List.of(awaiting.value(), verifying.value()),
                        "replan",
                        List.of(Map.of("caseReference", awaiting.value(), "reason", "A child is in it")),
                        "reason",
                        "All on one version"));
        assertThat(started.status()).as(started.body().toString()).isEqualTo(202);
        assertThat(call(HttpMethod.GET, started.location(), null)
                        .body()
                        .at("/counts/PENDING")
                        .asInt())
                .isEqualTo(2);
        migrations.run();

        JsonNode done =
                call(HttpMethod.GET, started.location() + "?limit=1", null).body();
        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(done.at("/counts/MIGRATED").asInt()).isEqualTo(2);
        assertThat(done.at("/cases/items")).hasSize(1);
        JsonNode rest = call(
                        HttpMethod.GET,
                        started.location() + "?cursor=" + done.at("/cases/next").asText(),
                        null)
                .body();
        assertThat(rest.at("/cases/items/0/caseReference").asText()).isEqualTo(awaiting.value());
        assertThat(rest.at("/cases/items/0/replanned/0/dueAt").asText())
                .isEqualTo(one.at("/clocks/0/newDueAt").asText());
        assertThat(rest.at("/cases/items/0/replanned/0/dueAtBefore").asText())
                .isEqualTo(one.at("/clocks/0/dueAt").asText());
        assertThat(call(HttpMethod.GET, base + "/migrations", null).body().path("items"))
                .hasSize(1);
        assertThat(call(HttpMethod.POST, started.location() + "/cancellation", Map.of("reason", "too late"))
                        .status())
                .isEqualTo(409);
        assertThat(call(HttpMethod.GET, base + "/migrations/nothing", null).status())
                .isEqualTo(404);
    }

    @Test
    void tellsAManagerWhoReadsPagesTheSame() throws Exception {
        String base = "/manager/changes/" + request.reference();
        assertThat(page(MockMvcRequestBuilders.get(base)))
                .contains("Open cases", "They stay there, with their deadlines");
        published();
        assertThat(page(MockMvcRequestBuilders.get(base))).contains("Move open cases to these models");
        assertThat(page(MockMvcRequestBuilders.get(base + "/impact"))).contains("Open cases");
        assertThat(page(MockMvcRequestBuilders.get(base + "/migrations/new")))
                .contains("Which cases", "Why the cases move");

        String refused = page(MockMvcRequestBuilders.post(base + "/migrations/new")
                .param("cases", "named")
                .param("named", "nonsense")
                .param("replan", awaiting.value()));
        assertThat(refused)
                .contains(
                        "Error: ",
                        "nonsense is no case reference",
                        "Say why their deadlines move",
                        "Say why the cases are to move");

        MockHttpServletResponse started = hub.perform(MockMvcRequestBuilders.post(base + "/migrations/new")
                        .param("cases", "named")
                        .param("named", verifying + "\n" + awaiting)
                        .param("reason", "All on one version"))
                .andReturn()
                .getResponse();
        assertThat(started.getStatus()).isEqualTo(302);
        String progress = started.getRedirectedUrl();
        assertThat(page(MockMvcRequestBuilders.get(progress))).contains("Under way", "0 of 2", "Stop it");
        assertThat(page(MockMvcRequestBuilders.post(progress))).contains("Say why you stop it");
        migrations.run();
        assertThat(page(MockMvcRequestBuilders.get(progress)))
                .contains("Done", "2 of 2", "Moved", verifying.value(), awaiting.value())
                .doesNotContain("Stop it");
        assertThat(page(MockMvcRequestBuilders.get(base))).contains("2 of 2");
    }

    @Test
    void isReadAndSentByEverybody() throws Exception {
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
        published();
        String base = "/manager/changes/" + request.reference();
        try (PageServer server = new PageServer(context);
                PageBrowser browser = new PageBrowser(true)) {
            browser.goOnAs(server.address("/"), server.session("manager1", "managers"));
            browser.open(server.address(base + "/impact"));
            List<String> faults = browser.faults("page-open-cases");
            browser.open(server.address(base + "/migrations/new"));
            browser.tabTo("replan").write("TH-1").tabTo("Move them").pressAndLeave(Keys.ENTER);
            assertThat(browser.title()).isEqualTo("Error: Move open cases – Takedown Hub");
            faults.addAll(browser.faults("page-migrate-refused"));
            browser.open(server.address(base + "/migrations/new"));
            browser.tabTo("reason")
                    .write("All on one version")
                    .tabTo("Move them")
                    .pressAndLeave(Keys.ENTER);
            assertThat(browser.find("h1").getText()).isEqualTo("Moving open cases");
            faults.addAll(browser.faults("page-migrating"));
            migrations.run();
            browser.open(server.address(base));
            faults.addAll(browser.faults("page-change-migrated"));
            assertThat(faults).isEmpty();
        }
    }

    private void published() {
        ModelSet newer = desk.shipped().with(desk.changed("removal-deadline.dmn", URGENT, URGENT.replace("24", "12")));
        jdbc.sql("update change_request set state = 'PUBLISHED', deployment_id = ? where number = ?")
                .params(desk.publish(newer), request.reference().number())
                .update();
    }

    private static Map<String, Object> wish(List<CaseReference> cases) {
        return Map.of("cases", cases.stream().map(CaseReference::value).toList(), "reason", "All on one version");
    }

    private static JsonNode item(JsonNode impact, CaseReference reference) {
        for (JsonNode one : impact.path("items")) {
            if (one.path("caseReference").asText().equals(reference.value())) {
                return one;
            }
        }
        throw new AssertionError(reference + " is not in " + impact);
    }

    private String page(MockHttpServletRequestBuilder asked) throws Exception {
        MockHttpServletResponse answer = hub.perform(asked).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString();
    }

    private Answer call(HttpMethod method, String path, @Nullable Object body) throws Exception {
        MockHttpServletRequestBuilder asked = MockMvcRequestBuilders.request(method, path);
        if (body != null) {
            asked.contentType(MediaType.APPLICATION_JSON).content(JSON.writeValueAsBytes(body));
        }
        MockHttpServletResponse answer = hub.perform(asked).andReturn().getResponse();
        return new Answer(
                answer.getStatus(),
                JSON.readTree(answer.getContentAsByteArray()),
                String.valueOf(answer.getHeader("Location")));
    }
}
