package org.takedownhub.platform.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.takedownhub.platform.ContractServer.answering;
import static org.takedownhub.platform.ContractServer.page;
import static org.takedownhub.platform.ContractServer.tenMegabytes;

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
import java.util.Optional;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContractServer.Reply;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReply.Kind;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.VantageSettings;
import org.takedownhub.platform.Vantages;

/** Against a stub that enforces the documented API. */
@BesideOthers
@Timeout(60)
class CloudflarePlatformTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String THREATS = "POST " + CloudflareStub.REPORTS + "/abuse_threat";
    private static final String SITE = "https://gang.example/";

    /** What reads pages has its own tests. */
    private static final PublicLooks LOOKS = new PublicLooks() {
        @Override
        public List<Look> look(List<Content> contents, Vantage vantage, Hints hints) {
            return contents.stream()
                    .map(content -> Look.unknown(UnknownReason.NO_INTERFACE, "read from " + vantage.country()))
                    .toList();
        }

        @Override
        public boolean canRead(Content content, Hints hints) {
            return true;
        }
    };

    private static JdbcClient jdbc;

    @TempDir
    Path secrets;

    private final MutableClock clock = new MutableClock(NOON);
    private final Map<String, String> options = new HashMap<>();
    private Duration timeout = Duration.ofSeconds(10);
    private CloudflareStub stub;
    private PlatformAlarms alarms;
    private Platform platform;

    @BeforeAll
    static void migrate() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:cloudflare;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = JdbcClient.create(database);
    }

    @BeforeEach
    void start() {
        jdbc.sql("delete from platform_alarm").update();
        alarms = new PlatformAlarms(jdbc, clock);
        stub = new CloudflareStub().serving("gang.example");
        token(CloudflareStub.TOKEN);
        options.putAll(Map.of(
                "requests-per-minute", "100000",
                "name", "Social-media hub",
                "email", "hub@police.example"));
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class Referring {

        @Test
        void reportsAPageAsARoleAndTellsNobodyWhoAsked() {
            assertThat(refer("a")).isInstanceOfSatisfying(Receipt.class, receipt -> {
                assertThat(receipt.reference()).isEqualTo("rand1");
                assertThat(receipt.identities()).containsEntry("cloudflareReport", "rand1");
            });
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("act").textValue()).isEqualTo("abuse_threat");
            assertThat(report.get("urls").textValue()).isEqualTo(SITE + "a");
            assertThat(report.get("justification").textValue()).isEqualTo("Why a.");
            assertThat(report.get("comments").textValue()).isEqualTo("Our references: TH-2026-000001");
            assertThat(report.get("email")).isEqualTo(report.get("email2"));
            assertThat(report.get("host_notification").textValue()).isEqualTo("send-anon");
            assertThat(report.get("owner_notification").textValue()).isEqualTo("send-anon");
        }

        @ParameterizedTest
        @CsvSource({
            "THREAT, abuse_threat", "INCITEMENT, abuse_threat", "GANG_PROMOTION, abuse_threat",
            "INTIMIDATION, abuse_threat", "WEAPONS_SALE, abuse_general", "GRAPHIC_VIOLENCE, abuse_general",
            "RECRUITMENT, abuse_general", "TERRORISM, abuse_general", "OTHER, abuse_general"
        })
        void filesItUnderTheTypeOfItsCategory(Category category, String type) {
            assertThat(platform.refer(notice(1, "a", category, "Why."))).isInstanceOf(Receipt.class);
            assertThat(stub.calls()).containsExactly("POST " + CloudflareStub.REPORTS + "/" + type);
        }

        @Test
        void filesItUnderTheTypeThatTheSettingsWant() {
            options.put("type-terrorism", "threat");
            platform().refer(notice(1, "a", Category.TERRORISM, "Why."));
            assertThat(stub.calls()).containsExactly(THREATS);
        }

        @Test
        void takesADuplicateForReportedUnderTheNumberTheCaseRemembers() {
            refer("a");
            Content known = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("web:url:gang.example/a"),
                    URI.create(SITE + "a"),
                    Map.of("cloudflareReport", "rand1"));
            assertThat(platform.refer(new Notice("0".repeat(64), known, Category.THREAT, true, false, "Why.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.reference())
                            .isEqualTo("rand1"));
            assertThat(stub.reports()).hasSize(1);
        }

        @Test
        void looksUpTheNumberOfADuplicateThatTheCaseDoesNotRemember() {
            refer("b");
            refer("a");
            assertThat(refer("a")).isInstanceOfSatisfying(Receipt.class, receipt -> {
                assertThat(receipt.reference()).isEqualTo("rand2");
                assertThat(receipt.receivedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:01Z"));
            });
        }

        @Test
        void takesADuplicateForReportedWhenItsNumberCannotBeFound() {
            refer("a");
            stub.fault("GET " + CloudflareStub.REPORTS + "/submitted", page(500));
            assertThat(refer("a")).isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.reference())
                    .isEqualTo("reported within seven days"));
        }

        @Test
        void refusesASiteThatCloudflareDoesNotServe() {
            Notice elsewhere = notice(1, "https://elsewhere.example/x", Category.THREAT, "Why.");
            assertThat(platform.refer(elsewhere))
                    .isInstanceOfSatisfying(PlatformRefusal.class, refusal -> assertThat(refusal.reason())
                            .contains("does not serve"));
        }

        @Test
        void leavesToAPersonWhatHasNoWebAddress() {
            Notice record = notice(1, "at://did:plc:abc/app.bsky.feed.post/1", Category.THREAT, "Why.");
            assertThat(platform.group(record)).isEmpty();
            assertThat(platform.refer(record)).isInstanceOf(NeedsPerson.class);
            assertThat(stub.calls()).isEmpty();
        }
    }

    @Nested
    class Grouping {

        @Test
        void putsPagesOfOneHostAndOneTypeTogether() {
            assertThat(platform.group(threat("a"))).isEqualTo(platform.group(threat("b")));
            assertThat(platform.group(threat("a")))
                    .isNotEqualTo(platform.group(notice(1, "a", Category.WEAPONS_SALE, "Why.")))
                    .isNotEqualTo(platform.group(notice(1, "https://elsewhere.example/a", Category.THREAT, "Why.")));
            assertThat(platform.noticesPerReport()).isBetween(2, 250);
        }

        @Test
        void sendsThemAsOneReport() {
            List<ReferralAnswer> answers = platform.refer(List.of(threat("a"), threat("b"), threat("c")));
            assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer)
                    .isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.reference())
                            .isEqualTo("rand1")));
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("urls").textValue()).isEqualTo(SITE + "a\n" + SITE + "b\n" + SITE + "c");
            assertThat(report.get("justification").textValue()).contains(SITE + "b\nWhy b.");
        }

        @Test
        void namesAnAddressOnceThoughTwoNoticesAreAboutIt() {
            assertThat(platform.refer(List.of(threat("a"), threat("a")))).hasSize(2);
            assertThat(stub.reports().get(0).get("urls").textValue()).isEqualTo(SITE + "a");
        }

        @Test
        void sendsAnotherReportInsteadOfCuttingTheText() {
            List<Notice> notices = IntStream.range(0, 3)
                    .mapToObj(number -> notice(number + 1, "p" + number, Category.THREAT, "x".repeat(4000)))
                    .toList();
            assertThat(platform.refer(notices))
                    .extracting(answer -> ((Receipt) answer).reference())
                    .containsExactly("rand1", "rand2", "rand3");
            assertThat(stub.reports())
                    .allMatch(report -> report.get("justification").textValue().length() >= 4000);
        }

        @Test
        void sendsTheOthersWhenOneWasReportedBefore() {
            refer("b");
            List<ReferralAnswer> answers = platform.refer(List.of(threat("a"), threat("b"), threat("c")));
            assertThat(answers)
                    .extracting(answer -> ((Receipt) answer).reference())
                    .containsExactly("rand2", "rand1", "rand3");
        }

        @Test
        void sendsNothingTwiceWhenItBreaksOffInBetween() {
            refer("b");
            Reply duplicate = CloudflareStub.refused(400, "dedupe", "You have already submitted this URL");
            stub.fault(THREATS, answering(400, duplicate.type(), duplicate.body()));
            stub.fault(THREATS, (exchange, call) -> {
                Reply taken = stub.answer(call);
                answering(taken.status(), taken.type(), taken.body()).happen(exchange, call);
            });
            stub.fault(THREATS, answering(429, "application/json", "{}", "Retry-After", "60"));
            List<ReferralAnswer> answers = platform.refer(List.of(threat("a"), threat("b"), threat("c")));
            assertThat(answers.get(0)).isInstanceOf(Receipt.class);
            assertThat(answers.get(1)).isInstanceOf(NeedsPerson.class);
            assertThat(answers.get(2)).isInstanceOf(NeedsPerson.class);
            assertThat(stub.reports()).hasSize(2);
        }

        @Test
        void refusesWhatDoesNotBelongTogether() {
            List<Notice> mixed = List.of(threat("a"), notice(2, "b", Category.WEAPONS_SALE, "Why."));
            assertThatIllegalArgumentException().isThrownBy(() -> platform.refer(mixed));
        }
    }

    @Nested
    class Errors {

        @Test
        void tellAMissingEntitlementFromABadToken() {
            stub.withdrawEntitlement();
            assertThat(refer("a")).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("not entitled", "token itself is good"));
            assertThat(alarms.of("cf")).singleElement().asString().contains("entitle");
            token("a-bad-token");
            assertThat(refer("a")).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("takedown.platforms.cf.secret")
                    .doesNotContain("a-bad-token"));
            assertThat(alarms.of("cf")).singleElement().asString().contains("does not accept our token");
        }

        @Test
        void knowTheTokensOfAnAccount() {
            stub.giveTokensToTheAccount();
            stub.withdrawEntitlement();
            assertThat(refer("a")).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("not entitled"));
        }

        @Test
        void ofTheAccountStopRaisingTheAlarmOnceAReportIsTaken() {
            alarms.raise("cf", "account", "something");
            refer("a");
            assertThat(alarms.of("cf")).isEmpty();
        }

        @Test
        void ofTooManyRequestsWait() {
            stub.fault(THREATS, answering(429, "application/json", "{}", "Retry-After", "120"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> refer("a"))
                    .satisfies(refused -> assertThat(refused.retryAt()).contains(NOON.plusSeconds(120)));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> refer("a"));
            assertThat(stub.calls()).hasSize(1);
            clock.advance(Duration.ofSeconds(121));
            assertThat(refer("a")).isInstanceOf(Receipt.class);
        }

        @ParameterizedTest
        @CsvSource({
            "Please pick one party to notify about this report, PlatformRefusal",
            "Invalid URL (http://example.com/), PlatformRefusal",
            "Provided emails did not match, NeedsPerson"
        })
        void ofTheReportGoWhereTheyCanBeMended(String words, String answer) {
            Reply refused = CloudflareStub.refused(400, "code", words);
            stub.fault(THREATS, answering(400, refused.type(), refused.body()));
            assertThat(refer("a").getClass().getSimpleName()).isEqualTo(answer);
        }

        @Test
        void thatComeWith200AreErrors() {
            Reply refused = CloudflareStub.refused(200, "code", "Invalid report type");
            stub.fault(THREATS, answering(200, refused.type(), refused.body()));
            assertThat(refer("a")).isInstanceOf(PlatformRefusal.class);
        }

        @Test
        void ofTheirDatabaseLeaveItOpen() {
            Reply failed = CloudflareStub.refused(500, "db", "Failed while writing to the database");
            stub.fault(THREATS, answering(500, failed.type(), failed.body()));
            assertThat(refer("a")).isInstanceOf(Uncertain.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "<html>",
                    "{\"result\":\"success\"}",
                    "{\"result\":\"success\",\"abuse_rand\":\"../x\"}",
                    "{\"abuse_rand\":\"rand1\",\"resu",
                    "{\"result\":\"queued\",\"abuse_rand\":\"rand1\"}"
                })
        void ofAChangedContractAreNoSuccessAndRaiseAnAlarm(String body) {
            stub.fault(THREATS, answering(200, "application/json", body));
            assertThat(refer("a")).isInstanceOf(Uncertain.class);
            assertThat(alarms.of("cf")).hasSize(1);
            refer("a");
            assertThat(alarms.of("cf")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {302, 408, 500, 503, 520, 522})
        void thatLeaveItOpenAreUncertain(int status) {
            stub.fault(THREATS, page(status));
            assertThat(refer("a")).isInstanceOf(Uncertain.class);
            assertThat(stub.callsTo(THREATS)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 403, 404})
        void ofSomethingInFrontSayNothing(int status) {
            stub.fault(THREATS, page(status));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> refer("a"));
        }

        @Test
        void afterItWasTakenAreUncertainAndNeverSentAgain() {
            timeout = Duration.ofSeconds(2);
            platform = platform();
            stub.fault(THREATS, stub.takenWithoutAWord());
            assertThat(refer("a")).isInstanceOf(Uncertain.class);
            assertThat(stub.reports()).hasSize(1);
            stub.fault(THREATS, stub.drip(200));
            assertThat(refer("b")).isInstanceOf(Uncertain.class);
            assertThat(stub.callsTo(THREATS)).hasSize(2);
        }

        @Test
        void ofTenMegabytesAreUncertain() {
            stub.fault(THREATS, tenMegabytes(200));
            assertThat(refer("a")).isInstanceOf(Uncertain.class);
        }

        @Test
        void ofAConnectionThatNeverWasCanBeTriedAgain() {
            stub.close();
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> refer("a"));
        }

        @Test
        void ofAMissingTokenNameTheSetting() {
            token("");
            assertThat(refer("a")).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("takedown.platforms.cf.secret"));
        }
    }

    @Nested
    class Replying {

        @Test
        void saysThatItHasTheReport() {
            refer("a");
            assertThat(replies("rand1"))
                    .containsExactly(new PlatformReply(
                            Kind.ACKNOWLEDGED,
                            "Cloudflare has the report",
                            Instant.parse("2026-11-22T12:00:01Z"),
                            "status:submitted"));
            assertThat(platform.repliesToReports()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "accepted, , ACKNOWLEDGED",
            "denied, no_abuse_found, NO_ACTION",
            "denied, unable_to_confirm, NO_ACTION",
            "denied, not_on_cloudflare, UNDELIVERABLE",
            "denied, content_removed, ACTION_TAKEN",
            "denied, duplicate_report, ACKNOWLEDGED",
            "denied, law_enforcement_referral_required, MESSAGE",
            "denied, wrong_report_category, MESSAGE",
            "denied, , MESSAGE",
            "pondering, , MESSAGE"
        })
        void saysWhatItDecided(String status, String reason, Kind kind) {
            refer("a");
            stub.decide("rand1", status, reason);
            assertThat(replies("rand1")).singleElement().returns(kind, PlatformReply::kind);
        }

        @Test
        void saysWhatItDid() {
            refer("a");
            stub.decide("rand1", "accepted", null);
            stub.notifyHost("rand1");
            stub.mitigate("rand1", "m1", "legal_block", "active");
            stub.mitigate("rand1", "m2", "network_block", "pending");
            stub.mitigate("rand1", "m3", "misleading_interstitial", "removed");
            assertThat(replies("rand1"))
                    .extracting(PlatformReply::kind)
                    .containsExactly(
                            Kind.ACKNOWLEDGED, Kind.ACKNOWLEDGED, Kind.ACTION_TAKEN, Kind.ACKNOWLEDGED, Kind.MESSAGE);
            assertThat(replies("rand1"))
                    .extracting(PlatformReply::key)
                    .contains("host-notified", "mitigation:m1:active");
            assertThat(replies("rand1")).isEqualTo(replies("rand1"));
        }

        @Test
        void saysLessToAnAccountThatSeesLess() {
            refer("a");
            stub.hideDetails();
            assertThat(replies("rand1")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"reported within seven days", "../../user/tokens", ""})
        void isNotAskedAboutWhatIsNoNumber(String reference) {
            assertThat(replies(reference)).isEmpty();
            assertThat(stub.calls()).isEmpty();
        }

        @Test
        void isNotTakenForSilentWhenItFails() {
            refer("a");
            stub.fault("GET " + CloudflareStub.REPORTS + "/submitted", page(502));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> replies("rand1"));
        }

        private List<PlatformReply> replies(String reference) {
            return platform.repliesTo(
                            List.of(new SentReport(reference, threat("a").content(), 1, NOON)))
                    .get(0);
        }
    }

    @Nested
    class Connecting {

        @Test
        void reportsNothingWhileItChecks() {
            platform.checkConnection();
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void tellsWhatToMend() {
            stub.withdrawEntitlement();
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(platform::checkConnection)
                    .withMessageContaining("entitlement");
            token("a-bad-token");
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(platform::checkConnection)
                    .withMessageContaining("takedown.platforms.cf.secret");
        }

        @Test
        void looksAtThePageItself() {
            assertThat(platform.look(List.of(threat("a").content())).get(0).detail())
                    .isEqualTo("read from GB");
            assertThat(platform.look(List.of(threat("a").content()), new Vantage("berlin", "DE", Optional.empty()))
                            .get(0)
                            .detail())
                    .isEqualTo("read from DE");
            assertThat(platform.differsByCountry()).isTrue();
            assertThat(stub.calls()).isEmpty();
        }

        @Test
        void capturesThePageWithoutOurToken() {
            Content page = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("web:url:localhost/page"),
                    stub.base().resolve("page"),
                    Map.of());
            assertThat(new String(platform.capture(page).body())).contains("A page");
        }

        @ParameterizedTest
        @CsvSource({
            "email, nobody, options.email",
            "type-threat, dmca, options.type-threat",
            "host-notification, none, options.host-notification",
            "country, uk, options.country",
            "colour, red, options.colour"
        })
        void namesAnImpossibleSetting(String option, String value, String named) {
            options.put(option, value);
            assertThatIllegalStateException()
                    .isThrownBy(CloudflarePlatformTest.this::platform)
                    .withMessageContaining("takedown.platforms.cf." + named);
        }
    }

    private ReferralAnswer refer(String path) {
        return platform.refer(threat(path));
    }

    private static Notice threat(String path) {
        return notice(1, path, Category.THREAT, "Why " + path + ".");
    }

    private static Notice notice(int number, String path, Category category, String explanation) {
        URI url = URI.create(path.contains(":") ? path : SITE + path);
        Content content = new Content(
                CaseReference.of(2026, number),
                ContentKey.of("web", "url", url.getSchemeSpecificPart()),
                url,
                Map.of());
        return new Notice("0".repeat(64), content, category, true, false, explanation);
    }

    private Platform platform() {
        return new CloudflarePlatformFactory(
                        LOOKS,
                        new Vantages(
                                new VantageSettings(Map.of()),
                                new ConfirmationSettings(Duration.ofMinutes(5), 2, 3, "GB")),
                        alarms,
                        clock)
                .create(
                        "cf",
                        new PlatformSettings(
                                "cloudflare",
                                true,
                                stub.base().resolve("client/v4/"),
                                List.of("gang.example"),
                                CloudflareStub.ACCOUNT,
                                "file:" + secrets.resolve("token"),
                                null,
                                null,
                                null,
                                timeout,
                                2,
                                Map.copyOf(options)));
    }

    private void token(String token) {
        try {
            Files.writeString(secrets.resolve("token"), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
