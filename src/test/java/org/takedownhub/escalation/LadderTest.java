package org.takedownhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.process.TakedownScenario;

/** A rung really sends or files something, also when the platform's API does not take it. */
@HubTest
class LadderTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    @Test
    void needsNoLetterWhenThePlatformTakesTheRung() {
        scenario.referred(Category.THREAT).removalDeadlinePasses().dispatched();
        assertThat(scenario.sent()).hasSize(2);
        assertThat(letters()).isEmpty();
    }

    @Test
    void filesALetterWhenThePlatformDoesNotTakeTheRung() {
        climbWhile(new NeedsPerson("Our account is locked"));
        assertThat(letters()).containsExactly("FILED");
    }

    @Test
    void filesALetterForAPersonWhenNobodyKnowsWhetherTheRungArrived() {
        climbWhile(new Uncertain("It broke off"));
        assertThat(letters()).containsExactly("FILED");
        scenario.dispatched();
        assertThat(scenario.sent()).hasSize(2);
    }

    private void climbWhile(ReferralAnswer answer) {
        scenario.referred(Category.THREAT);
        scenario.platform().answers(answer);
        scenario.removalDeadlinePasses().dispatched();
    }

    private List<String> letters() {
        return jdbc.sql("select state from letter where case_reference = ? and purpose = 'PLATFORM_CONTACT'")
                .params(scenario.reference().value())
                .query(String.class)
                .list();
    }
}
