package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.takedownhub.platform.FakePlatform.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.Gap;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.ProofOfDelivery;
import org.takedownhub.notice.Recipient;
import org.takedownhub.notice.SuppliedElements;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReplyListener;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.removal.Answer;
import org.takedownhub.removal.Answers;
import org.takedownhub.removal.Observations;
import org.takedownhub.removal.UnknownRecipient;
import org.takedownhub.removal.Withdrawals;

/** Several recipients of one notice, what each of them may answer, and what happens before and between. */
abstract class RecipientsPaths {

    private static final String PROVIDER = "fake";
    private static final String MANAGER = "Content manager of Fake";

    @Autowired
    private TakedownScenario scenario;

    @Autowired
    private ContactDirectory directory;

    @Autowired
    private Transactions transactions;

    @Autowired
    private Notices notices;

    @Autowired
    private NoticeMaker maker;

    @Autowired
    private SuppliedElements supplied;

    @Autowired
    private Answers answers;

    @Autowired
    private Withdrawals withdrawals;

    @Autowired
    private PlatformReplyListener replies;

    @Autowired
    private Letters letters;

    @Autowired
    private ClockLedger ledger;

    @Autowired
    private Observations observations;

    @Autowired
    private List<CaseChapter> chapters;

    @Autowired
    private Audit audit;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void nobodyWasOrderedBefore() {
        scenario.begin();
        directory.replace(PROVIDER, List.of());
        jdbc.sql("delete from pre_notice").update();
        jdbc.sql("update notice set instrument = 'DSA_NOTICE' where instrument = 'TCO_ORDER'")
                .update();
    }

    @AfterEach
    void forgetTheManager() {
        directory.replace(PROVIDER, List.of());
        scenario.end();
    }

    @Test
    void makesTheNoticeOutToTheProviderAloneWhileTheDirectoryKnowsNobodyElse() {
        weaponsNotice().dispatched().isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Task_ReferByHand");
        assertThat(notices.of(scenario.reference())).singleElement().satisfies(recipient -> assertThat(recipient.name())
                .isEqualTo(PROVIDER));
    }

    @Test
    void givesAVoluntaryReferralToTheProviderAlone() {
        managerIsKnown();
        scenario.referred(Category.THREAT);
        assertThat(notices.of(scenario.reference())).hasSize(1);
    }

