package org.takedownhub.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.StoreContext;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.cases.Strikes;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.process.TakedownProcess;

/** Each instrument's validator, with every element missing in turn; and what leaves when nothing is missing. */
class NoticeMakerTest {

    private static final String REASONS = "Zombie knives are offered for sale at a price.";

    private static StoreContext store;

    private final Set<String> missing = new HashSet<>();
    private final Tables tables = new Tables();
    private CaseReference reference;

    @BeforeAll
    static void start() {
        store = StoreContext.builder(new MutableClock(Instant.parse("2026-06-01T09:00:00Z")))
                .with(Notices.class, CaseLinks.class, Strikes.class, Returned.class)
                .start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void verify() {
        reference = store.flagged("fake");
        verified("UNLAWFUL", "CJA_1988_S141", REASONS);
        is(Category.TERRORISM);
        for (String element : List.of("materialType", "recipientContact", "mainEstablishment")) {
            inTransaction(() -> {
                supplied().supply(reference, Instrument.TCO_ORDER, element, "Supplied " + element, "caseworker1");
                return element;
            });
        }
    }

    static List<Object[]> demands() {
        return new TableInstruments(new Tables())
                .all().stream()
                        .flatMap(entry -> entry.demands().stream().map(demand -> new Object[] {entry, demand}))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("demands")
    void letsNothingLeaveWithAnElementMissingAndNamesItsSection(InstrumentEntry entry, InstrumentEntry.Demand demand) {
        is(
                entry.categories().isEmpty()
                        ? Category.THREAT
                        : Category.valueOf(entry.categories().get(0)));
        assertThat(gaps(entry.instrument())).isEmpty();
        missing.add(demand.element());

        List<Gap> gaps = gaps(entry.instrument());

        assertThat(gaps).anySatisfy(gap -> {
            assertThat(gap.element()).isEqualTo(demand.element());
            assertThat(gap.section()).isEqualTo(demand.section());
            assertThat(gap.unverified()).isEqualTo(demand.unverified());
            assertThat(gap.inWords()).contains(Element.label(demand.element()), demand.section());
        });
        assertThat(issue(entry.instrument())).isEmpty();
        assertThat(store.jdbc()
                        .sql("select count(*) from notice where case_reference = ?")
                        .params(reference.value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(store.auditActions(reference)).contains("notice.incomplete");
    }

    @Test
    void makesNoNoticeThatDoesNotFitOrIsNotInForce() {
        is(Category.THREAT);
        assertThat(gaps(Instrument.TCO_ORDER))
                .extracting(Gap::inWords)
                .containsExactly("Removal order does not fit THREAT on fake (Regulation (EU) 2021/784 Art. 3)");
        assertThat(gaps(Instrument.valueOf("FAX_ORDER")))
                .extracting(Gap::suppliable)
                .containsExactly(false);
    }

    @Test
    void saysTheSupplementOnlyWhereTheHubKnowsNothing() {
        inTransaction(() -> {
            supplied().supply(reference, Instrument.TERRORISM_NOTICE, "reasons", "Other reasons", "caseworker1");
            return "";
        });
        assertThat(preview(Instrument.TERRORISM_NOTICE).text())
                .contains(REASONS)
                .doesNotContain("Other reasons");
        missing.add("reasons");
        assertThat(preview(Instrument.TCO_ORDER).gaps())
                .extracting(Gap::element)
                .containsExactly("reasons");
    }

    @Test
    void namesThePeriodOfTheLawAndNeverATargetOfTheHub() {
        assertThat(preview(Instrument.DSA_NOTICE).text())
                .doesNotContain("24 hours", "1 hour")
                .doesNotContain("June 2026 09:00:00 UTC (2 ");
        assertThat(preview(Instrument.TERRORISM_NOTICE).text())
                .contains("Not later than the end of 2 working days after the day on which this notice is given.");
        assertThat(preview(Instrument.TCO_ORDER).text()).contains("Within 1 hour of receipt");
        is(Category.WEAPONS_SALE);
        assertThat(preview(Instrument.WEAPONS_REMOVAL_NOTICE).text())
                .contains("Before the end of 48 hours beginning with the time this notice is given.");
    }

    @Test
    void saysWhetherTheUploaderMayBeTold() {
        assertThat(preview(Instrument.DSA_NOTICE).text()).contains("You may tell the person");
        Instant until = Instant.parse("2026-07-01T00:00:00Z");
        inTransaction(() -> {
            store.bean(Cases.class)
                    .notifyUploader(
                            reference,
                            new UploaderNotification(UploaderNotification.Rule.DEFER_UNTIL, Optional.of(until)),
                            "force-north");
            return "";
        });
        assertThat(preview(Instrument.DSA_NOTICE).text())
                .contains("do not tell", "1 July 2026 00:00:00 UTC (1 July 2026 01:00:00 BST)");
    }

    @Test
    void keepsWhatWasSentByteForByteAndARedactedCopyBesideIt() throws Exception {
        is(Category.WEAPONS_SALE);
        assertThat(issue(Instrument.WEAPONS_REMOVAL_NOTICE)).hasValue(0);
        String noticeId = recipient().noticeId();
        for (NoticeDocuments.Kind kind : NoticeDocuments.Kind.values()) {
            NoticeDocuments.Document sent = document(noticeId, kind, false);
            NoticeDocuments.Document redacted = document(noticeId, kind, true);
            assertThat(sent.sha256()).isEqualTo(Hash.of(sent.content())).isNotEqualTo(redacted.sha256());
            if (kind == NoticeDocuments.Kind.PDF) {
                assertThat(DocumentsTest.violations(sent.content())).isEmpty();
                assertThat(DocumentsTest.violations(redacted.content())).isEmpty();
                java.nio.file.Files.write(java.nio.file.Path.of("target", "notice.pdf"), sent.content());
                java.nio.file.Files.write(java.nio.file.Path.of("target", "notice-redacted.pdf"), redacted.content());
            } else {
                String whole = new String(sent.content(), StandardCharsets.UTF_8);
                String copy = new String(redacted.content(), StandardCharsets.UTF_8);
                assertThat(whole)
                        .contains(REASONS, "https://fake.example/", "notices@hub.example", "OFFICIAL")
                        .doesNotContain("caseworker1");
                assertThat(copy)
                        .contains("[redacted]", reference.value())
                        .doesNotContain(REASONS, "fake.example", "caseworker1");
            }
        }
        assertThat(recipient().explanation())
                .contains(reference.value(), REASONS, "reviews@hub.example")
                .doesNotContain("OFFICIAL", "{{");
        assertThat(store.auditActions(reference)).contains("notice.documented");
    }

    @Test
    void shortensWhatIsTooLongForFormsAndSaysWhereTheWholeIs() {
        verified("UNLAWFUL", "SCA_2007_S44", "Because. ".repeat(440));
        assertThat(issue(Instrument.DSA_NOTICE)).hasValue(0);
        assertThat(recipient().explanation())
                .hasSizeLessThanOrEqualTo(4000)
                .endsWith(
                        "Shortened here. The complete notice is " + reference + "/1; ask notices@hub.example for it.");
        assertThat(new String(
                        document(recipient().noticeId(), NoticeDocuments.Kind.TEXT, false)
                                .content(),
                        StandardCharsets.UTF_8))
                .hasSizeGreaterThan(4000)
                .contains("Statement of good faith".toUpperCase(java.util.Locale.UK));
    }

    @Test
    void usesTheWordsThatAManagerSavedLastAndKeepsEveryVersion() {
        NoticeTemplates templates = templates();
        String words = templates.current(Instrument.DSA_NOTICE).orElseThrow().template();
        assertThat(save(templates, words + "\nMore words.", 0)).isInstanceOf(NoticeTemplates.Accepted.class);
        assertThat(save(templates, words, 0)).isEqualTo(new NoticeTemplates.Overtaken(1));
        assertThat(save(templates, "{{nobody}}", 1)).isInstanceOf(NoticeTemplates.Refused.class);
        assertThat(preview(Instrument.DSA_NOTICE).text()).contains("More words.");
        assertThat(save(templates, words, 1)).isInstanceOf(NoticeTemplates.Accepted.class);
        assertThat(preview(Instrument.DSA_NOTICE).text()).doesNotContain("More words.");
        assertThat(store.jdbc()
                        .sql("select count(*) from notice_template where instrument = 'DSA_NOTICE'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(store.bean(Audit.class).entries(Audit.HUB, 0, 100))
                .anySatisfy(entry -> assertThat(entry.detail()).contains("DSA_NOTICE version 2, sha256:"));
    }

    @Test
    void shipsWordsForEveryInstrumentThatPassTheirOwnCheck() {
        NoticeTemplates templates = templates();
        assertThat(Instrument.SHIPPED).allSatisfy(instrument -> assertThat(templates.problems(
                        instrument,
                        new String(
                                NoticeMakerTest.class
                                        .getResourceAsStream("/notice-templates/" + instrument + ".mustache")
                                        .readAllBytes(),
                                StandardCharsets.UTF_8)))
                .isEmpty());
    }

    private NoticeTemplates.Saving save(NoticeTemplates templates, String words, int basedOn) {
        return inTransaction(() -> templates.save(Instrument.DSA_NOTICE, words, basedOn, "manager1"));
    }

    private void verified(String verdict, String offence, String reasons) {
        store.jdbc()
                .sql("insert into verification (case_reference, verdict, category, offence, reasons, threat_to_life,"
                        + " child_visible, artistic_context, verified_by, verified_at) values (?, ?, 'THREAT', ?, ?,"
                        + " false, false, 'NONE', 'caseworker1', ?)")
                .params(
                        reference.value(),
                        verdict,
                        offence,
                        reasons,
                        stored(store.bean(Clock.class).instant()))
                .update();
    }

    private void is(Category category) {
        store.jdbc()
                .sql("update takedown_case set category = ? where case_reference = ?")
                .params(category.name(), reference.value())
                .update();
    }

    private Recipient recipient() {
        return inTransaction(() -> store.bean(Notices.class).require(reference, 0));
    }

    private NoticeDocuments.Document document(String noticeId, NoticeDocuments.Kind kind, boolean redacted) {
        return inTransaction(() -> documents().find(reference, noticeId, Optional.empty(), kind, redacted))
                .orElseThrow();
    }

    private List<Gap> gaps(Instrument instrument) {
        return inTransaction(() -> maker().gaps(reference, instrument));
    }

    private NoticeMaker.Preview preview(Instrument instrument) {
        return inTransaction(() -> maker().preview(reference, instrument, null));
    }

    private OptionalInt issue(Instrument instrument) {
        return inTransaction(() ->
                maker().issue(reference, instrument, 1, List.of(new Notices.Addressee("fake", Channel.API, "fake"))));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return store.fromTransaction(work);
    }

    private NoticeTemplates templates() {
        return new NoticeTemplates(
                store.jdbc(), new TableInstruments(tables), store.bean(Audit.class), store.bean(Clock.class));
    }

    private SuppliedElements supplied() {
        return new SuppliedElements(store.jdbc(), store.bean(Audit.class), store.bean(Clock.class));
    }

    private NoticeDocuments documents() {
        return new NoticeDocuments(store.jdbc(), supplied(), store.bean(Audit.class), store.bean(Clock.class));
    }

    private NoticeMaker maker() {
        NoticeSettings settings = new NoticeSettings(
                "Social Media Hub",
                "1 Example Street, London, United Kingdom",
                "notices@hub.example",
                "reviews@hub.example",
                "",
                "England and Wales",
                "The court named on the register, within 28 days.",
                "Call the desk and name the reference.",
                "Sealed by the hub.",
                "OFFICIAL");
        DeadlinePolicies policies = (question, version) -> DeadlinePolicy.fromDecision(
                question,
                tables.decide(TakedownProcess.DECISION_REMOVAL_DEADLINE, question.inputs())
                        .orElseThrow()
                        .outputs(),
                1);
        List<NoticeElements> real = List.of(
                new CaseElements(store.jdbc(), store.bean(Cases.class)),
                new VerificationElements(store.jdbc()),
                new AuthorityElements(settings),
                new ClockElements(policies, store.bean(Returned.class)),
                supplied());
        NoticeElements all = draft -> {
            Map<String, String> elements = new HashMap<>();
            real.forEach(source -> source.of(draft).forEach((name, text) -> {
                if (elements.getOrDefault(name, "").isBlank()) {
                    elements.put(name, text);
                }
            }));
            elements.keySet().removeAll(missing);
            return elements;
        };
        return new NoticeMaker(
                store.jdbc(),
                store.bean(Cases.class),
                store.bean(Notices.class),
                new TableInstruments(tables),
                templates(),
                documents(),
                settings,
                List.of(all),
                List.of(),
                store.bean(Audit.class),
                store.bean(Clock.class));
    }
}
