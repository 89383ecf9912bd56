package org.takedownhub.modelling.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.change.Origin;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.removal.Answer;

/** Cases that went their way through the whole hub, replayed over its API. */
@DeskTest
class ReplaysTest {

    /** Away from the days of all other stories. */
    private static final Instant BEGAN = Instant.parse("2031-03-03T09:00:00Z");

    private static final List<String> LIVE_TABLES = List.of(
            "takedown_case",
            "notice",
            "recipient",
            "submission",
            "letter",
            "clock_entry",
            "act_ru_execution",
            "act_ru_job");

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Audit audit;

    @Autowired
    private Desk desk;

    private final JsonMapper json = JsonMapper.builder().build();

    @AfterEach
    void restore() {
        scenario.end();
        desk.close();
    }

    @Test
    void triesADraftOnWhatReallyHappened() {
        removed(Category.GANG_PROMOTION, Duration.ofHours(20));
        String covert = removed(Category.GANG_PROMOTION, Duration.ofHours(20));
        jdbc.sql("update takedown_case set source = 'COVERT' where case_reference = ?")
                .params(covert)
                .update();
        String early = removed(Category.GANG_PROMOTION, Duration.ofHours(2));
        String weapons = weaponsNotice(Duration.ofHours(40));
        String late = removed(Category.GANG_PROMOTION, Duration.ofHours(30));
        ChangeRequest draft =
                desk.as("manager1", () -> requests.open("Half the time", "The meeting wants it", Origin.API));
        desk.as(
                "manager1",
                () -> requests.save(
                        draft.reference(),
                        draft.revision(),
                        List.of(desk.changed("removal-deadline.dmn", "\"PT24H\"", "\"PT12H\""))));
        Map<String, Long> before = counts();
        int engines = ProcessEngines.getProcessEngines().size();
        long logged = audit.lastPosition(Audit.HUB);

        JsonNode first = post(draft, "", Map.of("from", BEGAN.toString()), 202);
        JsonNode second = post(draft, "", Map.of("from", BEGAN.toString(), "limit", 1), 202);
        JsonNode cancelled = post(draft, "/" + second.path("id").asLong() + "/cancellation", Map.of(), 200);
        assertThat(cancelled.path("state").asText()).isEqualTo("CANCELLED");
        await().atMost(Duration.ofSeconds(60)).until(() -> !List.of("QUEUED", "RUNNING")
                .contains(get(draft, "/" + first.path("id").asLong())
                        .path("state")
                        .asText()));

        JsonNode done = get(draft, "/" + first.path("id").asLong());
        assertThat(done.path("failure").asText("")).isEmpty();
        assertThat(done.path("state").asText()).isEqualTo("DONE");
        JsonNode summary = done.path("summary");
        assertThat(summary.path("reasons")).isEmpty();
        assertThat(summary.path("replayed").asInt()).isEqualTo(4);
        assertThat(summary.path("fidelity").path("sameOutcome").asInt()).isEqualTo(4);
        assertThat(summary.path("fidelity").path("sameDeadline").asInt()).isEqualTo(4);
        assertThat(summary.path("changed").asInt()).isEqualTo(3);
        assertThat(summary.path("before").path("overdue").asInt()).isEqualTo(1);
        assertThat(summary.path("after").path("overdue").asInt()).isEqualTo(2);
        assertThat(done.path("differences").findValuesAsText("reference"))
                .contains(early, late)
                .doesNotContain(weapons, covert);
        assertThat(done.path("forOlderDraft").asBoolean()).isFalse();
        assertThat(get(draft, "/" + second.path("id").asLong()).path("state").asText())
                .isEqualTo("CANCELLED");
        assertThat(counts()).isEqualTo(before);
        assertThat(ProcessEngines.getProcessEngines()).hasSize(engines);
        assertThat(audit.entries(Audit.HUB, logged, 100))
                .extracting(AuditEntry::action)
                .containsExactlyInAnyOrder("replay.started", "replay.started", "replay.cancelled", "replay.finished");

        assertThat(page(draft, "/replays/" + first.path("id").asLong()))
                .contains(
                        "The draft changes 3 of 4 cases. With the live models 1 were overdue, with the draft 2 would have been.")
                .contains("Fewer than 10 cases had a deadline", "Covert cases are left out", early)
                .doesNotContain(covert);
        assertThat(page(draft, "/replays")).contains("Called off", "Try the draft on past cases");
        assertThat(page(draft, "")).contains("Replay of past cases", "Called off");

        ChangeRequest changed = requests.find(draft.reference()).orElseThrow();
        desk.as(
                "manager1",
                () -> requests.save(
                        draft.reference(),
                        changed.revision(),
                        List.of(desk.changed("removal-deadline.dmn", "\"PT24H\"", "\"PT8H\""))));
        assertThat(get(draft, "/" + first.path("id").asLong())
                        .path("forOlderDraft")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void leavesNoReplayRunningOfANodeThatStopped() {
        ChangeRequest draft =
                desk.as("manager1", () -> requests.open("Nothing", "To be replayed by a node that stops", Origin.API));
        Instant longAgo = Instant.parse("2026-01-01T00:00:00Z");
        jdbc.sql("insert into replay (change_number, state, started_by, started_at, draft_sha256, live_sha256,"
                        + " flagged_from, flagged_until, case_limit, cases, done, node, alive_at) values (:change, 'RUNNING',"
                        + " 'manager1', :at, 'x', 'y', :at, :at, 1, 1, 0, 'gone', :at)")
                .param("change", draft.reference().number())
                .param("at", stored(longAgo))
                .update();

        JsonNode only = get(draft, "").path("items").path(0);

        assertThat(only.path("state").asText()).isEqualTo("FAILED");
        assertThat(only.path("failure").asText()).contains("Start it again");
    }

    @Test
    void refusesWhatIsNoSelection() {
        ChangeRequest draft = desk.as("manager1", () -> requests.open("Nothing", "To be refused", Origin.API));

        post(draft, "", Map.of("limit", 10_001), 422);
        post(draft, "", Map.of("from", "2026-02-01T00:00:00Z", "to", "2026-02-01T00:00:00Z"), 422);
        post(draft, "/4711/cancellation", Map.of(), 404);
    }

    private String removed(Category category, Duration after) {
        scenario.begin();
        ClockUtil.setCurrentTime(Date.from(BEGAN));
        scenario.flagged(category)
                .timePasses(Duration.ofMinutes(30))
                .verifiedAs(Verdict.UNLAWFUL)
                .dispatched();
        for (Duration left = after; left.compareTo(Duration.ZERO) > 0; left = left.minusHours(2)) {
            scenario.timePasses(Duration.ofHours(2));
        }
        scenario.told(Answer.REMOVED);
        assertThat(scenario.file().outcome()).contains(Outcome.REMOVED);
        return scenario.reference().value();
    }

    private String weaponsNotice(Duration after) {
        scenario.begin();
        ClockUtil.setCurrentTime(Date.from(BEGAN));
        scenario.flagged(Category.WEAPONS_SALE)
                .timePasses(Duration.ofMinutes(30))
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                .timePasses(Duration.ofHours(2))
                .approved(true)
                .dispatched()
                .timePasses(after)
                .told(Answer.REMOVED);
        assertThat(scenario.file().outcome()).contains(Outcome.REMOVED);
        return scenario.reference().value();
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        for (String table : LIVE_TABLES) {
            counts.put(
                    table,
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        return counts;
    }

    private JsonNode post(ChangeRequest request, String path, Map<String, Object> body, int status) {
        return desk.as(
                "manager1",
                () -> asked(
                        MockMvcRequestBuilders.post(address(request, path))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(json.valueToTree(body).toString()),
                        status));
    }

    private JsonNode get(ChangeRequest request, String path) {
        return desk.as("manager1", () -> asked(MockMvcRequestBuilders.get(address(request, path)), 200));
    }

    private String page(ChangeRequest request, String path) {
        return desk.as(
                "manager1",
                () -> assertDoesNotThrow(() -> {
                    MockHttpServletResponse answer = MockMvcBuilders.webAppContextSetup(context)
                            .build()
                            .perform(MockMvcRequestBuilders.get("/manager/changes/" + request.reference() + path))
                            .andReturn()
                            .getResponse();
                    assertThat(answer.getStatus()).isEqualTo(200);
                    return answer.getContentAsString();
                }));
    }

    private static String address(ChangeRequest request, String path) {
        return "/api/v1/change-requests/" + request.reference() + "/replays" + path;
    }

    private JsonNode asked(MockHttpServletRequestBuilder asking, int status) {
        MockMvc api = MockMvcBuilders.webAppContextSetup(context).build();
        return assertDoesNotThrow(() -> {
            MockHttpServletResponse answer = api.perform(asking).andReturn().getResponse();
            assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
            return json.readTree(answer.getContentAsString());
        });
    }
}
