package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.ground.Ground;
import org.takedownhub.ground.Grounds;
import org.takedownhub.notice.Letters;

/** What verification leaves behind: the ground register, and the referral of those at risk. */
abstract class SafeguardingPaths {

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private Grounds grounds;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Letters letters;

    private Ground ground() {
        return grounds.of(scenario.reference()).orElseThrow();
    }

    @Test
    void opensASafeguardingReferralForAChildEvenInLawfulContent() {
        scenario.flagged(Category.OTHER).verifiedAs(Verdict.LAWFUL, Map.of("childVisible", true));

        scenario.isWaitingAt("Task_ReferSafeguarding");
        assertThat(scenario.file().outcome()).contains(Outcome.NOT_REFERRED);
        assertThat(letters("SAFEGUARDING")).isEqualTo(1);

        scenario.completes(
                "caseworker2",
                "Task_ReferSafeguarding",
                Map.of(
                        "safeguardingDecision",
                        "REFERRED",
                        "safeguardingReferredTo",
                        "Safeguarding hub of the borough",
                        "safeguardingReasons",
                        "A child of about ten in the picture."));
        assertThat(decision()).containsExactly("REFERRED");
    }

    @Test
    void tellsTheDutyOfficerOfAnOverdueReferralWhileTheTaskStaysOpen() {
        scenario.flagged(Category.THREAT, true)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("personAtRisk", true, "threatToLife", true));
        scenario.timePasses(Duration.ofMinutes(61));

        assertThat(letters("SAFEGUARDING_OVERDUE")).isEqualTo(1);
        scenario.isWaitingAt("Task_ReferSafeguarding");
    }

    @Test
    void opensNoneWhereNobodyIsAtRisk() {
        scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);

        assertThat(decision()).isEmpty();
    }

    @Test
    void entersTheGroundWithStandardStatementsMarkedAsSuch() {
        scenario.flagged(Category.THREAT).verifiedAs(Verdict.UNLAWFUL);

        assertThat(ground().offence().orElseThrow().elements()).hasSizeGreaterThan(2);
        assertThat(ground().ownWords()).isEmpty();
        assertThat(ground().necessity()).isNotBlank();
        assertThat(grounds.gaps(scenario.reference())).isEmpty();
        String noticeId = jdbc.sql("select notice_id from notice where case_reference = ?")
                .params(scenario.reference().value())
                .query(String.class)
                .single();
        assertThat(grounds.cited(noticeId))
                .hasValueSatisfying(cited -> assertThat(cited.id()).isEqualTo(ground().id()));
    }

    @Test
    void keepsTheCaseworkersOwnStatements() {
        scenario.flagged(Category.GANG_PROMOTION)
                .verifiedAs(
                        Verdict.BREACHES_TERMS,
                        Map.of("platformRule", "Community rule 4", "necessity", "It names a school."));

        assertThat(ground().platformRule()).contains("Community rule 4");
        assertThat(ground().ownWords()).containsExactlyInAnyOrder("platformRule", "necessity");
    }

    private long letters(String purpose) {
        return letters.of(scenario.reference()).stream()
                .filter(letter -> letter.purpose().equals(purpose))
                .count();
    }

    private List<String> decision() {
        return jdbc.sql("select decision from safeguarding where case_reference = ?")
                .params(scenario.reference().value())
                .query(String.class)
                .list();
    }
}
