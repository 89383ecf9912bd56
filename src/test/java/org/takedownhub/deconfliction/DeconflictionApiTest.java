package org.takedownhub.deconfliction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.process.TakedownScenario;

/** What forces and managers tell the hub over HTTP. Who gets to these addresses at all is the endpoint walk's business. */
@HubTest
class DeconflictionApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path KEY = Path.of("target/hub-test/force-keys/north.key");

    @Autowired
    WebApplicationContext context;

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Strands strands;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private MockMvc hub;

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void begin() {
        scenario.begin();
        hub = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @AfterEach
    void end() {
        jdbc.sql("delete from interest").update();
        scenario.end();
    }

    @Test
    void keepsOnlyTheKeyedHashOfWhatAForceWatches() throws Exception {
        Answer added = call(
                "north", HttpMethod.POST, "/api/v1/forces/north/interests", interest(Map.of("url", scenario.url())));
        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
        Map<String, Object> row =
                jdbc.sql("select * from interest where force = 'north'").query().singleRow();
        assertThat(row.values().toString()).doesNotContain("fake.example").doesNotContain("Violet");
        scenario.flagged(Category.THREAT);
        assertThat(row)
                .containsEntry("keyed_hash", hash("content:" + scenario.file().contentKey()));

        JsonNode listed = call("north", HttpMethod.GET, "/api/v1/forces/north/interests", null)
                .body();
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/items/0/operation").asText()).isEqualTo("Operation Violet");
        assertThat(listed.toString()).doesNotContain("fake.example", (String) row.get("keyed_hash"));
        long entry = added.body().at("/entries/0").asLong();
        assertThat(call("south", HttpMethod.DELETE, "/api/v1/forces/north/interests/" + entry, null)
                        .status())
                .isEqualTo(404);
        assertThat(call("north", HttpMethod.DELETE, "/api/v1/forces/north/interests/" + entry, null)
                        .status())
                .isEqualTo(204);
        assertThat(call("north", HttpMethod.DELETE, "/api/v1/forces/north/interests/" + entry, null)
                        .status())
                .isEqualTo(404);
        scenario.verifiedAs(Verdict.UNLAWFUL);
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void asksAForceThatComputedTheHashItself() throws Exception {
        scenario.flagged(Category.THREAT);
        call("north", HttpMethod.GET, "/api/v1/forces/north/interests", null);
        String hash = hash("content:" + scenario.file().contentKey());
        Answer added = call(
                "north",
                HttpMethod.POST,
                "/api/v1/forces/north/interests",
                interest(Map.of("keyedHashes", List.of(hash, hash))));
        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
        assertThat(added.body().path("entries")).hasSize(1);
        scenario.verifiedAs(Verdict.UNLAWFUL);
        assertThat(scenario.file().state()).isEqualTo(CaseState.DECONFLICTING);

        JsonNode question = call("caseworker1", HttpMethod.GET, "/api/v1/cases/" + scenario.reference(), null)
                .body()
                .at("/deconfliction/0");
        assertThat(question.path("force").asText()).isEqualTo("north");
        assertThat(question.path("hit").asBoolean()).isTrue();
        assertThat(question.path("contact").asText()).isEqualTo("Intelligence desk, 01632 960123");
        assertThat(question.toString()).doesNotContain("Violet", hash);
    }

    @Test
    void tellsNobodyElseWhatAForceWatches() throws Exception {
        for (String other : List.of("south", "caseworker1", "managers")) {
            assertThat(call(other, HttpMethod.GET, "/api/v1/forces/north/interests", null)
                            .status())
                    .isEqualTo(404);
            assertThat(call(
                                    other,
                                    HttpMethod.POST,
                                    "/api/v1/forces/north/interests",
                                    interest(Map.of("url", scenario.url())))
                            .status())
                    .isEqualTo(404);
            assertThat(call(other, HttpMethod.GET, "/api/v1/forces/north/strands", null)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void namesWhatIsWrongWithAnEntry() throws Exception {
        refuses(400, "/expiresAt", with(interest(Map.of("url", scenario.url())), "expiresAt", null));
        refuses(422, "/expiresAt", with(interest(Map.of("url", scenario.url())), "expiresAt", "2020-01-01T00:00:00Z"));
        refuses(422, "/expiresAt", with(interest(Map.of("url", scenario.url())), "expiresAt", "2036-01-01T00:00:00Z"));
        refuses(400, "/contact", with(interest(Map.of("url", scenario.url())), "contact", " "));
        refuses(400, "/url", interest(Map.of()));
        refuses(400, "/url", interest(Map.of("url", "no address")));
        refuses(422, "/url", interest(Map.of("url", scenario.url(), "kind", "ACCOUNT")));
        refuses(422, "/keyedHashes/0", interest(Map.of("keyedHashes", List.of("ABC"))));
        refuses(422, "/keyedHashes", interest(Map.of("keyedHashes", List.of())));
    }

    @Test
    void keepsWhomToCallAtAForce() throws Exception {
        Answer unnamed = call("managers", HttpMethod.POST, "/api/v1/forces/south/contact", Map.of("phone", "1"));
        assertThat(unnamed.body().at("/errors/0/pointer").asText()).isEqualTo("/roleName");
        Answer wrong = call(
                "managers",
                HttpMethod.POST,
                "/api/v1/forces/south/contact",
                Map.of("roleName", "Duty inspector", "mail", "two@a.example, b@b.example"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(call("managers", HttpMethod.POST, "/api/v1/forces/nowhere/contact", Map.of("roleName", "X"))
                        .status())
                .isEqualTo(404);
        call(
                "managers",
                HttpMethod.POST,
                "/api/v1/forces/south/contact",
                Map.of("roleName", "Duty inspector", "mail", "duty@south.example", "phone", "01632 960124"));
        assertThat(call("managers", HttpMethod.GET, "/api/v1/forces", null)
                        .body()
                        .toString())
                .contains("\"force\":\"south\",\"roleName\":\"Duty inspector\",\"mail\":\"duty@south.example\"");
        jdbc.sql("delete from force_contact").update();
    }

    @Test
    void closesAStrandForItsOwnerAlone() throws Exception {
        scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);
        String removal = closure(strands.of(scenario.reference()).get(0).id());
        assertThat(call("managers", HttpMethod.POST, removal, Map.of("reason", "Done."))
                        .status())
                .isEqualTo(409);
        jdbc.sql("update strand set owner_force = 'north', strand = 'INVESTIGATE' where case_reference = ?")
                .params(scenario.reference().value())
                .update();
        assertThat(call("south", HttpMethod.POST, removal, Map.of("reason", "Done."))
                        .status())
                .isEqualTo(404);
        assertThat(call("north", HttpMethod.POST, removal, Map.of()).status()).isEqualTo(400);
        assertThat(call("north", HttpMethod.POST, closure(0), Map.of("reason", "Done."))
                        .status())
                .isEqualTo(404);
        assertThat(call("north", HttpMethod.POST, removal, Map.of("reason", "Charged."))
                        .status())
                .isEqualTo(200);
        assertThat(call("north", HttpMethod.POST, removal, Map.of("reason", "Again."))
                        .status())
                .isEqualTo(409);
        JsonNode strand = call("caseworker1", HttpMethod.GET, "/api/v1/cases/" + scenario.reference(), null)
                .body()
                .at("/strands/0");
        assertThat(strand.path("strand").asText()).isEqualTo("INVESTIGATE");
        assertThat(strand.path("ownerForce").asText()).isEqualTo("north");
        assertThat(strand.path("state").asText()).isEqualTo("CLOSED");
        assertThat(strand.hasNonNull("closedAt")).isTrue();
    }

    @Test
    void givesEveryFigureWithItsDefinitionAndNumber() throws Exception {
        Answer sheet = call(
                "managers",
                HttpMethod.GET,
                "/api/v1/deconfliction/figures?from=2026-06-01&to=2026-06-02T00:00:00Z",
                null);
        assertThat(sheet.status()).as(sheet.body().toString()).isEqualTo(200);
        assertThat(sheet.body().path("figures")).hasSizeGreaterThan(8).allSatisfy(figure -> {
            assertThat(figure.path("definition").asText()).isNotBlank();
            assertThat(figure.path("n").isInt()).isTrue();
        });
        assertThat(call("managers", HttpMethod.GET, "/api/v1/deconfliction/figures?from=may&to=june", null)
                        .status())
                .isEqualTo(400);
        assertThat(call("managers", HttpMethod.GET, "/api/v1/deconfliction/figures?from=2026-06-02&to=2026-06-01", null)
                        .status())
                .isEqualTo(422);
    }

    private void refuses(int status, String pointer, Map<String, Object> body) throws Exception {
        Answer answer = call("north", HttpMethod.POST, "/api/v1/forces/north/interests", body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    private Map<String, Object> interest(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "contact", "Intelligence desk, 01632 960123",
                "operation", "Operation Violet",
                "expiresAt", clock.instant().plus(Duration.ofDays(30)).toString()));
        body.putAll(more);
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        body.put(name, value);
        return body;
    }

    private String closure(long id) {
        return "/api/v1/cases/" + scenario.reference() + "/strands/" + id + "/closure";
    }

    /** As the documentation tells a force to do it. */
    private static String hash(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(Files.readString(KEY)), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param who a force's officer, a role's member, or a caseworker */
    private Answer call(String who, HttpMethod method, String path, Map<String, Object> body) throws Exception {
        String group = List.of("north", "south").contains(who) ? "deconfliction-" + who : who;
        var request = MockMvcRequestBuilders.request(method, path)
                .principal(new TestingAuthenticationToken(who, "", group))
                .contentType(MediaType.APPLICATION_JSON);
        if (body != null) {
            request.content(JSON.writeValueAsString(body));
        }
        MockHttpServletResponse response = hub.perform(request).andReturn().getResponse();
        return new Answer(response.getStatus(), JSON.readTree(response.getContentAsByteArray()));
    }
}
