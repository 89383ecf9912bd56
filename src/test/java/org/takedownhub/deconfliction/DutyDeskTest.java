package org.takedownhub.deconfliction;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.Questions;
import org.takedownhub.process.TaskInHand;

/** Who decides when a life is in danger. */
class DutyDeskTest {

    private static final CaseReference REFERENCE = new CaseReference("TH-2026-000001");

    @Test
    void letsOnlyANamedSeniorDecideWhenALifeIsInDanger() {
        DutyDesk desk = desk(List.of("superintendent"));
        assertThatThrownBy(() -> desk.mustBeSenior(task("duty"), question(true)))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("superintendent");
        assertThatCode(() -> desk.mustBeSenior(task("superintendent"), question(true)))
                .doesNotThrowAnyException();
        assertThatCode(() -> desk.mustBeSenior(task("duty"), question(false))).doesNotThrowAnyException();
    }

    @Test
    void letsAnyDutyOfficerDecideWhereNobodyIsNamed() {
        assertThatCode(() -> desk(List.of()).mustBeSenior(task("duty"), question(true)))
                .doesNotThrowAnyException();
    }

    private static DutyDesk desk(List<String> seniors) {
        Duration day = Duration.ofDays(1);
        DeconflictionSettings settings =
                new DeconflictionSettings(false, "", false, day, day, day, day, day, day, day, seniors, "", "");
        return new DutyDesk(
                mock(Deconflictions.class), settings, mock(Questions.class), mock(Forces.class), mock(Cases.class));
    }

    private static TaskInHand task(String person) {
        return new TaskInHand(
                "1",
                "Task_OverrideHold",
                REFERENCE,
                OptionalInt.empty(),
                new Person(person, Set.of(Deconflictions.DUTY_OFFICERS)));
    }

    private static Question question(boolean threatToLife) {
        return new Question(
                1,
                REFERENCE,
                0,
                "north",
                Question.Ground.HIT,
                Optional.empty(),
                List.of(),
                threatToLife,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Question.Proof(Optional.empty(), Optional.empty(), false),
                false);
    }
}
