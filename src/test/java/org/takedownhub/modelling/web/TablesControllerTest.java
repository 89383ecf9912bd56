package org.takedownhub.modelling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;

/** Tables for programs: typed sheets, test cases, answers. */
@DeskTest
class TablesControllerTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private Desk desk;

    private MockMvc mvc;
    private ChangeRequest request;

    @BeforeEach
    void openRequest() {
        mvc = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
        request = desk.as("manager1", () -> requests.open("Deadlines", "Meeting", Origin.API));
    }

    @AfterEach
    void restore() {
        desk.close();
    }

    @Test
    void listsAndShowsTheLiveTables() throws Exception {
        JsonNode items = json.readTree(call(HttpMethod.GET, "/api/v1/models/tables", "", 200))
                .get("items");

        assertThat(items.findValuesAsText("table")).contains("removal-deadline", "check-schedule", "escalation-ladder");
        JsonNode sheet = json.readTree(call(HttpMethod.GET, "/api/v1/models/tables/removal-deadline", "", 200));
        assertThat(sheet.get("columns").findValuesAsText("key")).contains("category", "out.period");
        JsonNode urgent = row(sheet, "Rule_VoluntaryUrgent");
        assertThat(urgent.at("/cells/out.period").asText()).isEqualTo("PT24H");
        assertThat(urgent.at("/cells/threatToLife").isBoolean()).isTrue();
        assertThat(urgent.at("/cells/category").isArray()).isTrue();
        assertThat(urgent.at("/cells/out.reminderShare").isNumber()).isTrue();
        assertThat(row(sheet, "Rule_TcoOrder").at("/cells/category").isNull()).isTrue();
        call(HttpMethod.GET, "/api/v1/models/tables/nothing", "", 404);
    }

    @Test
    void savesASheetAndChangesTheOneCellInTheFile() throws Exception {
        ObjectNode sheet = sheet();
        call(HttpMethod.PUT, table(""), sheet.toString(), 200);
        assertThat(requests.draft(request.reference()).changedFrom(desk.shipped()))
                .as("a sheet that comes back as it was changes nothing")
                .isEmpty();

        sheet = sheet();
        ((ObjectNode) row(sheet, "Rule_VoluntaryUrgent").get("cells")).put("out.period", "PT12H");
        call(HttpMethod.PUT, table(""), sheet.toString(), 200);

        String entry = "<outputEntry id=\"OutputEntry_VoluntaryUrgent_period\"><text>\"%s\"</text></outputEntry>";
        assertThat(requests.draft(request.reference())
                        .file("removal-deadline.dmn")
                        .orElseThrow())
                .isEqualTo(desk.changed("removal-deadline.dmn", entry.formatted("PT24H"), entry.formatted("PT12H")));
        call(HttpMethod.PUT, table(""), sheet.toString(), 409);
    }

    @Test
    void namesEachCellThatIsWrongAndKeepsNothing() throws Exception {
        ObjectNode sheet = sheet();
        ObjectNode second = (ObjectNode) sheet.get("rows").get(1);
        ((ObjectNode) second.get("cells")).put("out.period", "PT5M");
        second.put("source", "");

        JsonNode problem = json.readTree(call(HttpMethod.PUT, table(""), sheet.toString(), 422));

        assertThat(problem.findValuesAsText("pointer")).containsExactly("/rows/1/cells/out.period", "/rows/1/source");
        ((ObjectNode) second.get("cells")).set("category", json.readTree("{\"what\": 1}"));
        call(HttpMethod.PUT, table(""), sheet.toString(), 400);
        ((ArrayNode) sheet.get("rows")).removeAll();
        call(HttpMethod.PUT, table(""), sheet.toString(), 422);
        call(HttpMethod.PUT, table(""), "{\"rows\":[]}", 400);
        assertThat(requests.draft(request.reference()).changedFrom(desk.shipped()))
                .isEmpty();
    }

    @Test
    void runsCasesBeforeTheyAreSavedAndSaysWhatDraftAndLiveAnswer() throws Exception {
        JsonNode saved = json.readTree(call(HttpMethod.GET, table("/cases"), "", 200));
        assertThat(saved.get("passed").asBoolean()).isTrue();
        assertThat(saved.get("cases")).hasSize(16);
        String wrong =
                """
                {"cases": [{"name": "A", "inputs": {"instrument": "TCO_ORDER", "category": "TERRORISM",
                 "threatToLife": "false", "returned": "false"}, "expected": {"period": "PT2H"}}]}
                """;

        JsonNode run = json.readTree(call(HttpMethod.POST, table("/cases/runs"), wrong, 200));

        assertThat(run.get("passed").asBoolean()).isFalse();
        assertThat(run.at("/results/0/differences/0/actual").asText()).isEqualTo("PT1H");
        assertThat(run.get("rowsWithoutCase")).hasSize(11);
        assertThat(requests.draft(request.reference()).changedFrom(desk.shipped()))
                .isEmpty();
        JsonNode answers = json.readTree(
                call(HttpMethod.POST, table("/answer"), "{\"inputs\": {\"instrument\": \"TERRORISM_NOTICE\"}}", 200));
        assertThat(answers.at("/draft/rule").asText()).isEqualTo("Rule_TerrorismNotice");
        assertThat(answers.at("/live/outputs/period").asText()).isEqualTo("P2D");
        call(HttpMethod.POST, table("/answer"), "{}", 400);
    }

    @Test
    void takesBackADownloadAsItWas() throws Exception {
        String csv = call(HttpMethod.GET, table("/cases.csv"), "", 200);
        assertThat(csv)
                .isEqualTo(desk.shipped()
                        .file("removal-deadline.csv")
                        .orElseThrow()
                        .text());

        put(table("/cases.csv?revision=" + request.revision()), csv.replace("A threat: one day", "=1+1"), 200);

        assertThat(call(HttpMethod.GET, table("/cases.csv"), "", 200))
                .contains("\n'=1+1,")
                .doesNotContain("\n=1");
        assertThat(requests.draft(request.reference())
                        .file("removal-deadline.csv")
                        .orElseThrow()
                        .text())
                .contains("\n=1+1,");
        int revision = requests.find(request.reference()).orElseThrow().revision();
        put(table("/cases.csv?revision=" + revision), "name,what\n", 422);
        put(table("/cases.csv"), csv, 400);
    }

    private String table(String rest) {
        return "/api/v1/change-requests/" + request.reference() + "/tables/removal-deadline" + rest;
    }

    /** What of a sheet is sent back. */
    private ObjectNode sheet() throws Exception {
        ObjectNode sheet = (ObjectNode) json.readTree(call(HttpMethod.GET, table(""), "", 200));
        return sheet.retain("revision", "rows");
    }

    private static JsonNode row(JsonNode sheet, String id) {
        for (JsonNode row : sheet.get("rows")) {
            if (row.get("id").asText().equals(id)) {
                return row;
            }
        }
        throw new AssertionError("There is no row " + id);
    }

    private String call(HttpMethod method, String path, String body, int status) throws Exception {
        return send(method, path, MediaType.APPLICATION_JSON, body, status);
    }

    private void put(String path, String csv, int status) throws Exception {
        send(HttpMethod.PUT, path, new MediaType("text", "csv"), csv, status);
    }

    private String send(HttpMethod method, String path, MediaType type, String body, int status) throws Exception {
        MockHttpServletResponse response = mvc.perform(MockMvcRequestBuilders.request(method, java.net.URI.create(path))
                        .with(user("manager1").authorities(new SimpleGrantedAuthority("managers")))
                        .with(csrf())
                        .contentType(type)
                        .content(body))
                .andReturn()
                .getResponse();
        String answer = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(response.getStatus()).as(method + " " + path + ": " + answer).isEqualTo(status);
        return answer;
    }
}
