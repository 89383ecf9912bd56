package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/** The table on the page: one line for each rule, to be read beside the law. */
class RemovalDeadlineDecisionTest {

    private static final String FILE = "/bpmn/removal-deadline.dmn";
    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private static DmnDecision decision;
    private static DmnModelInstance model;

    @BeforeAll
    static void readTheTable() throws IOException {
        try (InputStream file = RemovalDeadlineDecisionTest.class.getResourceAsStream(FILE)) {
            decision = ENGINE.parseDecision("removal-deadline", file);
        }
        try (InputStream file = RemovalDeadlineDecisionTest.class.getResourceAsStream(FILE)) {
            model = Dmn.readModelFromStream(file);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // instrument,          category,      threat, policy,                    starts,          period, unit,
        // pause,   reminder
        "VOLUNTARY_REFERRAL,     WEAPONS_SALE,  true,  voluntary-threat-to-life,  GIVEN,           PT1H,   CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.5",
        "VOLUNTARY_REFERRAL,     OTHER,         true,  voluntary-threat-to-life,  GIVEN,           PT1H,   CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.5",
        "VOLUNTARY_REFERRAL,     WEAPONS_SALE,  false, voluntary-weapons-sale,    GIVEN,           PT48H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     THREAT,        false, voluntary-urgent,          GIVEN,           PT24H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     INCITEMENT,    false, voluntary-urgent,          GIVEN,           PT24H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     GANG_PROMOTION, false, voluntary-urgent,         GIVEN,           PT24H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     INTIMIDATION,  false, voluntary-urgent,          GIVEN,           PT24H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     RECRUITMENT,   false, voluntary-urgent,          GIVEN,           PT24H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     WEAPONS_GLORIFICATION, false, voluntary-other,   GIVEN,           PT72H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     GRAPHIC_VIOLENCE, false, voluntary-other,        GIVEN,           PT72H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     TERRORISM,     false, voluntary-other,           GIVEN,           PT72H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "VOLUNTARY_REFERRAL,     OTHER,         false, voluntary-other,           GIVEN,           PT72H,  CLOCK_HOURS, ISSUER_MAY_EXTEND, 0.75",
        "WEAPONS_REMOVAL_NOTICE, WEAPONS_SALE,  false, weapons-removal-notice,    GIVEN,           PT48H,  CLOCK_HOURS,  NONE,    0.75",
        "WEAPONS_REMOVAL_NOTICE, WEAPONS_SALE,  true,  weapons-removal-notice,    GIVEN,           PT48H,  CLOCK_HOURS,  NONE,    0.75",
        "TERRORISM_NOTICE,       TERRORISM,     false, terrorism-notice,          DAY_AFTER_GIVEN, P2D,    WORKING_DAYS, NONE,    0.75",
        "DSA_NOTICE,             THREAT,        true,  dsa-notice-threat-to-life, GIVEN,           PT1H,   NONE,        ISSUER_MAY_EXTEND, 0",
        "DSA_NOTICE,             THREAT,        false, dsa-notice,                GIVEN,           PT24H,  NONE,        ISSUER_MAY_EXTEND, 0",
        "TCO_ORDER,              TERRORISM,     true,  tco-order,                 RECEIVED,        PT1H,   CLOCK_HOURS,  RESTART, 0.5",
    })
    void givesThePeriodOfTheLaw(
            Instrument instrument,
            Category category,
            boolean threatToLife,
            String code,
            StartEvent start,
            Duration period,
            PeriodUnit unit,
            PauseRule pause,
            double reminder) {
        DeadlinePolicy policy = policy(new DeadlineQuestion(instrument, category, threatToLife));

        assertThat(policy)
                .isEqualTo(new DeadlinePolicy(
                        code,
                        instrument,
                        start,
                        period,
                        unit,
                        pause,
                        reminder,
                        policy.legalReference(),
                        policy.unverified(),
                        1));
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUNTARY_REFERRAL,     WEAPONS_SALE,     false, voluntary-weapons-sale-returned, PT24H",
        "VOLUNTARY_REFERRAL,     THREAT,           false, voluntary-urgent-returned,       PT12H",
        "VOLUNTARY_REFERRAL,     GRAPHIC_VIOLENCE, false, voluntary-other-returned,        PT24H",
        "VOLUNTARY_REFERRAL,     THREAT,           true,  voluntary-threat-to-life,        PT1H",
        "WEAPONS_REMOVAL_NOTICE, WEAPONS_SALE,     false, weapons-removal-notice,          PT48H",
        "TERRORISM_NOTICE,       TERRORISM,        false, terrorism-notice,                P2D",
        "TCO_ORDER,              TERRORISM,        false, tco-order,                       PT1H",
    })
    void givesContentThatCameBackLessTimeWhereNoLawSetsIt(
            Instrument instrument, Category category, boolean threatToLife, String code, Duration period) {
        DeadlinePolicy policy = policy(new DeadlineQuestion(instrument, category, threatToLife, true));

        assertThat(policy.code()).isEqualTo(code);
        assertThat(policy.period()).isEqualTo(period);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VOLUNTARY_REFERRAL     | No law",
                "WEAPONS_REMOVAL_NOTICE | Crime and Policing Act 2026 s.21",
                "TERRORISM_NOTICE       | Terrorism Act 2006 s.3",
                "DSA_NOTICE             | no period in law",
                "TCO_ORDER              | Regulation (EU) 2021/784 Art. 3",
            })
    void citesTheLawOrSaysThatThereIsNone(Instrument instrument, String reference) {
        assertThat(policy(new DeadlineQuestion(instrument, Category.OTHER, false))
                        .legalReference())
                .contains(reference);
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUNTARY_REFERRAL, ''",
        "WEAPONS_REMOVAL_NOTICE, in force",
        "TERRORISM_NOTICE, ''",
        "DSA_NOTICE, quotation",
        "TCO_ORDER, outline",
    })
    void saysWhatNobodyCheckedAgainstTheLawsText(Instrument instrument, String mark) {
        String unverified =
                policy(new DeadlineQuestion(instrument, Category.OTHER, false)).unverified();

        assertThat(unverified).contains(mark);
        assertThat(unverified.isEmpty()).isEqualTo(mark.isEmpty());
    }

    @Test
    void hasExactlyOneAnswerToEveryQuestionAndUsesEveryRule() {
        TreeSet<String> codes = new TreeSet<>();
        for (Instrument instrument : Instrument.SHIPPED) {
            for (Category category : Category.values()) {
                for (boolean threat : new boolean[] {true, false}) {
                    codes.add(policy(new DeadlineQuestion(instrument, category, threat))
                            .code());
                    codes.add(policy(new DeadlineQuestion(instrument, category, threat, true))
                            .code());
                }
            }
        }

        assertThat(codes).hasSameSizeAs(rules());
    }

    @Test
    void namesTheSourceOfEveryRule() {
        assertThat(rules()).allSatisfy(rule -> assertThat(rule.getDescription().getTextContent())
                .as(rule.getId())
                .startsWith("Source: "));
    }

    @Test
    void isUniqueKeepsItsHistoryTenYearsAndIsDrawn() {
        assertThat(model.getModelElementsByType(DecisionTable.class))
                .extracting(DecisionTable::getHitPolicy)
                .containsOnly(HitPolicy.UNIQUE);
        assertThat(model.getModelElementsByType(Decision.class))
                .extracting(Decision::getCamundaHistoryTimeToLiveString)
                .containsOnly("P3650D");
        assertThat(Dmn.convertToString(model)).contains("dmnElementRef=\"removal-deadline\"");
    }

    private static List<Rule> rules() {
        return List.copyOf(model.getModelElementsByType(Rule.class));
    }

    private static DeadlinePolicy policy(DeadlineQuestion question) {
        DmnDecisionTableResult result = ENGINE.evaluateDecisionTable(decision, question.inputs());
        assertThat(result).as(question.toString()).hasSize(1);
        Map<String, Object> outputs = result.getSingleResult().getEntryMap();
        return DeadlinePolicy.fromDecision(question, outputs, 1);
    }
}
