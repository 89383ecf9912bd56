package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.takedownhub.platform.mastodon.MastodonStub.answer;
import static org.takedownhub.platform.mastodon.MastodonStub.error;
import static org.takedownhub.platform.mastodon.MastodonStub.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Quota;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;

/** What the relatives of Mastodon do otherwise, each against a stub that enforces its own API. */
@BesideOthers
@Timeout(60)
class DialectsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path secrets;

    private final MovingClock clock = new MovingClock(NOW);
    private final PlatformAlarms alarms = AlarmStore.silent(clock);
    private final Map<String, String> options = new HashMap<>(Map.of("requests-per-minute", "1000"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "4.6.0, https://github.com/mastodon/mastodon, MASTODON",
                "4.5.2+glitch, -, MASTODON",
                "0.20.2+git-27f52d4, https://codeberg.org/superseriousbusiness/gotosocial, GOTOSOCIAL",
                "0.17.0 (compatible; GoToSocial 0.17.0), -, GOTOSOCIAL",
                "2.7.2 (compatible; Pleroma 2.10.2), -, PLEROMA",
                "2.7.2 (compatible; Akkoma 3.15.1-0-gabc), -, PLEROMA",
                "3.5.3 (compatible; Pixelfed 0.12.7), https://github.com/pixelfed/pixelfed, PIXELFED",
                "2.8.0 (compatible; Friendica 2024.08), -, MASTODON"
            })
    void knowsTheMakeOfAServerByWhatItSaysOfItself(String version, String source, Dialect dialect) {
        assertThat(Dialect.of(version, source)).isEqualTo(dialect);
    }

    @Test
    void refusesADialectThatNobodySpeaks() {
        options.put("dialect", "misskey");
        assertThatIllegalStateException()
                .isThrownBy(() -> platform(URI.create("http://localhost:1")))
                .withMessageContaining("takedown.platforms.social.options.dialect")
                .withMessageContaining("mastodon, gotosocial, pleroma, pixelfed");
    }

    @Nested
    class OnGoToSocial {

        private DialectStubs.GoToSocial stub;
        private Platform platform;

        @BeforeEach
        void start() {
            stub = new DialectStubs.GoToSocial();
            token(MastodonStub.TOKEN);
            options.put("dialect", "gotosocial");
            platform = platform(stub.base());
        }

        @AfterEach
        void stop() {
            stub.close();
        }

        private Content post(String id) {
            return content("ap:status:" + stub.host() + "/" + id, stub.base().resolve("/@author/" + id), Map.of());
        }

        @Test
        void reportsByUlidsInTheOneCategoryThatIsHonoured() {
            assertThat(platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.identities())
                            .containsEntry("accountId", DialectStubs.GoToSocial.ACCOUNT)
                            .containsEntry("reportId", receipt.reference()));
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("category").textValue()).isEqualTo("other");
            assertThat(report.has("rule_ids")).isFalse();
        }

        @Test
        void namesTheRuleBesideTheCategory() {
            options.put("rule", "01GP3AWY4CRDVRNZKW0TEAMB51");
            platform = platform(stub.base());
            assertThat(platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person.")))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("rule_ids").get(0).textValue())
                    .isEqualTo("01GP3AWY4CRDVRNZKW0TEAMB51");
        }

        @Test
        void sendsNoNumberThatIsNoUlid() {
            Content strange = content(
                    "ap:object:x.example/1",
                    URI.create("https://x.example/1"),
                    Map.of("statusId", "101", "accountId", "11"));
            assertThat(platform.refer(notice(strange, "It threatens a person.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(stub.calls()).doesNotContain("POST /api/v1/reports");
        }

        @Test
        void keepsToAThousandCharactersAndSaysWhatItLeftOut() {
            assertThat(platform.refer(
                            notice(post(DialectStubs.GoToSocial.POST), "This sentence says why. ".repeat(60))))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("comment").textValue())
                    .contains("[Shortened: this form takes 1,000 characters.");
        }

        @Test
        void asksAPersonAndAlarmsTheOperatorWhenTheServerWantsSomethingElse() {
            stub.fault("POST /api/v1/reports", error(400, "Bad Request: account_id was not valid"));
            assertThat(platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(alarms.of("social")).singleElement().asString().contains("HTTP 400");
            platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person."));
            assertThat(alarms.of("social")).isEmpty();
        }

        @Test
        void hearsThatTheReportWasTakenAndThenClosed() {
            Receipt receipt = (Receipt) platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens."));
            SentReport sent = sent(receipt.reference());

            assertThat(platform.repliesToReports()).isTrue();
            assertThat(platform.repliesTo(List.of(sent)).get(0))
                    .extracting(PlatformReply::kind)
                    .containsExactly(PlatformReply.Kind.ACKNOWLEDGED);

            stub.close(receipt.reference(), "Account was suspended.");
            List<PlatformReply> replies = platform.repliesTo(List.of(sent)).get(0);
            assertThat(replies)
                    .extracting(PlatformReply::kind)
                    .containsExactly(PlatformReply.Kind.ACKNOWLEDGED, PlatformReply.Kind.ACTION_TAKEN);
            assertThat(replies.get(1).text()).contains("Account was suspended.");
            assertThat(replies.get(1).at()).isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
            assertThat(platform.repliesTo(List.of(sent)).get(0))
                    .as("said again under the same keys")
                    .isEqualTo(replies);
        }

        @Test
        void readsManyReportsAHundredAtATimeAndOlderOnesSinglySomeEachTime() {
            List<SentReport> many = IntStream.range(0, 250)
                    .mapToObj(number -> sent(stub.file(number)))
                    .toList();
            assertThat(platform.repliesTo(many)).hasSize(250).allSatisfy(replies -> assertThat(replies)
                    .hasSize(1));
            assertThat(stub.calls()).filteredOn("GET /api/v1/reports"::equals).hasSize(3);

            IntStream.range(250, 600).forEach(stub::file);
            assertThat(platform.repliesTo(many.subList(0, 50)))
                    .filteredOn(replies -> !replies.isEmpty())
                    .hasSize(20);
        }

        @Test
        void keepsWhatItHeardWhenTheServerStopsAnswering() {
            IntStream.range(0, 600).forEach(stub::file);
            stub.fault("GET /api/v1/reports/", page(503));
            assertThat(platform.repliesTo(
                            List.of(sent("01AAAAAAAAAAAAAAAAAAAA0599"), sent("01AAAAAAAAAAAAAAAAAAAA0000"))))
                    .extracting(List::size)
                    .containsExactly(1, 0);
        }

        @Test
        void fitsALongCommentIntoAReply() {
            Receipt receipt = (Receipt) platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens."));
            stub.close(receipt.reference(), "word ".repeat(2000));
            assertThat(platform.repliesTo(List.of(sent(receipt.reference())))
                            .get(0)
                            .get(1)
                            .text())
                    .hasSizeLessThanOrEqualTo(4000)
                    .endsWith("[…]");
        }

        @Test
        void hearsNothingOfAReportThatIsNotOurs() {
            assertThat(platform.repliesTo(List.of(sent("01GPJWHQS1BG0SF0WZ1SABC4RZ"), sent("no id"))))
                    .containsExactly(List.of(), List.of());
        }

        @Test
        void saysWhatToMendWhenOurAccountMayNotReadItsReports() {
            token(MastodonStub.NARROW_TOKEN);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.repliesTo(List.of(sent("01GPJWHQS1BG0SF0WZ1SABC4RZ"))))
                    .withMessageContaining("takedown.platforms.social.secret")
                    .withMessageContaining("read:reports");
        }

        @Test
        void takesNoReplyOutOfBrokenAnswers() {
            platform = hasty(stub.base());
            String path = "GET /api/v1/reports/";
            for (MastodonStub.Fault fault : List.of(
                    page(200),
                    page(404),
                    page(503),
                    MastodonStub.halfJson(),
                    MastodonStub.flood(),
                    stub.drip(),
                    answer(200, "application/json", "{\"id\":\"01GPJWHQS1BG0SF0WZ1SABC4RZ\"}"),
                    answer(200, "application/json", "{\"id\":\"01GPJWHQS1BG0SF0WZ1SABC4RX\",\"action_taken\":true}"),
                    error(429, "rate limit reached"))) {
                stub.fault(path, fault);
                assertThatExceptionOfType(PlatformUnavailable.class)
                        .isThrownBy(() -> platform.repliesTo(List.of(sent("01GPJWHQS1BG0SF0WZ1SABC4RZ"))));
            }
        }

        @Test
        void looksThroughOurAccountBecauseThePublicSeesNothing() {
            assertThat(platform.look(List.of(post(DialectStubs.GoToSocial.POST)))
                            .get(0)
                            .availability())
                    .isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void sawItGoWhenItsPublicPageIsGoneToo() {
            stub.remove(DialectStubs.GoToSocial.POST);
            Look look =
                    platform.look(List.of(post(DialectStubs.GoToSocial.POST))).get(0);
            assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(look.controlAlive()).isTrue();
            assertThat(stub.calls()).contains("GET /@author/statuses/" + DialectStubs.GoToSocial.POST);
        }

        @Test
        void doesNotTakeABlockOfOurAccountForARemoval() {
            stub.blockUs();
            Look look =
                    platform.look(List.of(post(DialectStubs.GoToSocial.POST))).get(0);
            assertThat(look.availability()).isEqualTo(Availability.UNKNOWN);
            assertThat(look.unknownReason()).contains(UnknownReason.NOT_ALLOWED);

            assertThat(platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person.")))
                    .as("searched for, and found")
                    .isNotInstanceOf(ContentGone.class);
        }

        @Test
        void cannotTellWithoutAToken() {
            token("");
            assertThat(platform.look(List.of(post(DialectStubs.GoToSocial.POST)))
                            .get(0)
                            .unknownReason())
                    .contains(UnknownReason.NOT_ALLOWED);
        }

        @Test
        void findsOutByItselfAndSaysWhatItIs() {
            options.remove("dialect");
            platform = platform(stub.base());
            assertThat(platform.repliesToReports()).isFalse();
            platform.checkConnection();
            assertThat(platform.repliesToReports()).isTrue();
            assertThat(platform.capabilities()).contains("speaks to a GoToSocial server");
        }

        @Test
        void refusesToSpeakTheWrongDialect() {
            options.put("dialect", "pixelfed");
            platform = platform(stub.base());
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(platform::checkConnection)
                    .withMessageContaining("takedown.platforms.social.options.dialect")
                    .withMessageContaining("GoToSocial");
            assertThat(platform.refer(notice(post(DialectStubs.GoToSocial.POST), "It threatens a person.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.social.options.dialect"));
            assertThat(stub.reports()).isEmpty();
        }
    }

    @Nested
    class OnPleroma {

        private DialectStubs.Pleroma stub;
        private Platform platform;

        @BeforeEach
        void start() {
            stub = new DialectStubs.Pleroma();
            token(MastodonStub.TOKEN);
            platform = platform(stub.base());
        }

        @AfterEach
        void stop() {
            stub.close();
        }

        private Content notice() {
            return content(
                    "ap:notice:" + stub.host() + "/" + DialectStubs.Pleroma.POST,
                    stub.base().resolve("/notice/" + DialectStubs.Pleroma.POST),
                    Map.of());
        }

        @Test
        void reportsWithoutACategoryAndTakesTheIdAlone() {
            assertThat(platform.refer(DialectsTest.notice(notice(), "It threatens a person.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> {
                        assertThat(receipt.reference()).isEqualTo("AVtKKxNxLHTPDvRm6z");
                        assertThat(receipt.receivedAt()).isEqualTo(NOW);
                    });
            assertThat(stub.reports().get(0).has("category")).isFalse();
            assertThat(stub.calls())
                    .as("the number in the address is the server's own")
                    .doesNotContain("GET /api/v2/search");
        }

        @Test
        void saysThatTheAccountWent() {
            stub.fault("POST /api/v1/reports", error(400, "Account not found"));
            assertThat(platform.refer(DialectsTest.notice(notice(), "It threatens a person.")))
                    .isInstanceOf(ContentGone.class);
        }

        @Test
        void asksAPersonWhereTheServerTakesLessText() {
            stub.fault("POST /api/v1/reports", error(400, "Comment must be up to 500 characters"));
            assertThat(platform.refer(DialectsTest.notice(notice(), "It threatens a person.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("500 characters"));
        }

        @Test
        void hearsNoReplies() {
            platform.checkConnection();
            assertThat(platform.repliesToReports()).isFalse();
            assertThat(platform.repliesTo(List.of(sent("AVtKKxNxLHTPDvRm6z")))).containsExactly(List.of());
        }
    }

    @Nested
    class OnPixelfed {

        private static final String REPORT = "POST /api/v1.1/report";

        private DialectStubs.Pixelfed stub;
        private Platform platform;

        @BeforeEach
        void start() {
            stub = new DialectStubs.Pixelfed();
            token(MastodonStub.TOKEN);
            options.put("dialect", "pixelfed");
            platform = platform(stub.base());
        }

        @AfterEach
        void stop() {
            stub.close();
        }

        private Content post() {
            return content(
                    "web:url:" + stub.host() + "/p/author/703", stub.base().resolve("/p/author/703"), Map.of());
        }

        @Test
        void reportsAPostByItsTypeAlone() {
            assertThat(platform.refer(notice(post(), "It threatens a person.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> {
                        assertThat(receipt.reference()).isEqualTo("post/703");
                        assertThat(receipt.identities()).containsEntry("statusId", "703");
                    });
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("report_type").textValue()).isEqualTo("violence");
            assertThat(report.get("object_type").textValue()).isEqualTo("post");
            assertThat(report.get("object_id").textValue()).isEqualTo("703");
        }

        @Test
        void reportsAnAccount() {
            Content account =
                    content("ap:account:author@" + stub.host(), stub.base().resolve("/author"), Map.of());
            assertThat(platform.refer(notice(account, "It recruits children."))).isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("object_type").textValue()).isEqualTo("user");
        }

        @Test
        void hasAWordForEveryCategory() {
            assertThat(Category.values())
                    .extracting(PixelfedReports::type)
                    .containsOnly("violence", "abusive", "terrorism");
            assertThat(PixelfedReports.type(Category.TERRORISM)).isEqualTo("terrorism");
            assertThat(PixelfedReports.type(Category.INTIMIDATION)).isEqualTo("abusive");
        }

        @Test
        void takesADuplicateForASuccess() {
            ReferralAnswer first = platform.refer(notice(post(), "It threatens a person."));
            assertThat(platform.refer(notice(post(), "It still threatens a person.")))
                    .isEqualTo(first);
            assertThat(stub.reports()).hasSize(1);
        }

        @Test
        void saysThatItsReportsHaveNoWordsAndGoOneByOne() {
            assertThat(platform.capabilities())
                    .contains("reports without words, so that the notice's text does not reach the moderators");
            assertThat(platform.noticesPerReport()).isEqualTo(1);
            assertThat(platform.group(notice(post(), "It threatens a person."))).isEmpty();
            stub.post("704", "11");
            Content other = content(
                    "web:url:" + stub.host() + "/p/author/704", stub.base().resolve("/p/author/704"), Map.of());
            assertThat(platform.refer(List.of(notice(post(), "one"), notice(other, "two"))))
                    .hasOnlyElementsOfType(Receipt.class);
            assertThat(stub.reports()).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource({
            "ERROR_INVALID_OBJECT_ID, ContentGone",
            "ERROR_NO_SELF_REPORTS, PlatformRefusal",
            "ERROR_TYPE_INVALID, NeedsPerson",
            "ERROR_INVALID_PARAMS, NeedsPerson",
            "ERROR_REPORT_OBJECT_TYPE_INVALID, NeedsPerson",
            "ERROR_NOBODY_EVER_SAW, NeedsPerson"
        })
        void tellsItsErrorsApart(String code, String answer) {
            stub.fault(REPORT, answer(400, "application/json", DialectStubs.Pixelfed.refusal(code)));
            ReferralAnswer given = platform.refer(notice(post(), "It threatens a person."));
            assertThat(given.getClass().getSimpleName()).isEqualTo(answer);
            if (given instanceof NeedsPerson) {
                assertThat(alarms.of("social")).singleElement().asString().contains(code);
            } else {
                assertThat(alarms.of("social")).isEmpty();
            }
        }

        @Test
        void refusesOurOwnAccount() {
            Content own = content("ap:account:x@" + stub.host(), stub.base().resolve("/x"), Map.of("accountId", "1"));
            assertThat(platform.refer(notice(own, "It threatens a person."))).isInstanceOf(PlatformRefusal.class);
        }

        @Test
        void isUncertainWheneverTheAnswerDoesNotSaySo() {
            platform = hasty(stub.base());
            for (MastodonStub.Fault fault : List.of(
                    page(200),
                    page(302),
                    page(503),
                    answer(200, "application/json", ""),
                    answer(200, "application/json", "{\"msg\":\"Fine\"}"),
                    answer(200, "application/json", "{\"code\":4"),
                    MastodonStub.flood(),
                    stub.drip(),
                    stub.silence())) {
                stub.fault(REPORT, fault);
                assertThat(platform.refer(notice(post(), "It threatens a person.")))
                        .isInstanceOf(Uncertain.class);
            }
        }

        @Test
        void waitsWhenThrottled() {
            stub.fault(
                    REPORT, error(429, "Too Many Attempts.", "Retry-After", "60", "X-RateLimit-Reset", "1795000000"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(post(), "It threatens a person.")))
                    .satisfies(e -> assertThat(e.retryAt()).contains(NOW.plusSeconds(60)));
        }

        @Test
        void asksAPersonWhenOurAccountMayNotReport() {
            token(MastodonStub.READ_ONLY_TOKEN);
            assertThat(platform.refer(notice(post(), "It threatens a person.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.social.secret")
                            .contains("scope write"));
        }

        @Test
        void doesNotTakeABarredAddressForContentThatIsGone() {
            stub.fault(REPORT, error(404, ""));
            assertThat(platform.refer(notice(post(), "It threatens a person."))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void looksThroughOurAccountAndAtThePublicPage() {
            assertThat(platform.look(List.of(post())).get(0).availability()).isEqualTo(Availability.AVAILABLE);
            stub.remove("703");
            Look look = platform.look(List.of(post())).get(0);
            assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(look.controlAlive()).isTrue();
        }
    }

    @Nested
    class Grouping {

        private MastodonStub stub;
        private Platform platform;

        @BeforeEach
        void start() {
            stub = new MastodonStub()
                    .post("101", "11")
                    .post("104", "11")
                    .post("105", "11")
                    .post("102", "12");
            token(MastodonStub.TOKEN);
            platform = platform(stub.base());
        }

        @AfterEach
        void stop() {
            stub.close();
        }

        private Notice of(int number, String id) {
            return new Notice(
                    Integer.toString(number).repeat(64).substring(0, 64),
                    new Content(
                            CaseReference.of(2026, number),
                            new ContentKey("ap:status:" + stub.host() + "/" + id),
                            stub.base().resolve("/@author/" + id),
                            Map.of()),
                    Category.THREAT,
                    true,
                    false,
                    "Reference " + CaseReference.of(2026, number) + ". It threatens a person.");
        }

        @Test
        void putsPostsOfOneAccountIntoOneReportWithTheWholeOfEachText() {
            List<ReferralAnswer> answers = platform.refer(List.of(of(1, "101"), of(2, "104"), of(3, "105")));

            assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer)
                    .isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.reference())
                            .isEqualTo("501")));
            assertThat(((Receipt) answers.get(1)).identities()).containsEntry("statusId", "104");
            assertThat(stub.reports()).hasSize(1);
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("status_ids")).extracting(JsonNode::textValue).containsExactly("101", "104", "105");
            assertThat(report.get("comment").textValue())
                    .contains("Reference TH-2026-000001. It threatens a person.")
                    .contains("Reference TH-2026-000002. It threatens a person.")
                    .contains("Reference TH-2026-000003. It threatens a person.");
        }

        @Test
        void groupsByAuthorCategoryAndGround() {
            Notice one = of(1, "101");
            assertThat(platform.group(one)).isPresent().isEqualTo(platform.group(of(2, "104")));
            assertThat(platform.noticesPerReport()).isEqualTo(3);
            Notice terms =
                    new Notice(one.idempotencyKey(), one.content(), one.category(), false, false, one.explanation());
            Notice other = new Notice(
                    one.idempotencyKey(), one.content(), Category.RECRUITMENT, true, false, one.explanation());
            assertThat(platform.group(terms)).isNotEqualTo(platform.group(one));
            assertThat(platform.group(other)).isNotEqualTo(platform.group(one));
        }

        @Test
        void groupsByTheAccountTheServerNamedWhereTheAddressDoesNotSay() {
            Content remote = content(
                    "ap:object:x.example/1",
                    URI.create("https://x.example/objects/1"),
                    Map.of("statusId", "101", "accountId", "11"));
            assertThat(platform.group(notice(remote, "It threatens a person."))).isPresent();
            Content unknown = content("ap:object:x.example/1", URI.create("https://x.example/objects/1"), Map.of());
            assertThat(platform.group(notice(unknown, "It threatens a person.")))
                    .isEmpty();
        }

        @Test
        void leavesALongTextAReportOfItsOwn() {
            Notice one = of(1, "101");
            Notice longer = new Notice(
                    one.idempotencyKey(), one.content(), one.category(), true, false, "It threatens. ".repeat(30));
            assertThat(platform.group(longer)).isEmpty();
        }

        @Test
        void leavesAnAccountAReportOfItsOwn() {
            Content account =
                    content("ap:account:author@" + stub.host(), stub.base().resolve("/@author"), Map.of());
            assertThat(platform.group(notice(account, "It recruits."))).isEmpty();
        }

        @Test
        void answersForEachWhenOneOfThemIsGone() {
            stub.remove("104");
            List<ReferralAnswer> answers = platform.refer(List.of(of(1, "101"), of(2, "104"), of(3, "105")));
            assertThat(answers.get(0)).isInstanceOf(Receipt.class);
            assertThat(answers.get(1)).isInstanceOf(ContentGone.class);
            assertThat(answers.get(2)).isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("status_ids")).hasSize(2);
        }

        @Test
        void makesTwoReportsWhereTheAddressNamedTheWrongAuthor() {
            List<ReferralAnswer> answers = platform.refer(List.of(of(1, "101"), of(2, "102")));
            assertThat(answers).hasOnlyElementsOfType(Receipt.class);
            assertThat(stub.reports())
                    .extracting(report -> report.get("account_id").textValue())
                    .containsExactly("11", "12");
        }

        @Test
        void asksAPersonAboutTheSecondReportWhenTheFirstIsOutAlready() {
            options.put("reports-per-day", "1");
            platform = platform(stub.base());
            List<ReferralAnswer> answers = platform.refer(List.of(of(1, "101"), of(2, "102")));
            assertThat(answers.get(0)).isInstanceOf(Receipt.class);
            assertThat(answers.get(1)).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void isUncertainOfAllOfThemTogether() {
            platform = hasty(stub.base());
            stub.fault("POST /api/v1/reports", stub.silence());
            assertThat(platform.refer(List.of(of(1, "101"), of(2, "104"))))
                    .hasSize(2)
                    .hasOnlyElementsOfType(Uncertain.class);
            assertThat(stub.calls()).filteredOn("POST /api/v1/reports"::equals).hasSize(1);
        }

        @Test
        void handsInNothingWhenToldToWait() {
            stub.fault("POST /api/v1/reports", error(429, "Too many requests"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(List.of(of(1, "101"), of(2, "104"))));
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void refusesMoreThanAReportTakes() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> platform.refer(List.of(of(1, "101"), of(2, "104"), of(3, "105"), of(4, "101"))));
        }
    }

    @Nested
    class Limits {

        private MastodonStub stub;

        @BeforeEach
        void start() {
            stub = new MastodonStub().post("101", "11");
            token(MastodonStub.TOKEN);
        }

        @AfterEach
        void stop() {
            stub.close();
        }

        private Content post() {
            return content("ap:status:" + stub.host() + "/101", stub.base().resolve("/@author/101"), Map.of());
        }

        @Test
        void countsTheReportsOfTheDay() {
            options.put("reports-per-day", "10");
            Platform platform = platform(stub.base());
            assertThat(quota(platform).used()).isZero();
            platform.refer(notice(post(), "It threatens a person."));
            assertThat(quota(platform)).satisfies(quota -> {
                assertThat(quota.unit()).isEqualTo("reports");
                assertThat(quota.limit()).isEqualTo(10);
                assertThat(quota.used()).isEqualTo(1);
                assertThat(quota.resetsAt()).isBetween(NOW, NOW.plus(Duration.ofDays(1)));
            });
        }

        @Test
        void showsTheServersOwnCountWhileThatIsNearerToItsEnd() {
            Platform platform = platform(stub.base());
            stub.remaining(12);
            platform.look(List.of(post()));
            assertThat(quota(platform)).isEqualTo(new Quota("requests", 300, 288, Instant.parse(MastodonStub.RESET)));

            clock.advance(Duration.ofMinutes(6));
            assertThat(quota(platform).unit()).isEqualTo("reports");
        }

        private static Quota quota(Platform platform) {
            return platform.quota().orElseThrow();
        }
    }

    private Platform platform(URI base) {
        return platform(base, Duration.ofSeconds(10));
    }

    /** One that does not wait long for a server that is slow on purpose; the machine is warm by then. */
    private Platform hasty(URI base) {
        platform(base).checkConnection();
        return platform(base, Duration.ofSeconds(1));
    }

    private Platform platform(URI base, Duration timeout) {
        PlatformSettings settings = new PlatformSettings(
                "mastodon",
                true,
                base,
                List.of(base.getAuthority()),
                null,
                "file:" + secrets.resolve("token"),
                null,
                null,
                null,
                timeout,
                2,
                options);
        return new MastodonPlatformFactory(alarms, clock).create("social", settings);
    }

    private void token(String token) {
        try {
            Files.writeString(secrets.resolve("token"), token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content content(String key, URI url, Map<String, String> identities) {
        return new Content(CaseReference.of(2026, 1), new ContentKey(key), url, identities);
    }

    private static Notice notice(Content content, String explanation) {
        return new Notice("0".repeat(64), content, Category.THREAT, true, false, explanation);
    }

    private SentReport sent(String reference) {
        return new SentReport(
                reference, content("ap:object:x.example/1", URI.create("https://x.example/1"), Map.of()), 1, NOW);
    }
}
