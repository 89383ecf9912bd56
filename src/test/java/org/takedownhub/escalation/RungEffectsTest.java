package org.takedownhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.Submissions;
import org.takedownhub.process.DecisionTables;

/** What single rungs do, and what happens to one that nothing implements. */
class RungEffectsTest {

    private final MutableClock clock = MutableClock.at("2026-06-01T09:00:00Z");

    private StoreContext hub;

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void filesALetterAndTellsTheManagersWhenNothingImplementsTheAction() {
        hub = hub("SING_A_SONG");
        CaseReference reference = overdue();
        Ladder.Climbed climbed = climb(reference);
        assertThat(climbed.number()).isEqualTo(1);
        assertThat(climbed.dueAt()).isEqualTo(clock.instant().plus(Duration.ofHours(4)));
        assertThat(climbed.formalNoticeProposed()).isFalse();
        List<Letter> letters = letters(reference);
        assertThat(letters.stream().map(Letter::purpose)).containsExactlyInAnyOrder("SING_A_SONG", "LADDER_BROKEN");
        assertThat(letters).allSatisfy(letter -> assertThat(letter.state()).isEqualTo(Letter.State.FILED));
        assertThat(hub.auditActions(reference)).contains("escalation.unknown-action");
        assertThat(effects(reference)).containsExactly("LETTER", "LETTER");
    }

    @Test
    void remindsThroughTheAbuseMailWhenTheNoticeWentThatWay() {
        hub = hub("PLATFORM_CONTACT");
        CaseReference reference = overdue();
        hub.jdbc()
                .sql("update recipient set channel = 'MAIL' where case_reference = ?")
                .params(reference.value())
                .update();
        climb(reference);
        assertThat(submissions(reference)).singleElement().satisfies(submission -> {
            assertThat(submission.platform()).isEqualTo("abuse");
            assertThat(submission.purpose()).isEqualTo(Submission.Purpose.RUNG);
            assertThat(submission.explanation()).startsWith("Overdue removal, step 1");
        });
        assertThat(letters(reference)).isEmpty();
        assertThat(effects(reference)).containsExactly("SUBMISSION");
    }

    @Test
    void writesToTheContactWherePeopleHandNoticesIn() {
        hub = hub("PLATFORM_CONTACT");
        CaseReference reference = overdue();
        hub.jdbc()
                .sql("update recipient set channel = 'PORTAL' where case_reference = ?")
                .params(reference.value())
                .update();
        climb(reference);
        assertThat(submissions(reference)).isEmpty();
        assertThat(letters(reference)).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("rung/" + reference + "/0/1");
            assertThat(letter.address()).contains("safety@alpha.example");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLATFORM_LEAD", "CONTENT_MANAGER"})
    void writesToWhomeverTheTableNames(String action) {
        hub = hub(action);
        CaseReference reference = overdue();
        climb(reference);
        assertThat(letters(reference)).singleElement().satisfies(letter -> {
            assertThat(letter.purpose()).isEqualTo(action);
            assertThat(letter.addressee()).isEqualTo("Whoever it is");
            assertThat(letter.body()).contains(reference.value());
        });
        assertThat(effects(reference)).containsExactly("LETTER");
    }

    @Test
    void climbsNoRungTwice() {
        hub = hub("PLATFORM_LEAD");
        CaseReference reference = overdue();
        climb(reference);
        assertThat(hub.fromTransaction(() -> hub.bean(Ladder.class).goesOn(reference, 0)))
                .isFalse();
        assertThat(letters(reference)).hasSize(1);
    }

    @Test
    void putsTheCaseOnTheAgendaOfItsPlatform() {
        hub = hub("MEETING_AGENDA");
        CaseReference reference = overdue();
        climb(reference);
        assertThat(effects(reference)).containsExactly("AGENDA_ITEM");
        assertThat(hub.bean(Agenda.class).of("alpha", Optional.of(true), 0, 10))
                .singleElement()
                .satisfies(item -> assertThat(item.file().reference()).isEqualTo(reference));
    }

    @Test
    void putsNoCovertCaseOnAnAgenda() {
        hub = hub("MEETING_AGENDA");
        CaseReference reference = overdue();
        hub.jdbc()
                .sql("update takedown_case set source = 'COVERT' where case_reference = ?")
                .params(reference.value())
                .update();
        climb(reference);
        assertThat(effects(reference)).containsExactly("NOTHING");
        assertThat(hub.bean(Agenda.class).of("alpha", Optional.empty(), 0, 10)).isEmpty();
    }

    private CaseReference overdue() {
        CaseReference reference = hub.flagged("alpha");
        hub.recipient(reference, 0, "alpha", Duration.ofHours(24));
        clock.advance(Duration.ofHours(25));
        return reference;
    }

    private Ladder.Climbed climb(CaseReference reference) {
        return hub.fromTransaction(() -> hub.bean(Ladder.class).climb(reference, 0));
    }

    private List<Letter> letters(CaseReference reference) {
        return hub.bean(Letters.class).of(reference);
    }

    private List<Submission> submissions(CaseReference reference) {
        return hub.bean(Submissions.class).of(reference);
    }

    private List<String> effects(CaseReference reference) {
        return hub.jdbc()
                .sql("select kind from rung_effect where case_reference = ? order by kind")
                .params(reference.value())
                .query(String.class)
                .list();
    }

    /** A ladder of one rung with that action. */
    private StoreContext hub(String action) {
        Platforms platforms = mock(Platforms.class);
        when(platforms.forMail()).thenReturn(Optional.of(new FakePlatform("abuse")));
        return StoreContext.builder(clock)
                .property("takedown.contacts.platforms.alpha", "safety@alpha.example")
                .with(Settings.class)
                .with(Platforms.class, platforms)
                .with(DecisionTables.class, new OneRung(action))
                .with(
                        Notices.class,
                        FormalNotices.class,
                        Letters.class,
                        Submissions.class,
                        ContactDirectory.class,
                        RungLetters.class,
                        UnknownAction.class,
                        PlatformContact.class,
                        PlatformLead.class,
                        ContentManager.class,
                        MeetingAgenda.class,
                        Agenda.class,
                        Dossiers.class,
                        Ladder.class)
                .start();
    }

    private record OneRung(String action) implements DecisionTables {

        @Override
        public Optional<Ruling> decide(String table, Map<String, Object> inputs) {
            return inputs.get("rung").equals(1)
                    ? Optional.of(
                            new Ruling(Map.of("action", action, "addressee", "Whoever it is", "waitFor", "PT4H"), 7))
                    : Optional.empty();
        }

        @Override
        public Optional<Ruling> decide(String table, int version, Map<String, Object> inputs) {
            return decide(table, inputs);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan(basePackages = "org.takedownhub.notice")
    static class Settings {}
}