    @Test
    void givesAWeaponsNoticeToProviderAndManagerEachUnderAClockOfItsOwn() {
        toBoth();
        assertThat(scenario.sent()).as("reports to the platform").hasSize(1);
        assertThat(recipient(1).role()).isEqualTo(ContactRole.CONTENT_MANAGER);
        assertThat(recipient(1).channel()).isEqualTo(Channel.PORTAL);
        assertThat(recipient(1).givenAt()).isEmpty();

        scenario.timePasses(Duration.ofHours(3));
        handedToTheManager();

        assertThat(scenario.sent()).hasSize(1);
        assertThat(recipient(1).givenAt())
                .contains(recipient(0).givenAt().orElseThrow().plus(Duration.ofHours(3)));
        for (int number = 0; number < 2; number++) {
            assertThat(recipient(number).dueAt())
                    .contains(recipient(number).givenAt().orElseThrow().plus(Duration.ofHours(48)));
        }
        assertThat(recipient(0).proof()).contains(ProofOfDelivery.API_RECEIPT);
        assertThat(recipient(1).proof()).contains(ProofOfDelivery.RECORDED_POST);

        scenario.itIs(recipient(0).dueAt().orElseThrow()).isWaitingAt("Process_Escalation", "Task_AwaitRemoval");
        assertThat(events(0)).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED);
        assertThat(events(1)).containsExactly(ClockEntry.Event.STARTED);
    }

    @Test
    void endsForEverybodyWhenTheContentIsSeenGone() {
        toBoth().platformShows(look(Availability.REMOVED_BY_PLATFORM, true))
                .watched()
                .isWatchedForReturn();
        assertThat(recipient(0).outcome()).contains(Outcome.REMOVED);
        assertThat(recipient(1).outcome())
                .as("gone before it was given to the manager")
                .contains(Outcome.ALREADY_GONE);
    }

    @Test
    void believesOneRecipientForItselfAndLooksForTheOther() {
        toBoth();
        handedToTheManager();
        scenario.watched();
        told(MANAGER, Answer.REMOVED);
        assertThat(recipient(1).outcome()).contains(Outcome.REMOVED);
        assertThat(recipient(0).outcome()).isEmpty();
        scenario.isWaitingAt("Task_AwaitRemoval")
                .platformShows(look(Availability.REMOVED_BY_PLATFORM, true))
                .watched()
                .isWatchedForReturn();
        assertThat(recipient(0).outcome()).contains(Outcome.REMOVED);
    }

    @Test
    void wantsToKnowWhoAnswers() {
        toBoth();
        handedToTheManager();
        assertThatThrownBy(() -> scenario.told(Answer.ACKNOWLEDGED))
                .isInstanceOf(UnknownRecipient.class)
                .hasMessageContaining(MANAGER);
        told(MANAGER, Answer.ACKNOWLEDGED);
        assertThat(recipient(1).acknowledgedAt()).isPresent();
        assertThat(recipient(0).acknowledgedAt()).isEmpty();
    }

    @Test
    void withdrawsFromOneAndLeavesTheOtherRunning() {
        toBoth();
        withdrawn(MANAGER);
        scenario.isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Task_ReferByHand");
        assertThat(recipient(1).outcome()).contains(Outcome.WITHDRAWN);
        assertThat(recipient(0).open()).isTrue();

        scenario.told(Answer.REMOVED).isWatchedForReturn();
        assertThat(scenario.file().outcome()).as("mixed outcomes").contains(Outcome.REMOVED);
    }

    @Test
    void takesOfMixedOutcomesTheOneThatSaysMostOfTheContent() {
        toBoth();
        handedToTheManager();
        told(PROVIDER, Answer.REFUSED);
        scenario.isWaitingAt("Process_Escalation", "Task_AwaitRemoval");
        told(MANAGER, Answer.IMPOSSIBLE);
        assertThat(recipient(1).outcome()).contains(Outcome.IMPOSSIBLE);
        assertThat(recipient(0).outcome()).contains(Outcome.REFUSED);
        withdrawn(PROVIDER);
        scenario.endedAs(Outcome.IMPOSSIBLE);
    }

    @Test
    void letsTheManagerAskWithoutStoppingTheProvider() {
        toBoth();
        handedToTheManager();
        told(MANAGER, Answer.CLARIFICATION);
        scenario.isWaitingAt("Task_AnswerClarification")
                .completes("caseworker1", "Task_AnswerClarification", Map.of("clarificationAnswer", "The knife."));
        assertThat(letters.of(scenario.reference()))
                .anySatisfy(letter -> assertThat(letter.addressee()).isEqualTo(MANAGER));
        assertThat(events(0)).containsExactly(ClockEntry.Event.STARTED);
    }

    @Test
    void takesABlockInOurCountryAsCompliedUnderABritishInstrument() {
        weaponsNotice().dispatched();
        told(PROVIDER, Answer.RESTRICTED, "GB");
        scenario.endedAs(Outcome.RESTRICTED);
        assertThat(recipient(0).outcomeScope()).contains(OutcomeScope.COUNTRY);
    }

    @Test
    void goesOnWaitingWhenTheBlockIsElsewhere() {
        weaponsNotice().dispatched();
        told(PROVIDER, Answer.RESTRICTED, "FR");
        scenario.isWaitingAt("Task_AwaitRemoval");
        assertThat(recipient(0).open()).isTrue();
        assertThat(recipient(0).acknowledgedAt()).isPresent();
    }

    @Test
    void goesOnWaitingForAnOrderOfTheUnionWhenOneCountryIsBlocked() {
        ordered().dispatched();
        told(PROVIDER, Answer.RESTRICTED, "GB");
        scenario.platformShows(look(Availability.GEO_BLOCKED, true))
                .watched()
                .timePasses(Duration.ofMinutes(20))
                .watched()
                .isWaitingAt("Task_AwaitRemoval");
        assertThat(actions()).filteredOn("removal.restricted-elsewhere"::equals).hasSize(1);

        told(PROVIDER, Answer.RESTRICTED, "EU");
        scenario.endedAs(Outcome.RESTRICTED);
    }

    @Test
    void believesThatContentWasModifiedOnceAPersonHasSeenIt() {
        scenario.referred(Category.THREAT).watched().told(Answer.MODIFIED);
        scenario.isWaitingAt("Task_AwaitRemoval", "Task_CheckRemoval").watched();
        assertThat(recipient(0).outcome()).as("never believed unseen").isEmpty();

        scenario.completes(
                        "caseworker1",
                        "Task_CheckRemoval",
                        Map.of("removalFinding", "MODIFIED", "note", "The address is gone from the text."))
                .watched()
                .endedAs(Outcome.MODIFIED);
        assertThat(events(0)).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MET);
        assertThat(observations.of(scenario.reference()))
                .anySatisfy(look -> assertThat(look.availability()).isEqualTo(Availability.MODIFIED));
    }

    @Test
    void doesNotBelieveAModificationThatNobodyCanSee() {
        scenario.referred(Category.THREAT).told(Answer.MODIFIED);
        scenario.completes(
                        "caseworker1",
                        "Task_CheckRemoval",
                        Map.of("removalFinding", "STILL_UP", "note", "Every word is as it was."))
                .watched()
                .isWaitingAt("Task_AwaitRemoval");
        scenario.removalDeadlinePasses().isWaitingAt("Task_ReviewEscalation");
    }

    @Test
    void stopsTheHourOfAnOrderForForceMajeureAndStartsAFreshOneWhereItEnded() {
        ordered().dispatched();
        Instant given = recipient(0).givenAt().orElseThrow();
        scenario.timePasses(Duration.ofMinutes(40));
        told(PROVIDER, Answer.IMPOSSIBLE);
        scenario.isWaitingAt("Task_AnswerClarification").isNotWaitingAt("Task_AwaitRemoval");
        assertThat(recipient(0).dueAt()).isEmpty();
        scenario.timePasses(Duration.ofHours(5)).isNotWaitingAt("Process_Escalation");

        Instant ended = given.plus(Duration.ofHours(5)).plus(Duration.ofMinutes(10));
        scenario.told(Answer.CLARIFICATION_ENDED, ended).isWaitingAt("Task_AwaitRemoval");

        assertThat(recipient(0).dueAt())
                .as("a full hour from where the ground ceased, not from when it was typed in")
                .contains(ended.plus(Duration.ofHours(1)));
        assertThat(ledger.of(scenario.reference(), 0))
                .extracting(ClockEntry::event)
                .containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.PAUSED, ClockEntry.Event.RESTARTED);
        assertThat(ledger.of(scenario.reference(), 0).get(1).at()).isEqualTo(given.plus(Duration.ofMinutes(40)));
        assertThat(ledger.of(scenario.reference(), 0).get(2).at()).isEqualTo(ended);
        scenario.itIs(ended.plus(Duration.ofHours(1))).isWaitingAt("Process_Escalation");
    }

    @Test
    void tellsAProviderOfProceduresAndDeadlinesTwelveHoursBeforeItsFirstOrder() {
        Instant told =
                orderApproved().isWaitingAt("Event_PreNoticeEnded").file().flaggedAt();
        assertThat(letters.of(scenario.reference())).singleElement().satisfies(letter -> {
            assertThat(letter.purpose()).isEqualTo("PRE_NOTICE");
            assertThat(letter.body()).contains("one hour of receipt", "Annex III", "Annex II", "12 hours");
        });
        assertThat(recipient(0).givenAt()).isEmpty();
        scenario.itIs(told.plus(Duration.ofHours(12)).minusSeconds(1))
                .isWaitingAt("Event_PreNoticeEnded")
                .itIs(told.plus(Duration.ofHours(12)))
                .isWaitingAt("Event_ReferralAnswered")
                .dispatched()
                .isWaitingAt("Task_AwaitRemoval");
        assertThat(recipient(0).dueAt())
                .contains(recipient(0).receivedAt().orElseThrow().plus(Duration.ofHours(1)));
        assertThat(chapter("preNotices")).hasSize(1);
    }

    @Test
    void ordersAtOnceWhoWasOrderedBefore() {
        ordered().dispatched();
        scenario.told(Answer.REMOVED).begin();
        orderApproved().isNotWaitingAt("Event_PreNoticeEnded").dispatched().isWaitingAt("Task_AwaitRemoval");
        assertThat(letters.of(scenario.reference())).isEmpty();
    }

    @Test
    void tellsOnceOfTwoFirstOrdersAtTheSameTime() {
        Instant told =
                orderApproved().isWaitingAt("Event_PreNoticeEnded").file().flaggedAt();
        scenario.begin().timePasses(Duration.ofHours(5));
        orderApproved().isWaitingAt("Event_PreNoticeEnded");
        assertThat(letters.of(scenario.reference())).isEmpty();
        scenario.itIs(told.plus(Duration.ofHours(12))).isWaitingAt("Event_ReferralAnswered");
    }

    @Test
    void ordersAtOnceInAnEmergencyAndSaysWhy() {
        orderApproved(true).isNotWaitingAt("Event_PreNoticeEnded").dispatched().isWaitingAt("Task_AwaitRemoval");
        assertThat(actions()).contains("pre-notice.skipped");
        assertThat(chapter("preNotices")).singleElement().asString().contains("SKIPPED", "threat to life");
    }

    @Test
    void beginsTheTimeWhenSomebodyGotTheNotice() {
        scenario.referred(Category.THREAT);
        Instant first = recipient(0).givenAt().orElseThrow();
        scenario.timePasses(Duration.ofHours(2));
        replied(PlatformReply.Kind.UNDELIVERABLE, "bounce-1");
        assertThat(recipient(0).givenAt()).as("nobody got it").isEmpty();
        assertThat(recipient(0).dueAt()).isEmpty();
        assertThat(recipient(0).receivedAt()).isEmpty();

        scenario.timePasses(Duration.ofMinutes(30)).dispatched();

        Instant given = first.plus(Duration.ofMinutes(150));
        assertThat(recipient(0).givenAt()).contains(given);
        assertThat(recipient(0).dueAt()).contains(given.plus(Duration.ofHours(24)));
        assertThat(events(0))
                .containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.PAUSED, ClockEntry.Event.RESTARTED);
        assertThat(chapter("failedDeliveries")).singleElement().asString().contains(first.toString());
        scenario.itIs(first.plus(Duration.ofHours(24)))
                .isWaitingAt("Task_AwaitRemoval")
                .isNotWaitingAt("Process_Escalation")
                .itIs(given.plus(Duration.ofHours(24)))
                .isWaitingAt("Process_Escalation");
    }

    @Test
    void asksAPersonToFindAnotherWayWhenNoSendingReachesAnybody() {
        scenario.referred(Category.THREAT);
        for (int bounce = 1; bounce <= 4; bounce++) {
            replied(PlatformReply.Kind.UNDELIVERABLE, "bounce-" + bounce);
            scenario.dispatched();
        }
        scenario.isWaitingAt("Task_AnswerClarification").timePasses(Duration.ofHours(1));
        Instant handedOver = recipient(0).issuedAt().plus(Duration.ofHours(1));
        scenario.completes(
                "caseworker1", "Task_AnswerClarification", Map.of("clarificationAnswer", "Handed over at the desk."));
        assertThat(recipient(0).givenAt()).contains(handedOver);
        assertThat(recipient(0).dueAt()).contains(handedOver.plus(Duration.ofHours(24)));
        assertThat(chapter("failedDeliveries")).hasSize(4);
    }

    @Test
    void leadsBackToTheWaitWhoseTimeRanOutBeforeAnybodyGotTheNotice() {
        scenario.referred(Category.THREAT).removalDeadlinePasses().isWaitingAt("Process_Escalation");
        replied(PlatformReply.Kind.UNDELIVERABLE, "late-bounce");
        scenario.dispatched().isWaitingAt("Task_AwaitRemoval").isNotWaitingAt("Process_Escalation");
        assertThat(recipient(0).dueAt())
                .contains(recipient(0).givenAt().orElseThrow().plus(Duration.ofHours(24)));
    }

    @Test
    void asksAPersonWhenNobodyKnowsWhetherTheSecondSendingArrived() {
        scenario.referred(Category.THREAT);
        replied(PlatformReply.Kind.UNDELIVERABLE, "bounce");
        scenario.platform().answers(new Uncertain("no answer"));
        scenario.dispatched().isWaitingAt("Task_AnswerClarification");
        assertThat(recipient(0).givenAt()).isEmpty();
    }

    private TakedownScenario weaponsNotice() {
        return scenario.flagged(Category.WEAPONS_SALE)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "CJA_1988_S141"))
                .approved(true);
    }

    /** The provider has the notice; the manager's lies with a person, because this hub cannot mail. */
    private TakedownScenario toBoth() {
        managerIsKnown();
        return weaponsNotice().dispatched().isWaitingAt("Task_AwaitRemoval", "Task_ReferByHand");
    }

    private void managerIsKnown() {
        directory.replace(
                PROVIDER,
                List.of(new Contact(
                        ContactRole.CONTENT_MANAGER,
                        false,
                        MANAGER,
                        "manager@fake.example",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty())));
    }

    private void handedToTheManager() {
        scenario.completes(
                "caseworker1",
                "Task_ReferByHand",
                Map.of("referralOutcome", "SENT", "deliveryProof", "RECORDED_POST", "note", "Signed for."));
    }

    private TakedownScenario orderApproved() {
        return orderApproved(false);
    }

    private TakedownScenario orderApproved(boolean threatToLife) {
        scenario.flagged(Category.TERRORISM, threatToLife)
                .verifiedAs(
                        Verdict.UNLAWFUL,
                        Map.of(
                                "offence",
                                "TA_2006_S1",
                                "artisticContext",
                                "MUSIC",
                                "contextReasons",
                                "It calls for an attack by name."))
                .isWaitingAt("Task_ApproveReferral");
        return becomesAnOrder();
    }

    /** No route of the shipped table leads to an order. */
    private TakedownScenario becomesAnOrder() {
        String instance = scenario.task("Task_ApproveReferral").getProcessInstanceId();
        runtime.setVariable(instance, TakedownProcess.INSTRUMENT.name(), "TCO_ORDER");
        for (List<Gap> gaps = gaps(); !gaps.isEmpty(); gaps = gaps()) {
            Gap gap = gaps.get(0);
            assertThat(gap.suppliable()).as(gap.inWords()).isTrue();
            transactions.run(() -> {
                supplied.supply(
                        scenario.reference(), Instrument.TCO_ORDER, gap.element(), "As the order says", "caseworker1");
                return gap;
            });
        }
        return scenario.approved(true);
    }

    private List<Gap> gaps() {
        return transactions.run(() -> maker.gaps(scenario.reference(), Instrument.TCO_ORDER));
    }

    /** An order to a provider that has been told before. */
    private TakedownScenario ordered() {
        return orderApproved().timePasses(Duration.ofHours(12)).isWaitingAt("Event_ReferralAnswered");
    }

    private void told(String recipient, Answer answer) {
        told(recipient, answer, null);
    }

    private void told(String recipient, Answer answer, String territory) {
        answers.told(
                scenario.reference(),
                Optional.of(recipient),
                answer,
                Optional.ofNullable(territory),
                "so they say",
                now());
        scenario.runJobs();
    }

    private void withdrawn(String recipient) {
        withdrawals.withdraw(scenario.reference(), "not the one we meant", Optional.of(recipient));
        scenario.runJobs();
    }

    private void replied(PlatformReply.Kind kind, String key) {
        replies.replied(scenario.reference(), 0, new PlatformReply(kind, "no such mailbox", now(), key));
        scenario.runJobs();
    }

    private Instant now() {
        return clock.instant();
    }

    private Recipient recipient(int number) {
        return notices.require(scenario.reference(), number);
    }

    private List<ClockEntry.Event> events(int number) {
        return ledger.of(scenario.reference(), number).stream()
                .map(ClockEntry::event)
                .toList();
    }

    private List<String> actions() {
        return audit.entries(scenario.reference().value(), 0, 1000).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private List<?> chapter(String key) {
        return chapters.stream()
                .filter(chapter -> chapter.key().equals(key))
                .findFirst()
                .orElseThrow()
                .entries(scenario.reference());
    }
}
