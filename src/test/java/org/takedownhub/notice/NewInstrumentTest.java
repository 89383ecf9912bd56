package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TakedownScenario;

/**
 * What an instrument demands, the process sees to: rows in tables and words are all that a new one needs, and what is
 * missing a person supplies.
 */
@HubTest
class NewInstrumentTest {

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private org.takedownhub.modelling.PublishedModels published;

    @Autowired
    private NoticeTemplates templates;

    @Autowired
    private JdbcClient jdbc;

    private String deployment = "";

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void putTheTablesBack() {
        if (!deployment.isEmpty()) {
            repository.deleteDeployment(deployment, true);
        }
        jdbc.sql("delete from notice_template").update();
        scenario.end();
    }

    @Test
    void sendsAnInstrumentThatOnlyTablesAndWordsKnow() {
        deploy(Map.of(
                "instrument",
                row(
                        "instrument",
                        "Rule_instrument_04",
                        Map.of(
                                "Rule_instrument_04",
                                "Rule_instrument_06",
                                "Rule_04_",
                                "Rule_06_",
                                "<text>4</text>",
                                "<text>6</text>",
                                "\"DSA_NOTICE\"",
                                "\"HARBOUR_ORDER\"",
                                "\"Notice of illegal content\"",
                                "\"Harbour order\"",
                                "reasons = Art. 16(2)(a)",
                                "reasons = By-law 7(1); licenceNumber = By-law 7(2)")),
                "removal-deadline",
                row(
                        "removal-deadline",
                        "Rule_TcoOrder",
                        Map.of(
                                "TcoOrder",
                                "HarbourOrder",
                                "\"TCO_ORDER\"",
                                "\"HARBOUR_ORDER\"",
                                "\"RECEIVED\"",
                                "\"GIVEN\"",
                                "\"PT1H\"",
                                "\"PT6H\"")),
                "referral-route",
                routed("OTHER", "HARBOUR_ORDER", "API,MAIL,PORTAL")));
        Instrument harbour = Instrument.valueOf("HARBOUR_ORDER");
        String words = "Harbour order to {{recipient}}.\n\nContent :: {{contentUrl}}\nLicence :: {{licenceNumber}}\n\n"
                + "{{reasons}}\n{{compliance}}\n{{declaration}}\n{{authority}}, {{contact}}";
        assertThat(templates.save(harbour, words, 0, "manager1")).isInstanceOf(NoticeTemplates.Accepted.class);

        scenario.flagged(Category.OTHER)
                .verifiedAs(Verdict.UNLAWFUL)
                .approved(true)
                .isWaitingAt("Task_CompleteNotice");
        assertThatThrownBy(() -> scenario.completes("caseworker2", TakedownProcess.TASK_COMPLETE_NOTICE, Map.of()))
                .hasMessageContaining("Licence number (By-law 7(2))");
        scenario.completes("caseworker2", TakedownProcess.TASK_COMPLETE_NOTICE, Map.of("firstMissing", "L-4711"))
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");

        assertThat(scenario.recipient().instrument()).isEqualTo(harbour);
        assertThat(scenario.sent()).singleElement().satisfies(notice -> assertThat(notice.explanation())
                .contains("Harbour order to fake.", "Licence: L-4711", "Before the end of 6 hours", scenario.url()));
        assertThat(scenario.recipient().dueAt())
                .contains(scenario.recipient().givenAt().orElseThrow().plus(Duration.ofHours(6)));
        assertThat(jdbc.sql("select count(*) from notice_document where case_reference = ?")
                        .params(scenario.reference().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }

    @Test
    void asksAPersonForWhatARemovalOrderNeedsAndForTheReceiptThatStartsItsHour() {
        deploy(Map.of("referral-route", routed("TERRORISM", "TCO_ORDER", "PORTAL")));
        scenario.flagged(Category.TERRORISM)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "TA_2006_S1"))
                .approved(true)
                .isWaitingAt("Task_CompleteNotice");
        assertThat(scenario.candidateGroups("Task_CompleteNotice")).containsExactly("caseworkers");

        scenario.completes(
                        "caseworker1",
                        TakedownProcess.TASK_COMPLETE_NOTICE,
                        Map.of("firstMissing", "Incites the commission of terrorist offences"))
                .isWaitingAt("Task_CompleteNotice");
        scenario.completes(
                        "caseworker1",
                        TakedownProcess.TASK_COMPLETE_NOTICE,
                        Map.of("firstMissing", "tco@fake.example", "secondMissing", "Ireland"))
                .timePasses(Duration.ofHours(12))
                .isWaitingAt("Task_ReferByHand");

        assertThatThrownBy(() -> scenario.completes(
                        "caseworker1", TakedownProcess.TASK_REFER_BY_HAND, Map.of("referralOutcome", "SENT")))
                .hasMessageContaining("runs from receipt");
        Instant received = Instant.parse("2026-06-01T20:59:00Z");
        scenario.completes(
                        "caseworker1",
                        TakedownProcess.TASK_REFER_BY_HAND,
                        Map.of("referralOutcome", "SENT", "receivedAt", received.toString()))
                .isWaitingAt("Task_AwaitRemoval");
        assertThat(scenario.recipient().receivedAt()).contains(received);
        assertThat(scenario.recipient().dueAt()).contains(received.plus(Duration.ofHours(1)));
        assertThat(scenario.recipient().explanation())
                .contains("Incites the commission of terrorist offences", "tco@fake.example", "Ireland");
    }

