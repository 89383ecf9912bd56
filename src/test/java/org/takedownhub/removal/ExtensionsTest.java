package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockInterval;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.process.TakedownScenario;

@HubTest
class ExtensionsTest {

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Extensions extensions;

    @Autowired
    ClockLedger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Audit audit;

    @Autowired
    Clock clock;

    @BeforeEach
    void begin() {
        scenario.begin();
    }

    @AfterEach
    void end() {
        scenario.end();
    }

    @Test
    void movesTheEndTheTimersAndWhatTheCaseShows() {
        scenario.referred(Category.THREAT);
        Instant due = scenario.recipient().dueAt().orElseThrow();
        Instant until = due.plus(Duration.ofHours(24));

        scenario.timePasses(Duration.ofHours(1));
        extend(until);

        assertThat(scenario.recipient().dueAt()).contains(until);
        assertThat(scenario.file().removalDueAt()).contains(until);
        scenario.itIs(due).isWaitingAt("Task_AwaitRemoval");
        scenario.itIs(until.minusMillis(1)).isWaitingAt("Task_AwaitRemoval");
        scenario.itIs(until).isWaitingAt("Process_Escalation");
    }

    @Test
    void keepsEveryIntervalAndTheReasonAndRemindsInTheLongerPeriod() {
        scenario.referred(Category.THREAT);
        Instant given = scenario.recipient().givenAt().orElseThrow();
        Instant due = scenario.recipient().dueAt().orElseThrow();

        scenario.timePasses(Duration.ofHours(4));
        Instant extendedAt = clock.instant();
        extend(due.plus(Duration.ofHours(20)));

        assertThat(ledger.intervals(scenario.reference(), 0))
                .extracting(ClockInterval::from, ClockInterval::to, ClockInterval::dueAt)
                .containsExactly(
                        tuple(given, Optional.of(extendedAt), Optional.of(due)),
                        tuple(extendedAt, Optional.empty(), Optional.of(due.plus(Duration.ofHours(20)))));
        ClockEntry last = ledger.last(scenario.reference(), 0).orElseThrow();
        assertThat(last.event()).isEqualTo(ClockEntry.Event.EXTENDED);
        assertThat(last.detail()).isEqualTo("They asked for an engineer");
        // 40 hours are left, the reminder comes after three quarters of them
        assertThat(last.remindAt()).contains(extendedAt.plus(Duration.ofHours(30)));
        scenario.itIs(extendedAt.plus(Duration.ofHours(29)));
        assertThat(reminders()).isZero();
        scenario.itIs(extendedAt.plus(Duration.ofHours(30)));
        assertThat(reminders()).isOne();
        assertThat(audit.entries(scenario.reference().value(), 0, 1000))
                .filteredOn(entry -> entry.action().equals("clock.extension-granted"))
                .extracting(AuditEntry::detail)
                .singleElement()
                .asString()
                .contains("They asked for an engineer", due.toString());
    }

    @Test
    void leadsAnEscalatedRecipientBackToTheWait() {
        scenario.referred(Category.THREAT).removalDeadlinePasses().isWaitingAt("Process_Escalation");

        extend(clock.instant().plus(Duration.ofHours(2)));
        scenario.runJobs();

        scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Process_Escalation");
        assertThat(ledger.of(scenario.reference(), 0))
                .extracting(ClockEntry::event)
                .containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED, ClockEntry.Event.EXTENDED);
        scenario.timePasses(Duration.ofHours(2)).isWaitingAt("Process_Escalation");
        assertThat(ledger.last(scenario.reference(), 0).orElseThrow().event()).isEqualTo(ClockEntry.Event.MISSED);
    }

    @Test
    void isOnlyEverLater() {
        scenario.referred(Category.THREAT);
        Instant due = scenario.recipient().dueAt().orElseThrow();

        for (Instant until : List.of(due, due.minusSeconds(1), clock.instant())) {
            assertThatThrownBy(() -> extend(until)).isInstanceOf(ExtensionTooEarly.class);
        }
        scenario.itIs(due.plusSeconds(3600));
        assertThatThrownBy(() -> extend(due.plusSeconds(60)))
                .isInstanceOf(ExtensionTooEarly.class)
                .hasMessageContaining("later than now");
        assertThat(ledger.of(scenario.reference(), 0))
                .extracting(ClockEntry::event)
                .containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED);
    }

    @Test
    void isRefusedWhereTheLawSetsThePeriod() {
        scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL)
                .approved(true)
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        Instant due = scenario.recipient().dueAt().orElseThrow();

        assertThatThrownBy(() -> extend(due.plusSeconds(3600)))
                .isInstanceOf(ExtensionRefused.class)
                .hasMessageContaining("Crime and Policing Act 2026 s.21");
        assertThat(scenario.recipient().dueAt()).contains(due);
    }

    @Test
    void needsARecipientThatIsStillAsked() {
        scenario.referred(Category.THREAT).withdrawn();

        assertThatThrownBy(() -> extend(clock.instant().plusSeconds(86_400))).isInstanceOf(NothingToSettle.class);
        scenario.begin().referred(Category.THREAT);
        assertThatThrownBy(() -> extensions.extend(
                        scenario.reference(),
                        Optional.of("nobody"),
                        clock.instant().plusSeconds(200_000),
                        "why"))
                .isInstanceOf(UnknownRecipient.class);
    }

    private void extend(Instant until) {
        extensions.extend(scenario.reference(), Optional.empty(), until, "They asked for an engineer");
    }

    private int reminders() {
        return jdbc.sql("select count(*) from letter where case_reference = ? and purpose = 'REMINDER'")
                .params(scenario.reference().value())
                .query(Integer.class)
                .single();
    }
}
