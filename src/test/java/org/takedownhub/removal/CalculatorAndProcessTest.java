package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.NewCase;
import org.takedownhub.cases.Returned;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.clock.DeadlineCase;
import org.takedownhub.clock.NoticeInstants;
import org.takedownhub.clock.StartEvent;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;

/** What the officer's calculator says is what the process does, for every example of the table that lawyers read. */
@HubTest
class CalculatorAndProcessTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    RemovalClock removalClock;

    @Autowired
    ClockLedger ledger;

    @Autowired
    Cases cases;

    @Autowired
    Returned returned;

    @Autowired
    Transactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext web;

    @Autowired
    ObjectMapper json;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    @Test
    void agreeOnEveryExampleOfTheTable() throws Exception {
        MockMvc calculator = MockMvcBuilders.webAppContextSetup(web).build();
        Map<String, String> wrong = new LinkedHashMap<>();
        for (DeadlineCase example : DeadlineCase.all()) {
            NoticeInstants instants = example.instants(
                    example.question().instrument().name().equals("TCO_ORDER")
                            ? StartEvent.RECEIVED
                            : StartEvent.GIVEN);
            JsonNode calculated = calculated(calculator, example, instants);
            CaseReference reference = transactions.run(() -> issued(example, instants));
            RemovalClock.Alarms alarms = transactions.run(() -> removalClock.start(reference, 0));

            String end = calculated.get(example.target() ? "reviewAt" : "dueAt").asText();
            if (!alarms.removalDueAt().equals(Instant.parse(end))
                    || !alarms.removalDueAt().equals(example.ends())
                    || !ledger.last(reference, 0)
                            .orElseThrow()
                            .policyCode()
                            .equals(calculated.get("policy").asText())
                    || !ledger.last(reference, 0)
                            .orElseThrow()
                            .rule()
                            .orElseThrow()
                            .words()
                            .equals(calculated.get("rule").asText())) {
                wrong.put(example.toString(), "calculator " + end + ", process " + alarms.removalDueAt());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void agreeOnANoticeThatAWholeProcessSendsOnFridayAtFiveBeforeTheClocksGoBack() throws Exception {
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-10-23T16:00:00Z")));
        scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL)
                .approved(true)
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        Instant given = scenario.recipient().givenAt().orElseThrow();

        JsonNode calculated = json.readTree(MockMvcBuilders.webAppContextSetup(web)
                .build()
                .perform(get("/api/v1/deadline?instrument=WEAPONS_REMOVAL_NOTICE&category=WEAPONS_SALE")
                        .param("givenAt", given.toString()))
                .andReturn()
                .getResponse()
                .getContentAsString());

        assertThat(given).isEqualTo(Instant.parse("2026-10-23T16:00:00Z"));
        assertThat(scenario.recipient().dueAt())
                .contains(Instant.parse("2026-10-25T16:00:00Z"))
                .contains(Instant.parse(calculated.get("dueAt").asText()));
        assertThat(calculated.get("dueAtInWords").asText()).startsWith("Sunday 25 October 2026 at 16:00 UK time");
    }

    private JsonNode calculated(MockMvc calculator, DeadlineCase example, NoticeInstants instants) throws Exception {
        MockHttpServletRequestBuilder question = get("/api/v1/deadline")
                .param("instrument", example.question().instrument().name())
                .param("category", example.question().category().name())
                .param("threatToLife", Boolean.toString(example.question().threatToLife()))
                .param("returned", Boolean.toString(example.question().returned()))
                .param("issuedAt", instants.issuedAt().toString())
                .param("givenAt", instants.givenAt().toString());
        if (instants.receivedAt() != null) {
            question.param("receivedAt", instants.receivedAt().toString());
        }
        return json.readTree(
                calculator.perform(question).andReturn().getResponse().getContentAsString());
    }

    /** A notice that left at the instants of the example. */
    private CaseReference issued(DeadlineCase example, NoticeInstants instants) {
        CaseReference reference = opened(example);
        if (example.question().returned()) {
            returned.link(reference, opened(example), "test");
        }
        String notice = UUID.randomUUID().toString();
        jdbc.sql("insert into notice (notice_id, case_reference, instrument, route_version, explanation, issued_at)"
                        + " values (?, ?, ?, 1, 'because', ?)")
                .params(
                        notice,
                        reference.value(),
                        example.question().instrument().name(),
                        stored(instants.issuedAt()))
                .update();
        jdbc.sql("insert into recipient (case_reference, number, notice_id, name, channel, platform, issued_at,"
                        + " given_at, received_at, rung) values (?, 0, ?, 'Provider', 'API', 'fake', ?, ?, ?, 0)")
                .params(
                        reference.value(),
                        notice,
                        stored(instants.issuedAt()),
                        stored(instants.givenAt()),
                        stored(Optional.ofNullable(instants.receivedAt())))
                .update();
        return reference;
    }

    private CaseReference opened(DeadlineCase example) {
        String id = UUID.randomUUID().toString();
        URI url = URI.create("https://fake.example/posts/" + id);
        return cases.open(new NewCase(
                new ContentIdentity(
                        ContentKey.of("ap", "status", "fake.example/" + id),
                        url,
                        "fake.example",
                        Optional.empty(),
                        false),
                "fake",
                url.toString(),
                "example",
                example.question().category(),
                Source.FORCE,
                example.question().threatToLife()));
    }
}