    @Test
    void sendsAVoluntaryReferralInPlaceOfANoticeThatCannotBeCompleted() {
        // before the law of weapons notices is in force
        scenario.itIs(Instant.parse("2026-04-01T09:00:00Z"))
                .flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                .approved(true)
                .isWaitingAt("Task_CompleteNotice");
        assertThatThrownBy(() -> scenario.completes(
                        "caseworker1", TakedownProcess.TASK_COMPLETE_NOTICE, Map.of("firstMissing", "never mind")))
                .hasMessageContaining("WEAPONS_REMOVAL_NOTICE is not in force today");
        scenario.completes("caseworker1", TakedownProcess.TASK_COMPLETE_NOTICE, Map.of("voluntaryInstead", true))
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        assertThat(scenario.recipient().instrument()).isEqualTo(Instrument.VOLUNTARY_REFERRAL);
    }

    private void deploy(Map<String, String> tables) {
        DeploymentBuilder builder = repository.createDeployment().name("changed tables");
        // a case asks the tables of its own set, so the set is whole
        published
                .live()
                .files()
                .files()
                .values()
                .forEach(file -> builder.addString(
                        file.name(), tables.getOrDefault(file.name().replace(".dmn", ""), file.text())));
        deployment = builder.deploy().getId();
    }

    /** The table with a copy of one rule, in which some words are others. */
    private static String row(String table, String rule, Map<String, String> changes) {
        String xml = Tables.file(table);
        int start = xml.indexOf("<rule id=\"" + rule + "\">");
        String copy = xml.substring(start, xml.indexOf("</rule>", start) + "</rule>".length());
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(copy).contains(change.getKey());
            copy = copy.replace(change.getKey(), change.getValue());
        }
        return xml.replace("</decisionTable>", copy + "</decisionTable>");
    }

    /** The route table, in which unlawful content of one category takes another instrument. */
    private static String routed(String category, String instrument, String channels) {
        String rule = "<rule id=\"Rule_changed\"><description>a test</description>"
                + cell("input", "verdict", "\"UNLAWFUL\"")
                + cell("input", "category", "\"" + category + "\"")
                + cell("input", "platform", "-")
                + cell("output", "instrument", "\"" + instrument + "\"")
                + cell("output", "channels", "\"" + channels + "\"")
                + "</rule>";
        return Tables.file("referral-route")
                .replace("not(\"WEAPONS_SALE\")", "not(\"WEAPONS_SALE\",\"" + category + "\")")
                .replace("</decisionTable>", rule + "</decisionTable>");
    }

    private static String cell(String kind, String name, String text) {
        return "<" + kind + "Entry id=\"Changed_" + name + "\"><text>" + text + "</text></" + kind + "Entry>";
    }
}
