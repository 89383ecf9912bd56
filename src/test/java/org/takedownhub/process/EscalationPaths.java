package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.escalation.Agenda;
import org.takedownhub.escalation.FiledDocument;
import org.takedownhub.escalation.FiledDocuments;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.removal.Answer;

/** The ladder to its end: what each rung does, and a referral that becomes a statutory notice on the way. */
abstract class EscalationPaths {

    private static final String APPROVE = "Task_ApproveFormalNotice";
    private static final Map<String, Object> KNIVES = Map.of("offence", "KNIVES_ACT_1997_S1");

    @Autowired
    private TakedownScenario story;

    @Autowired
    private Notices notices;

    @Autowired
    private FormalNotices formalNotices;

    @Autowired
    private Letters letters;

    @Autowired
    private ClockLedger ledger;

    @Autowired
    private FiledDocuments documents;

    @Autowired
    private Agenda agenda;

    @Autowired
    private Transactions transactions;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void proposesAStatutoryNoticeWhereTheLawFitsAndClimbsOnMeanwhile() {
        proposed().isWaitingAt(APPROVE, "Task_ReviewEscalation");
        assertThat(story.candidateGroups(APPROVE)).containsExactly("authorised-officers");
        assertThat(proposal().fit().instrument()).isEqualTo(Instrument.WEAPONS_REMOVAL_NOTICE);
        assertThat(proposal().fit().unverified())
                .hasValueSatisfying(text -> assertThat(text).contains("came into force"));
        story.rungTimePasses().isWaitingAt(APPROVE, "Task_ReviewEscalation");
        assertThat(actions(0)).endsWith("REGULATOR");
    }

    @Test
    void sendsTheStatutoryNoticeThatAnOfficerApprovedUnderAClockOfItsOwn() {
        proposed();
        decides(true).dispatched().isWaitingAt("Task_AwaitRemoval").isNotWaitingAt(APPROVE);
        Recipient referred = recipient(0);
        Recipient noticed = recipient(1);
        assertThat(referred.outcome()).contains(Outcome.NOT_REMOVED);
        assertThat(supersededBy(0)).contains(1);
        assertThat(noticed.instrument()).isEqualTo(Instrument.WEAPONS_REMOVAL_NOTICE);
        assertThat(noticed.rung()).isZero();
        assertThat(noticed.dueAt()).contains(noticed.givenAt().orElseThrow().plus(Duration.ofHours(48)));
        assertThat(events(0)).containsExactly(ClockEntry.Event.STARTED, ClockEntry.Event.MISSED);
        assertThat(events(1)).containsExactly(ClockEntry.Event.STARTED);
        assertThat(watched()).containsExactly(1);
        assertThat(story.file().state()).isEqualTo(CaseState.AWAITING_REMOVAL);
        assertThat(story.file().removalDueAt()).isEqualTo(noticed.dueAt());
        story.told(Answer.REMOVED).isWatchedForReturn();
        assertThat(recipient(1).outcome()).contains(Outcome.REMOVED);
        assertThat(recipient(0).outcome()).contains(Outcome.NOT_REMOVED);
    }

    @Test
    void climbsTheLadderOfTheStatutoryNoticeToItsEndWhenThatIsNotObeyedEither() throws Exception {
        proposed();
        decides(true).dispatched();
        story.itIs(recipient(1).dueAt().orElseThrow()).dispatched();
        for (int rung = 1; rung <= 5; rung++) {
            assertThat(recipient(1).rung()).isEqualTo(rung);
            story.rungTimePasses();
        }
        story.endedAs(Outcome.NOT_REMOVED);
        assertThat(actions(0)).containsExactly("PLATFORM_CONTACT", "PLATFORM_LEAD", "FORMAL_INSTRUMENT");
        assertThat(actions(1))
                .containsExactly("PLATFORM_CONTACT", "CONTENT_MANAGER", "PENALTY_FILE", "REGULATOR", "MEETING_AGENDA");
        assertThat(story.sent()).hasSize(4);

        holdsThePenaltyFile();
        holdsThePackForTheRegulator();
        standsOnTheAgenda();
    }

