package org.takedownhub.crisis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flags;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;

@HubTest
class CrisisModeTest {

    private static final int THREAT = 70;
    private static final int OTHER = 40;
    private static final int RAISED = 85;

    @Autowired
    TakedownScenario scenario;

    @Autowired
    CrisisMode crisisMode;

    @Autowired
    CrisisChapter chapter;

    @Autowired
    Flags flags;

    @Autowired
    FlagRules rules;

    @Autowired
    Evidence evidence;

    @Autowired
    Transactions transactions;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Audit audit;

    @Autowired
    Clock clock;

    @Autowired
    WebApplicationContext web;

    @Autowired
    ObjectMapper json;

    /** A word that no other test uses. */
    private final String name = "n" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        crisisMode.all(200).forEach(crisisMode::end);
        scenario.end();
    }

    @Test
    void raisesOpenTasksMarksThemAndLowersThemAgainByItself() {
        scenario.flagged(Category.OTHER);
        flaggedAgainSaying("about " + name);
        Task before = scenario.task(TakedownProcess.TASK_VERIFY_CONTENT);
        assertThat(before.getPriority()).isEqualTo(OTHER);

        Crisis crisis = declared(Duration.ofHours(3));

        assertThat(crisis.cases()).isOne();
        Task raised = scenario.task(TakedownProcess.TASK_VERIFY_CONTENT);
        assertThat(raised.getPriority()).isEqualTo(RAISED);
        assertThat(raised.getDueDate()).as("deadlines stay").isEqualTo(before.getDueDate());
        assertThat(variable("crisis")).isEqualTo(true);
        assertThat(chapter.sheet(scenario.reference()).flatMap(CaseChapter.Sheet::note))
                .hasValueSatisfying(note -> assertThat(note).startsWith("Crisis: goes before other work until"));

        scenario.timePasses(Duration.ofHours(3));
        assertThat(chapter.sheet(scenario.reference()))
                .as("over at its end, to the instant")
                .isEmpty();
        crisisMode.run();

        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(OTHER);
        assertThat(variable("crisis")).isEqualTo(false);
        assertThat(crisisMode.find(crisis.crisisId()).orElseThrow().endedBy()).contains("system");
        assertThat(actions()).contains("crisis.joined", "crisis.left");
        assertThat(hubActions(crisis)).containsExactly("crisis.declared", "crisis.ended");
    }

    @Test
    void raisesNewCasesFromTheirFirstTaskOnAndEveryTaskThatFollows() {
        declared(Duration.ofDays(1));

        flaggedNew(name + " is named", Category.THREAT);
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(RAISED);
        assertThat(variable("crisis")).isEqualTo(true);

        scenario.verifiedAs(Verdict.UNLAWFUL).dispatched();
        assertThat(variable("casePriority")).isEqualTo(RAISED);
        Instant due = scenario.recipient().dueAt().orElseThrow();
        assertThat(due).as("the clock of the law").isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    }

    @Test
    void findsANameInWhatWasCapturedLater() {
        declared(Duration.ofDays(1));
        scenario.flagged(Category.OTHER);
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(OTHER);
        transactions.run(() -> evidence.keep(
                scenario.reference(),
                "fake",
                URI.create(scenario.url()),
                "API",
                "application/json",
                ("{\"content\":\"<p>watch out <b>" + name + "</b></p>\"}").getBytes(StandardCharsets.UTF_8)));

        crisisMode.run();

        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(RAISED);
    }

    @Test
    void staysRaisedUntilTheLastOfTwoCrisesIsOverAndNeverFallsBelowTheTable() {
        flaggedNew(name, Category.THREAT);
        Crisis low = crisisMode.declare(List.of(name), List.of(), "low", Optional.of(10), in(Duration.ofDays(1)));
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(THREAT);
        Crisis high = crisisMode.declare(List.of(name), List.of(), "high", Optional.of(95), in(Duration.ofDays(1)));
        Crisis middle = declared(Duration.ofDays(1));
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(95);

        assertThat(crisisMode.end(high)).isTrue();
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(RAISED);
        assertThat(crisisMode.end(middle)).isTrue();
        assertThat(crisisMode.end(middle)).as("a second time").isFalse();
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(THREAT);
        assertThat(crisisMode.end(low)).isTrue();
    }

    @Test
    void leavesOtherCasesAlone() {
        scenario.flagged(Category.OTHER);
        declared(Duration.ofDays(1));
        crisisMode.run();

        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(OTHER);
        assertThat(chapter.sheet(scenario.reference())).isEmpty();
    }

    @Test
    void aLaterFlagAboutAThreatToLifeRaisesTheTasksThatAreOpen() {
        scenario.flagged(Category.OTHER);
        Date due = scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getDueDate();

        flags.flag(
                rules.check(Map.of("url", scenario.url(), "reason", "They mean it", "threatToLife", "true")),
                "caseworker2");

        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getPriority())
                .isEqualTo(90);
        assertThat(scenario.task(TakedownProcess.TASK_VERIFY_CONTENT).getDueDate())
                .isEqualTo(due);
        assertThat(variable("casePriority")).isEqualTo(90);
        assertThat(variable("threatToLife")).isEqualTo(true);
    }

    @Test
    void isDeclaredListedAndEndedOverTheApi() throws Exception {
        MockMvc api = MockMvcBuilders.webAppContextSetup(web).build();
        String declared = api.perform(post("/api/v1/crises")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                """
                                {"names":["%s"],"tags":["#%s"],"reason":"Stabbing on Friday","endsAt":"%s"}"""
                                        .formatted(name, name, in(Duration.ofDays(2)))))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.active").value(true))
                .andExpect(jsonPath("$.priority").value(RAISED))
                .andExpect(jsonPath("$.tags[0]").value(name))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String id = json.readTree(declared).get("crisisId").asText();
        api.perform(get("/api/v1/crises")).andExpect(jsonPath("$.items[*].crisisId", hasItem(id)));
        api.perform(delete("/api/v1/crises/" + id)).andExpect(status().isNoContent());
        api.perform(delete("/api/v1/crises/" + id)).andExpect(status().isConflict());
        api.perform(delete("/api/v1/crises/none")).andExpect(status().isNotFound());
    }

    @Test
    void saysWhatIsWrongWithADeclaration() throws Exception {
        MockMvc api = MockMvcBuilders.webAppContextSetup(web).build();
        api.perform(post("/api/v1/crises")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"names\":[\"x\"],\"priority\":500}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/names/0")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/reason")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/priority")))
                .andExpect(jsonPath("$.errors[*].pointer", hasItem("/endsAt")));
        for (Instant end : List.of(clock.instant(), in(Duration.ofDays(91)))) {
            api.perform(post("/api/v1/crises")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"names\":[\"someone\"],\"reason\":\"why\",\"endsAt\":\"" + end + "\"}"))
                    .andExpect(status().isUnprocessableEntity());
        }
    }

    private Crisis declared(Duration time) {
        return crisisMode.declare(List.of(name), List.of(), "Stabbing on Friday", Optional.empty(), in(time));
    }

    private Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    private void flaggedNew(String reason, Category category) {
        scenario.turnsTo(flags.flag(
                        rules.check(Map.of("url", scenario.url(), "reason", reason, "category", category.name())),
                        "caseworker1")
                .caseReference());
    }

    private void flaggedAgainSaying(String reason) {
        flags.flag(rules.check(Map.of("url", scenario.url(), "reason", reason)), "caseworker2");
    }

    private Object variable(String variable) {
        return runtime.createVariableInstanceQuery()
                .processInstanceIdIn(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(scenario.reference().value())
                        .list()
                        .get(0)
                        .getId())
                .variableName(variable)
                .list()
                .get(0)
                .getValue();
    }

    private List<String> actions() {
        return audit.entries(scenario.reference().value(), 0, 1000).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private List<String> hubActions(Crisis crisis) {
        return audit.entries(Audit.HUB, 0, 100_000).stream()
                .filter(entry -> entry.detail().contains(crisis.crisisId()))
                .map(AuditEntry::action)
                .toList();
    }
}
