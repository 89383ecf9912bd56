package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/** Each table, one line per rule, as its reader would check it. The removal deadlines have a test of their own. */
class DecisionTablesTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    @ParameterizedTest
    @CsvSource({
        "true,  OTHER,                 90, PT15M",
        "true,  TERRORISM,             90, PT15M",
        "false, TERRORISM,             80, PT1H",
        "false, THREAT,                70, PT2H",
        "false, INCITEMENT,            70, PT2H",
        "false, INTIMIDATION,          70, PT2H",
        "false, WEAPONS_SALE,          60, PT4H",
        "false, RECRUITMENT,           60, PT4H",
        "false, GANG_PROMOTION,        50, PT8H",
        "false, WEAPONS_GLORIFICATION, 50, PT8H",
        "false, GRAPHIC_VIOLENCE,      50, PT8H",
        "false, OTHER,                 40, PT24H"
    })
    void putsTheMostUrgentFirst(boolean threat, String category, int priority, String within) {
        assertThat(decide("case-priority", Map.of("threatToLife", threat, "category", category)))
                .containsEntry("casePriority", priority)
                .containsEntry("verifyWithin", within);
    }

    @ParameterizedTest
    @CsvSource({
        "THREAT,                UNLAWFUL,       OAPA_1861_S16",
        "INCITEMENT,            UNLAWFUL,       SCA_2007_S44",
        "GANG_PROMOTION,        BREACHES_TERMS, ''",
        "WEAPONS_SALE,          UNLAWFUL,       CJA_1988_S141",
        "WEAPONS_GLORIFICATION, BREACHES_TERMS, ''",
        "GRAPHIC_VIOLENCE,      BREACHES_TERMS, ''",
        "RECRUITMENT,           UNLAWFUL,       SCA_2007_S44",
        "INTIMIDATION,          UNLAWFUL,       POA_1986_S4",
        "TERRORISM,             UNLAWFUL,       TA_2006_S1",
        "OTHER,                 CANNOT_TELL,    ''"
    })
    void suggestsAVerdictWithItsSource(String category, String verdict, String offence) {
        Map<String, Object> suggestion = decide("content-guide", Map.of("category", category));
        assertThat(suggestion).containsEntry("suggestedVerdict", verdict).containsEntry("suggestedOffence", offence);
        assertThat((String) suggestion.get("legalReference")).isNotBlank();
        assertThat((String) suggestion.get("question")).endsWith(verdict.equals("BREACHES_TERMS") ? "" : "?");
    }

    @ParameterizedTest
    @CsvSource({"mastodon.example, 'API,MAIL,PORTAL'", "tiktok, 'PORTAL,MAIL'"})
    void makesAStatutoryNoticeOfUnlawfulWeaponsSalesOnlyAndKnowsTheWaysThere(String platform, String channels) {
        for (Category category : Category.values()) {
            assertThat(route(Verdict.UNLAWFUL, category, platform))
                    .containsEntry(
                            "instrument",
                            category == Category.WEAPONS_SALE
                                    ? Instrument.WEAPONS_REMOVAL_NOTICE.name()
                                    : Instrument.VOLUNTARY_REFERRAL.name())
                    .containsEntry("channels", channels);
            assertThat(route(Verdict.BREACHES_TERMS, category, platform))
                    .containsEntry("instrument", Instrument.VOLUNTARY_REFERRAL.name());
        }
    }

    @Test
    void routesNothingThatIsNeitherUnlawfulNorAgainstTheTerms() {
        assertThat(evaluate(
                        "referral-route",
                        Map.of("verdict", "LAWFUL", "category", "THREAT", "platform", "mastodon.example")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WEAPONS_REMOVAL_NOTICE, NONE,   false, FORCE,  true,  true",
        "TERRORISM_NOTICE,       NONE,   false, FORCE,  true,  true",
        "DSA_NOTICE,             NONE,   false, FORCE,  true,  true",
        "TCO_ORDER,              MUSIC,  true,  COVERT, false, true",
        "SOME_FUTURE_ORDER,      NONE,   false, FORCE,  true,  true",
        "VOLUNTARY_REFERRAL,     MUSIC,  false, FORCE,  true,  true",
        "VOLUNTARY_REFERRAL,     ART,    false, FORCE,  true,  true",
        "VOLUNTARY_REFERRAL,     NEWS,   false, FORCE,  false, true",
        "VOLUNTARY_REFERRAL,     SATIRE, true,  PUBLIC, true,  true",
        "VOLUNTARY_REFERRAL,     NONE,   true,  FORCE,  true,  true",
        "VOLUNTARY_REFERRAL,     NONE,   true,  COVERT, false, true",
        "VOLUNTARY_REFERRAL,     NONE,   false, COVERT, true,  true",
        "VOLUNTARY_REFERRAL,     NONE,   false, FORCE,  false, true",
        "VOLUNTARY_REFERRAL,     NONE,   false, FORCE,  true,  false",
        "VOLUNTARY_REFERRAL,     NONE,   false, PUBLIC, true,  false"
    })
    void asksASecondPerson(
            String instrument, String artistic, boolean child, String source, boolean known, boolean required) {
        assertThat(decide(
                        "approval-rule",
                        Map.of(
                                "instrument", instrument,
                                "artisticContext", artistic,
                                "childVisible", child,
                                "source", source,
                                "recipientKnown", known)))
                .containsEntry("approvalRequired", required);
    }

    @Test
    void asksASecondPersonOrNotForEverySource() {
        for (Source source : Source.values()) {
            assertThat(decide(
                            "approval-rule",
                            Map.of(
                                    "instrument",
                                    "VOLUNTARY_REFERRAL",
                                    "artisticContext",
                                    "NONE",
                                    "childVisible",
                                    false,
                                    "source",
                                    source.name(),
                                    "recipientKnown",
                                    true)))
                    .containsEntry("approvalRequired", source == Source.COVERT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REVIEW,    WEAPONS_REMOVAL_NOTICE, PT48H, GIVEN,    PT24H, PT24H, false",
        "REVIEW,    TCO_ORDER,              PT48H, RECEIVED, PT72H, NONE,  false",
        "REVIEW,    TERRORISM_NOTICE,       NONE,  GIVEN,    PT24H, NONE,  true",
        "REVIEW,    VOLUNTARY_REFERRAL,     P30D,  GIVEN,    PT24H, PT24H, true",
        "REVIEW,    DSA_NOTICE,             P30D,  GIVEN,    PT24H, PT24H, true",
        "REVIEW,    SOME_FUTURE_ORDER,      P30D,  GIVEN,    PT24H, PT24H, true",
        "COMPLAINT, WEAPONS_REMOVAL_NOTICE, NONE,  GIVEN,    P14D,  NONE,  true",
        "COMPLAINT, SOME_FUTURE_ORDER,      NONE,  GIVEN,    P14D,  NONE,  true"
    })
    void saysHowLongAReviewCanBeAskedForAndWhatItGives(
            String kind,
            String instrument,
            String window,
            String from,
            String decision,
            String after,
            boolean checked) {
        Map<String, Object> rule = decide("review-deadline", Map.of("reviewKind", kind, "instrument", instrument));
        assertThat(rule)
                .containsEntry("requestWindow", window)
                .containsEntry("windowFrom", from)
                .containsEntry("decisionPeriod", decision)
                .containsEntry("afterReviewPeriod", after)
                .containsEntry("legalVerified", checked);
        assertThat(rule.get("legalReference").toString().contains("[BG"))
                .as("what nobody has checked says so")
                .isEqualTo(!checked);
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUNTARY_REFERRAL,     false, PLATFORM_CONTACT PT4H > PLATFORM_LEAD PT8H > FORMAL_INSTRUMENT PT12H > REGULATOR PT24H > MEETING_AGENDA PT24H",
        "VOLUNTARY_REFERRAL,     true,  PLATFORM_CONTACT PT15M > PLATFORM_LEAD PT30M > FORMAL_INSTRUMENT PT1H > REGULATOR PT4H > MEETING_AGENDA PT24H",
        "WEAPONS_REMOVAL_NOTICE, false, PLATFORM_CONTACT PT4H > CONTENT_MANAGER PT8H > PENALTY_FILE PT24H > REGULATOR PT24H > MEETING_AGENDA PT24H",
        "WEAPONS_REMOVAL_NOTICE, true,  PLATFORM_CONTACT PT15M > CONTENT_MANAGER PT30M > PENALTY_FILE PT4H > REGULATOR PT4H > MEETING_AGENDA PT24H",
        "TERRORISM_NOTICE,       false, PLATFORM_CONTACT PT4H > PLATFORM_LEAD PT8H > PENALTY_FILE PT24H > REGULATOR PT24H > MEETING_AGENDA PT24H",
        "DSA_NOTICE,             true,  PLATFORM_CONTACT PT15M > PLATFORM_LEAD PT30M > PENALTY_FILE PT4H > REGULATOR PT4H > MEETING_AGENDA PT24H",
        "TCO_ORDER,              false, PLATFORM_CONTACT PT4H > PLATFORM_LEAD PT8H > PENALTY_FILE PT24H > REGULATOR PT24H > MEETING_AGENDA PT24H"
    })
    void climbsRungByRungAndEnds(String instrument, boolean threat, String expected) {
        List<String> rungs = new ArrayList<>();
        for (int rung = 1; ; rung++) {
            DmnDecisionTableResult result = evaluate(
                    "escalation-ladder", Map.of("instrument", instrument, "rung", rung, "threatToLife", threat));
            if (result.isEmpty()) {
                break;
            }
            Map<String, Object> outputs = result.getSingleResult().getEntryMap();
            assertThat((String) outputs.get("addressee")).isNotBlank();
            rungs.add(outputs.get("action") + " " + outputs.get("waitFor"));
        }
        assertThat(String.join(" > ", rungs)).isEqualTo(expected);
    }

    private static Map<String, Object> route(Verdict verdict, Category category, String platform) {
        return decide(
                "referral-route",
                Map.of(
                        "verdict", verdict.name(),
                        "category", category.name(),
                        "platform", platform));
    }

    private static Map<String, Object> decide(String table, Map<String, Object> inputs) {
        return evaluate(table, inputs).getSingleResult().getEntryMap();
    }

    private static DmnDecisionTableResult evaluate(String table, Map<String, Object> inputs) {
        return ENGINE.evaluateDecisionTable(tables().get(table), inputs);
    }

    private static Map<String, DmnDecision> tables() {
        return Models.files(".dmn")
                .collect(Collectors.toMap(Models::name, DecisionTablesTest::parse, (a, b) -> a, LinkedHashMap::new));
    }

    private static DmnDecision parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ENGINE.parseDecisions(in).get(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void leavesNoCategoryWithoutARule() {
        assertThat(Stream.of(Category.values()).map(Category::name)).allSatisfy(category -> {
            assertThat(evaluate("content-guide", Map.of("category", category))).hasSize(1);
            assertThat(evaluate("case-priority", Map.of("category", category, "threatToLife", false)))
                    .hasSize(1);
        });
    }
}