    @Test
    void climbsOnWhenTheOfficerDeclines() {
        proposed();
        decides(false).isNotWaitingAt(APPROVE).isWaitingAt("Task_ReviewEscalation");
        story.rungTimePasses().rungTimePasses().rungTimePasses().endedAs(Outcome.NOT_REMOVED);
        assertThat(actions(0))
                .containsExactly(
                        "PLATFORM_CONTACT", "PLATFORM_LEAD", "FORMAL_INSTRUMENT", "REGULATOR", "MEETING_AGENDA");
        assertThat(notices.of(story.reference())).hasSize(1);
        assertThat(proposal().state()).isEqualTo(FormalNotices.State.DECLINED);
    }

    @Test
    void tellsTheDutyOfficersWhenNobodyDecidesAndLetsTheProposalLapseWithTheLadder() {
        proposed().rungTimePasses().isWaitingAt(APPROVE);
        assertThat(letters.of(story.reference()).stream()
                        .filter(letter -> letter.purpose().equals("FORMAL_NOTICE_OVERDUE")))
                .hasSize(1);
        story.rungTimePasses().rungTimePasses().endedAs(Outcome.NOT_REMOVED);
        assertThat(proposal().state()).isEqualTo(FormalNotices.State.LAPSED);
        assertThat(story.task(APPROVE)).isNull();
    }

    @Test
    void endsEverythingWhenTheContentIsRemovedWhileTheOfficerThinks() {
        proposed();
        story.told(Answer.REMOVED).isNotWaitingAt(APPROVE).isWatchedForReturn();
        assertThat(story.task(APPROVE)).isNull();
        assertThat(notices.of(story.reference())).hasSize(1);
    }

    @Test
    void creditsTheReferralWhenTheContentGoesBeforeTheNoticeIsGiven() {
        story.flagged(Category.TERRORISM)
                .verifiedAs(Verdict.UNLAWFUL, Map.of("offence", "TA_2006_S1"))
                .dispatched();
        climbsToTheProposal();
        decides(true).isWaitingAt("Task_ReferByHand");
        assertThat(recipient(1).instrument()).isEqualTo(Instrument.TERRORISM_NOTICE);
        assertThat(recipient(1).channel()).isEqualTo(Channel.PORTAL);
        assertThat(recipient(0).outcome()).isEmpty();
        assertThat(watched()).containsExactly(0);
        story.told(Answer.REMOVED).isNotWaitingAt("Task_ReferByHand").isWatchedForReturn();
        assertThat(recipient(0).outcome()).contains(Outcome.REMOVED);
        assertThat(recipient(1).outcome()).contains(Outcome.ALREADY_GONE);
    }

    @Test
    void goesOnAsAStatutoryNoticeAfterARefusalToo() {
        story.flagged(Category.WEAPONS_GLORIFICATION)
                .verifiedAs(Verdict.UNLAWFUL, KNIVES)
                .dispatched()
                .told(Answer.REFUSED)
                .rungTimePasses()
                .rungTimePasses();
        decides(true).dispatched().isWaitingAt("Task_AwaitRemoval");
        assertThat(recipient(0).open()).isFalse();
        story.told(Answer.REMOVED).isWatchedForReturn();
    }

    @Test
    void letsNobodyApproveWhatTheyVerified() {
        story.flagged(Category.WEAPONS_GLORIFICATION)
                .completes(
                        "officer",
                        "Task_VerifyContent",
                        Map.of(
                                "verdict",
                                "UNLAWFUL",
                                "category",
                                "WEAPONS_GLORIFICATION",
                                "offence",
                                "KNIVES_ACT_1997_S1",
                                "reasons",
                                "Marketed as suitable for combat."))
                .dispatched();
        climbsToTheProposal();
        assertThatThrownBy(() -> decides(true)).hasMessageContaining("another authorised officer");
        assertThatThrownBy(() -> story.claims("officer", APPROVE)).hasMessageContaining("another authorised officer");
        story.isWaitingAt(APPROVE);
        assertThat(proposal().state()).isEqualTo(FormalNotices.State.PROPOSED);
    }

