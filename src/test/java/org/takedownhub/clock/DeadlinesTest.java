package org.takedownhub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

class DeadlinesTest {

    private static final DeadlinePolicy HOURS_48 =
            policy(StartEvent.GIVEN, "PT48H", PeriodUnit.CLOCK_HOURS, PauseRule.NONE);
    private static final DeadlinePolicy HOUR_FROM_RECEIPT =
            policy(StartEvent.RECEIVED, "PT1H", PeriodUnit.CLOCK_HOURS, PauseRule.RESTART);
    private static final DeadlinePolicy WORKING_DAYS_2 =
            policy(StartEvent.DAY_AFTER_GIVEN, "P2D", PeriodUnit.WORKING_DAYS, PauseRule.NONE);
    private static final DeadlinePolicy NO_PERIOD = policy(StartEvent.GIVEN, "PT24H", PeriodUnit.NONE, PauseRule.NONE);

    private static final Instant NOON = Instant.parse("2026-11-18T12:00:00Z");

    @Nested
    class ClockHours {

        @ParameterizedTest
        @CsvSource({
            "an ordinary day,              2026-11-18T12:00:00Z, 2026-11-20T12:00:00Z",
            "Friday 17:00,                 2026-11-20T17:00:00Z, 2026-11-22T17:00:00Z",
            "over Christmas,               2026-12-24T17:00:00Z, 2026-12-26T17:00:00Z",
            "clocks go forward on 29 March, 2026-03-28T12:00:00Z, 2026-03-30T12:00:00Z",
            "clocks go back on 25 October, 2026-10-24T12:00:00Z, 2026-10-26T12:00:00Z",
        })
        void endFortyEightHoursLaterWhateverTheWallSays(String what, Instant given, Instant dueAt) {
            assertThat(given(HOURS_48, given).dueAt()).as(what).contains(dueAt);
        }

        @Test
        void startFromReceiptNotFromSendingWhereTheLawSaysSo() {
            NoticeInstants instants = new NoticeInstants(NOON, NOON.plusSeconds(60), NOON.plusSeconds(600), null);

            assertThat(deadlines(HOUR_FROM_RECEIPT)
                            .deadline(question(), instants)
                            .dueAt())
                    .contains(NOON.plusSeconds(600 + 3600));
        }

        @Test
        void startAfreshWhenThePauseEnds() {
            Instant clarified = NOON.plusSeconds(3000);

            assertThat(deadlines(HOUR_FROM_RECEIPT)
                            .restarted(HOUR_FROM_RECEIPT, clarified)
                            .dueAt())
                    .contains(clarified.plusSeconds(3600));
        }

        @Test
        void runOnWhereThePolicyKnowsNoPause() {
            assertThatThrownBy(() -> deadlines(HOURS_48).restarted(HOURS_48, NOON))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("runs on");
        }
    }

    @Nested
    class GivenMoreTime {

        private final DeadlinePolicy extensible =
                policy(StartEvent.GIVEN, "PT24H", PeriodUnit.CLOCK_HOURS, PauseRule.ISSUER_MAY_EXTEND);

        @Test
        void endWhenTheIssuerSaysAndRemindAfterTheShareOfWhatIsLeft() {
            Instant until = NOON.plus(Duration.ofHours(8));

            Deadline deadline = deadlines(extensible).extended(extensible, NOON, until);

            assertThat(deadline.dueAt()).contains(until);
            assertThat(deadline.remindAt()).contains(NOON.plus(Duration.ofHours(6)));
            assertThat(deadline.startedAt()).isEqualTo(NOON);
        }

        @Test
        void stayATargetWhereNoLawSetsAPeriod() {
            DeadlinePolicy target = policy(StartEvent.GIVEN, "PT24H", PeriodUnit.NONE, PauseRule.ISSUER_MAY_EXTEND);

            Deadline deadline = deadlines(target).extended(target, NOON, NOON.plusSeconds(60));

            assertThat(deadline.dueAt()).isEmpty();
            assertThat(deadline.reviewAt()).contains(NOON.plusSeconds(60));
        }

        @Test
        void neverEndBeforeNowNorWhereNobodyMayExtend() {
            assertThatThrownBy(() -> deadlines(extensible).extended(extensible, NOON, NOON))
                    .hasMessageContaining("later than now");
            assertThatThrownBy(() -> deadlines(HOURS_48).extended(HOURS_48, NOON, NOON.plusSeconds(60)))
                    .hasMessageContaining("lets nobody extend");
        }
    }

    @Nested
    class CountedInWorkingDays {

        @ParameterizedTest
        @CsvSource({
            "Wednesday,                      2026-11-18T12:00:00Z, 2026-11-21T00:00:00Z",
            "Friday 17:00,                   2026-11-20T17:00:00Z, 2026-11-25T00:00:00Z",
            "Saturday,                       2026-11-21T09:00:00Z, 2026-11-25T00:00:00Z",
            "St Andrew's Day in Scotland,    2026-11-27T17:00:00Z, 2026-12-03T00:00:00Z",
            "Maundy Thursday,                2026-04-02T09:00:00Z, 2026-04-08T23:00:00Z",
            "Christmas on a Saturday,        2021-12-24T09:00:00Z, 2021-12-31T00:00:00Z",
            "the day the clocks go forward,  2026-03-27T12:00:00Z, 2026-03-31T23:00:00Z",
            "the day the clocks go back,     2026-10-22T12:00:00Z, 2026-10-27T00:00:00Z",
            "late on a summer evening in UTC is the next day here, 2026-06-30T23:30:00Z, 2026-07-03T23:00:00Z",
        })
        void becomesOverdueWhenTheDayAfterTheSecondOneStarts(String what, Instant given, Instant dueAt) {
            assertThat(given(WORKING_DAYS_2, given).dueAt()).as(what).contains(dueAt);
        }