    @Test
    void recordsThatNoLawFitsAndClimbsOn() {
        story.referred(Category.THREAT);
        climbsToTheProposal();
        story.isNotWaitingAt(APPROVE).isWaitingAt("Task_ReviewEscalation");
        assertThat(done(0, 3)).singleElement().asString().startsWith("No statutory instrument fits THREAT");
    }

    @Test
    void hurriesWhenALifeIsInDanger() {
        story.flagged(Category.WEAPONS_GLORIFICATION, true)
                .verifiedAs(Verdict.UNLAWFUL, KNIVES)
                .dispatched();
        climbsToTheProposal();
        assertThat(spacing(0)).containsExactly(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1));
        assertThat(story.task(APPROVE).getDueDate().toInstant())
                .isEqualTo(proposal().decideBy());
        decides(true).dispatched();
        story.itIs(recipient(1).dueAt().orElseThrow())
                .rungTimePasses()
                .rungTimePasses()
                .rungTimePasses();
        assertThat(spacing(1))
                .containsExactly(
                        Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(4), Duration.ofHours(4));
    }

    private TakedownScenario proposed() {
        story.flagged(Category.WEAPONS_GLORIFICATION)
                .verifiedAs(Verdict.UNLAWFUL, KNIVES)
                .dispatched();
        return climbsToTheProposal();
    }

    private TakedownScenario climbsToTheProposal() {
        return story.removalDeadlinePasses().dispatched().rungTimePasses().rungTimePasses();
    }

    private TakedownScenario decides(boolean approved) {
        return story.completes(
                "officer", APPROVE, Map.of("formalNoticeApproved", approved, "approvalReasons", "Read it all."));
    }

    private Recipient recipient(int number) {
        return notices.require(story.reference(), number);
    }

    private FormalNotices.Proposal proposal() {
        return formalNotices.find(story.reference(), 0).orElseThrow();
    }

    private List<ClockEntry.Event> events(int recipient) {
        return ledger.of(story.reference(), recipient).stream()
                .map(ClockEntry::event)
                .toList();
    }

    private List<String> actions(int recipient) {
        return jdbc.sql("select action from rung where case_reference = ? and recipient_number = ? order by rung")
                .params(story.reference().value(), recipient)
                .query(String.class)
                .list();
    }

    private List<Duration> spacing(int recipient) {
        return jdbc.sql("select climbed_at, due_at from rung where case_reference = ? and recipient_number = ?"
                        + " order by rung")
                .params(story.reference().value(), recipient)
                .query((row, number) ->
                        Duration.between(Instants.required(row, "climbed_at"), Instants.required(row, "due_at")))
                .list();
    }

    private List<String> done(int recipient, int rung) {
        return jdbc.sql(
                        "select summary from rung_effect where case_reference = ? and recipient_number = ? and rung = ?")
                .params(story.reference().value(), recipient, rung)
                .query(String.class)
                .list();
    }

    private Optional<Integer> supersededBy(int recipient) {
        return jdbc.sql("select superseded_by from recipient where case_reference = ? and number = ? and superseded_by"
                        + " is not null")
                .params(story.reference().value(), recipient)
                .query(Integer.class)
                .optional();
    }

    private List<Integer> watched() {
        return jdbc.sql("select number from recipient where case_reference = ? and next_check_at is not null")
                .params(story.reference().value())
                .query(Integer.class)
                .list();
    }

    private byte[] content(String mediaType) {
        List<FiledDocument> files = documents.of(story.reference()).stream()
                .filter(document -> document.mediaType().equals(mediaType))
                .toList();
        assertThat(files).as(mediaType).hasSize(1);
        byte[] bytes = transactions.run(() ->
                documents.open(story.reference(), files.get(0).documentId()).orElseThrow());
        assertThat(sha256(bytes)).isEqualTo(files.get(0).sha256());
        return bytes;
    }

    private void holdsThePenaltyFile() throws IOException {
        JsonNode file = new ObjectMapper().readTree(content("application/json"));
        assertThat(file.path("decision").asText()).isEqualTo("NONE");
        assertThat(file.path("statement").asText()).contains("imposes no penalty");
        assertThat(file.at("/subject/instrument").asText()).isEqualTo("WEAPONS_REMOVAL_NOTICE");
        assertThat(file.at("/law/exposure").asText()).contains("60,000");
        assertThat(file.at("/law/unverified").asText()).contains("[BG]");
        assertThat(file.path("notices")).hasSize(2);
        assertThat(file.path("notices").findValuesAsText("outcome")).containsExactly("NOT_REMOVED");
        assertThat(file.path("clock").findValuesAsText("event"))
                .containsExactly("STARTED", "MISSED", "STARTED", "MISSED");
        assertThat(file.path("ladder")).hasSize(6);
        assertThat(file.path("chronology").findValuesAsText("action"))
                .contains("case.opened", "notice.given", "formal-notice.approved", "clock.missed");
        assertThat(file.path("chronology").findValuesAsText("by"))
                .isNotEmpty()
                .allMatch(by -> by.equals("hub") || by.equals("officer"));
        assertThat(file.toString()).doesNotContain("caseworker1").doesNotContain("Read it all.");
        // Kept to be looked at.
        Files.write(Path.of("target", "penalty-file.pdf"), content("application/pdf"));
        try (PDDocument pdf = Loader.loadPDF(content("application/pdf"))) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Penalty file " + story.reference())
                    .contains("imposes no penalty")
                    .contains("[BG]");
        }
        assertThat(letters.of(story.reference()).stream()
                        .filter(letter -> letter.purpose().equals("PENALTY_FILE")))
                .singleElement()
                .satisfies(letter -> assertThat(letter.body()).contains(sha256(content("application/pdf"))));
    }

    private void holdsThePackForTheRegulator() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content("application/zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        JsonNode manifest = new ObjectMapper().readTree(files.remove("manifest.json"));
        assertThat(manifest.path("files").findValuesAsText("name")).containsExactlyElementsOf(files.keySet());
        assertThat(files.keySet())
                .contains("summary.pdf", "notices.json", "observations.json", "custody.json", "chronology.json");
        manifest.path("files")
                .forEach(entry -> assertThat(sha256(files.get(entry.path("name").asText())))
                        .isEqualTo(entry.path("sha256").asText()));
        // Hashes and addresses, and nothing to look at but the summary.
        assertThat(files.keySet().stream().map(name -> name.substring(name.indexOf('.'))))
                .containsOnly(".json", ".pdf");
        // The worker that captures is not run here: the record says that a capture was asked for, and no more.
        assertThat(new String(files.get("custody.json"), StandardCharsets.UTF_8))
                .contains("\"state\" : \"REQUESTED\"", story.url());
        assertThat(letters.of(story.reference()).stream()
                        .filter(letter -> letter.purpose().equals("REGULATOR")))
                .singleElement()
                .satisfies(letter -> assertThat(letter.body()).contains(sha256(content("application/zip"))));
    }

    private void standsOnTheAgenda() {
        List<Agenda.Item> items = agenda.of("fake", Optional.of(true), 0, 1000).stream()
                .filter(item -> item.file().reference().equals(story.reference()))
                .toList();
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.recipient().number()).isEqualTo(1);
            assertThat(item.tried().stream().map(Agenda.Tried::action).toList())
                    .contains("FORMAL_INSTRUMENT", "PENALTY_FILE", "REGULATOR");
        });
        Agenda.Item item = items.get(0);
        assertThat(agenda.close("elsewhere", item.id(), "They were sorry.")).isEqualTo(Agenda.Closing.UNKNOWN);
        assertThat(agenda.close("fake", item.id(), "They were sorry.")).isEqualTo(Agenda.Closing.CLOSED);
        assertThat(agenda.close("fake", item.id(), "They were not.")).isEqualTo(Agenda.Closing.CLOSED_BEFORE);
        assertThat(agenda.find("fake", item.id()).orElseThrow().said()).contains("They were sorry.");
        assertThat(Set.copyOf(agenda.of("fake", Optional.of(true), 0, 1000))).doesNotContain(item);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