        @Test
        void doesNotDependOnTheTimeOfDay() {
            assertThat(given(WORKING_DAYS_2, Instant.parse("2026-11-18T00:00:00Z"))
                            .dueAt())
                    .isEqualTo(given(WORKING_DAYS_2, Instant.parse("2026-11-18T23:59:59.999Z"))
                            .dueAt());
        }
    }

    @Nested
    class WithoutAPeriod {

        @Test
        void nothingIsDueButTheHubLooksAgain() {
            Deadline deadline = given(NO_PERIOD, NOON);

            assertThat(deadline.dueAt()).isEmpty();
            assertThat(deadline.reviewAt()).contains(NOON.plus(Duration.ofHours(24)));
            assertThat(deadline.alarmAt()).contains(NOON.plus(Duration.ofHours(24)));
        }

        @Test
        void nothingHappensWhereThereIsNoTargetEither() {
            Deadline deadline = given(policy(StartEvent.GIVEN, "PT0S", PeriodUnit.NONE, PauseRule.NONE), NOON);

            assertThat(deadline.alarmAt()).isEmpty();
            assertThat(deadline.remindAt()).isEmpty();
        }
    }

    @Nested
    class AtTrainingSpeed {

        private final ClockSpeed training = new ClockSpeed(720);

        @Test
        void aDayPassesInTwoMinutes() {
            Deadlines fast = new Deadlines((any, version) -> HOURS_48, workingDays(), training);

            assertThat(fast.deadline(question(), at(NOON)).dueAt()).contains(NOON.plusSeconds(240));
        }

        @Test
        void theDistanceToTheLastWorkingDayShrinksToo() {
            Deadlines fast = new Deadlines((any, version) -> WORKING_DAYS_2, workingDays(), training);

            assertThat(fast.deadline(question(), at(NOON)).dueAt())
                    .contains(NOON.plusSeconds(Duration.ofHours(60).toSeconds() / 720));
        }

        @Test
        void theOfficerIsToldTheRealDateAllTheSame() {
            Deadlines fast = new Deadlines((any, version) -> HOURS_48, workingDays(), training);

            assertThat(fast.inRealTime(question(), at(NOON)).dueAt()).contains(NOON.plus(Duration.ofHours(48)));
        }
    }

    @Test
    void remindsAfterTheShareOfTheTimeThatThePolicyNames() {
        assertThat(given(HOURS_48, NOON).remindAt()).contains(NOON.plus(Duration.ofHours(36)));
    }

    @Test
    void carriesThePolicyItWasComputedUnder() {
        Deadline deadline = given(HOURS_48, NOON);

        assertThat(deadline.policyVersion()).isEqualTo(7);
        assertThat(deadline.startEvent()).isEqualTo(StartEvent.GIVEN);
        assertThat(deadline.legalReference()).isEqualTo("Some Act s.1");
    }

    @ParameterizedTest
    @CsvSource({
        "ISSUED, issuedAt",
        "GIVEN, givenAt",
        "RECEIVED, receivedAt",
        "ACKNOWLEDGED, acknowledgedAt",
    })
    void namesTheInstantThatIsMissing(StartEvent start, String field) {
        DeadlinePolicy policy = policy(start, "PT1H", PeriodUnit.CLOCK_HOURS, PauseRule.NONE);

        assertThatThrownBy(() -> deadlines(policy).deadline(question(), new NoticeInstants(null, null, null, null)))
                .isInstanceOfSatisfying(MissingStartInstant.class, missing -> assertThat(missing.field())
                        .isEqualTo(field))
                .hasMessageContaining(field);
    }

    private static Deadline given(DeadlinePolicy policy, Instant given) {
        return deadlines(policy).deadline(question(), at(given));
    }

    private static NoticeInstants at(Instant given) {
        return new NoticeInstants(null, given, null, null);
    }

    private static Deadlines deadlines(DeadlinePolicy policy) {
        return new Deadlines((any, version) -> policy, workingDays(), ClockSpeed.REAL);
    }

    private static WorkingDays workingDays() {
        return new WorkingDays(new BankHolidays(List.of()));
    }

    private static DeadlineQuestion question() {
        return new DeadlineQuestion(Instrument.VOLUNTARY_REFERRAL, Category.OTHER, false);
    }

    private static DeadlinePolicy policy(StartEvent start, String period, PeriodUnit unit, PauseRule pause) {
        return new DeadlinePolicy(
                "some-policy",
                Instrument.VOLUNTARY_REFERRAL,
                start,
                Duration.parse(period),
                unit,
                pause,
                0.75,
                "Some Act s.1",
                "",
                7);
    }
}
