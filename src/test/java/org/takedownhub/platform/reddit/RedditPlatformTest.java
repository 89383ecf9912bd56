package org.takedownhub.platform.reddit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.takedownhub.platform.ContractServer.answering;
import static org.takedownhub.platform.ContractServer.page;
import static org.takedownhub.platform.ContractServer.tenMegabytes;
import static org.takedownhub.platform.reddit.RedditStub.INFO;
import static org.takedownhub.platform.reddit.RedditStub.REPORT;
import static org.takedownhub.platform.reddit.RedditStub.RULES;
import static org.takedownhub.platform.reddit.RedditStub.THREATENS;
import static org.takedownhub.platform.reddit.RedditStub.TOKEN;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContractServer.Reply;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;

/** Against a stub that enforces what is known of the API. */
@Timeout(60)
class RedditPlatformTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static JdbcClient jdbc;

    @TempDir
    Path secrets;

    private final MutableClock clock = new MutableClock(NOON);
    private final Map<String, String> options = new HashMap<>();
    private Duration timeout = Duration.ofSeconds(10);
    private RedditStub stub;
    private PlatformAlarms alarms;
    private Platform platform;

    @BeforeAll
    static void migrate() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:reddit;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = JdbcClient.create(database);
    }

    @BeforeEach
    void start() {
        jdbc.sql("delete from platform_alarm").update();
        alarms = new PlatformAlarms(jdbc, clock);
        stub = new RedditStub();
        stub.post("1abcde");
        stub.comment("kx1y2z3");
        stub.post("control");
        secret("refresh-token", "the-refresh-token");
        secret("client-secret", "the-client-secret");
        options.putAll(Map.of(
                "requests-per-minute", "100000",
                "approval", "granted",
                "token-url", stub.base() + "api/v1/access_token",
                "client-secret", "file:" + secrets.resolve("client-secret"),
                "account", "hub_account",
                "control-post", "control",
                "reason-threat", THREATENS));
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class SwitchingOn {

        @ParameterizedTest
        @ValueSource(strings = {"", "requested", "true"})
        void needsTheWordThatRedditHasApprovedIt(String approval) {
            options.put("approval", approval);
            assertThatIllegalStateException()
                    .isThrownBy(RedditPlatformTest.this::platform)
                    .withMessageContaining("takedown.platforms.forum.options.approval")
                    .withMessageContaining("enabled to false");
            options.remove("approval");
            assertThatIllegalStateException().isThrownBy(RedditPlatformTest.this::platform);
        }

        @ParameterizedTest
        @CsvSource({
            "control-post, t3_abc",
            "account, /u/hub",
            "client-secret, the-secret-itself",
            "reason-anger, x",
            "token-url, mailto:x"
        })
        void namesAnImpossibleSetting(String option, String value) {
            options.put(option, value);
            assertThatIllegalStateException()
                    .isThrownBy(RedditPlatformTest.this::platform)
                    .withMessageContaining("takedown.platforms.forum.options." + option)
                    .withMessageNotContaining("the-secret-itself");
        }

        @Test
        void reportsNothingWhileItChecks() {
            platform.checkConnection();
            assertThat(stub.reports()).isEmpty();
            assertThat(platform.capabilities())
                    .anyMatch(words -> words.contains("on offer") && words.contains(THREATENS));
            assertThat(platform.capabilities()).noneMatch(words -> words.contains("copyright"));
        }

        @Test
        void saysWhatToMend() {
            options.put("reason-threat", "It is bad");
            platform().checkConnection();
            assertThat(alarms.of("forum")).singleElement().asString().contains("It is bad", "options.reason-threat");
            options.remove("reason-threat");
            platform().checkConnection();
            assertThat(alarms.of("forum")).hasSize(2).last().asString().contains("On offer", THREATENS);
            stub.remove("t3_control");
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform().checkConnection())
                    .withMessageContaining("control-post");
            stub.withdrawGrant();
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform().checkConnection())
                    .withMessageContaining("takedown.platforms.forum.secret");
        }
    }

    @Nested
    class Referring {

        @ParameterizedTest
        @CsvSource({"t3, 1abcde", "t1, kx1y2z3"})
        void reportsAPostOrAComment(String type, String id) {
            assertThat(platform.refer(notice(content(type, id), Category.THREAT, "Why.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> {
                        assertThat(receipt.reference()).isEqualTo(type + "_" + id);
                        assertThat(receipt.receivedAt()).isEqualTo(NOON);
                    });
            assertThat(stub.reports().get(0))
                    .containsEntry("reason", THREATENS)
                    .containsEntry("site_reason", THREATENS)
                    .containsEntry("strict_freeform_reports", "true")
                    .containsEntry("sr_name", "knives")
                    .containsEntry("additional_info", "Why.");
        }

        @Test
        void shortensATooLongExplanationAndSaysSo() {
            String explanation = "This sentence says why. ".repeat(120);
            assertThat(platform.refer(notice(post(), Category.THREAT, explanation)))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("additional_info"))
                    .hasSizeLessThanOrEqualTo(2000)
                    .contains("This sentence says why. [Shortened")
                    .contains("reference TH-2026-000001");
        }

        @Test
        void leavesToAPersonWhatIsNeither() {
            assertThat(platform.refer(notice(content("account", "someone"), Category.THREAT, "Why.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(stub.calls()).isEmpty();
        }

        @Test
        void asksForRedditsReasonsOnceInHours() {
            refer();
            refer();
            clock.advance(Duration.ofHours(7));
            refer();
            assertThat(stub.callsTo(RULES)).hasSize(2);
        }

        @Test
        void sendsNothingWithoutAReasonThatAPersonChose() {
            assertThat(platform.refer(notice(post(), Category.RECRUITMENT, "Why.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("options.reason-recruitment"));
            assertThat(stub.calls()).isEmpty();
            assertThat(alarms.of("forum")).hasSize(1);
        }

        @Test
        void sendsNothingWhenTheReasonDisappears() {
            stub.withdraw(THREATENS);
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(stub.callsTo(REPORT)).isEmpty();
            assertThat(alarms.of("forum")).singleElement().asString().contains("This is spam");
        }

        @Test
        void sendsNothingForAReasonThatHasAFormOfItsOwn() {
            options.put("reason-threat", "It infringes my copyright");
            assertThat(platform().refer(notice(post(), Category.THREAT, "Why.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(stub.callsTo(REPORT)).isEmpty();
        }

        @Test
        void asksAPersonAboutWhatRedditDoesNotShowUs() {
            stub.remove("t3_1abcde");
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void signsInAgainWhenTheTokenRunsOut() {
            refer();
            stub.expireTokens();
            assertThat(refer()).isInstanceOf(Receipt.class);
            clock.advance(Duration.ofDays(1));
            assertThat(refer()).isInstanceOf(Receipt.class);
            assertThat(stub.callsTo(TOKEN)).hasSize(3);
        }
    }

    @Nested
    class Errors {

        @Test
        void thatComeWith200AreNoSuccess() {
            refer();
            stub.withdraw(THREATENS);
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(alarms.of("forum")).hasSize(1);
            assertThat(stub.reports()).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "NO_THING_ID, ContentGone",
            "DELETED_LINK, ContentGone",
            "USER_REQUIRED, NeedsPerson",
            "TOO_LONG, PlatformRefusal",
            "SOMETHING_NEW, PlatformRefusal"
        })
        void goByTheirCode(String code, String answer) {
            Reply errors = RedditStub.errors(code);
            stub.fault(REPORT, answering(200, errors.type(), errors.body()));
            assertThat(refer().getClass().getSimpleName()).isEqualTo(answer);
        }

        @Test
        void ofTheRateWaitAsLongAsTheySay() {
            Reply errors = RedditStub.errors("RATELIMIT");
            stub.fault(REPORT, answering(200, errors.type(), errors.body()));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(RedditPlatformTest.this::refer)
                    .satisfies(refused -> assertThat(refused.retryAt()).contains(NOON.plusSeconds(90)));
        }

        @Test
        void of429WaitUntilTheReset() {
            stub.fault(REPORT, answering(429, "application/json", "{}", "X-Ratelimit-Reset", "77"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(RedditPlatformTest.this::refer)
                    .satisfies(refused -> assertThat(refused.retryAt()).contains(NOON.plusSeconds(77)));
            assertThat(look(post()).unknownReason()).contains(UnknownReason.RATE_LIMITED);
            clock.advance(Duration.ofSeconds(78));
            assertThat(refer()).isInstanceOf(Receipt.class);
        }

        @Test
        void areAvoidedWhenTheAnswersSayThatNothingIsLeft() {
            stub.allow(2);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(RedditPlatformTest.this::refer)
                    .satisfies(refused -> assertThat(refused.retryAt()).contains(NOON.plusSeconds(240)));
            assertThat(stub.callsTo(REPORT)).isEmpty();
            assertThat(platform.quota().orElseThrow())
                    .returns(2L, quota -> quota.limit())
                    .returns(2L, quota -> quota.used())
                    .returns(NOON.plusSeconds(240), quota -> quota.resetsAt());
        }

        @ParameterizedTest
        @CsvSource({
            "403, '{\"message\":\"Forbidden\",\"reason\":\"private\",\"error\":403}', NeedsPerson",
            "404, '{\"message\":\"Not Found\",\"reason\":\"banned\",\"error\":404}', ContentGone",
            "400, '{\"message\":\"Bad Request\",\"error\":400}', PlatformRefusal",
            "500, '{\"message\":\"Internal Server Error\",\"error\":500}', Uncertain",
            "503, '', Uncertain",
            "302, '', Uncertain"
        })
        void ofHttpGoByStatusAndBody(int status, String body, String answer) {
            stub.fault(REPORT, answering(status, "application/json", body));
            assertThat(refer().getClass().getSimpleName()).isEqualTo(answer);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 403, 404})
        void ofSomethingInFrontSayNothing(int status) {
            stub.fault(REPORT, page(status));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(RedditPlatformTest.this::refer);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"json\":{}}",
                    "{\"json\":{\"errors\":null}}",
                    "{\"jquery\":[]}",
                    "[]",
                    "{\"json\":{\"errors\":[",
                    "<html>"
                })
        void ofAChangedContractAreNoSuccessAndRaiseAnAlarm(String body) {
            stub.fault(REPORT, answering(200, "application/json", body));
            assertThat(refer()).isInstanceOf(Uncertain.class);
            assertThat(alarms.of("forum")).hasSize(1);
            refer();
            assertThat(alarms.of("forum")).isEmpty();
        }

        @Test
        void afterItWasTakenAreUncertainAndNeverSentAgain() {
            timeout = Duration.ofSeconds(2);
            platform = platform();
            stub.fault(REPORT, stub.takenWithoutAWord());
            assertThat(refer()).isInstanceOf(Uncertain.class);
            assertThat(stub.reports()).hasSize(1);
            assertThat(stub.callsTo(REPORT)).hasSize(1);
        }

        @Test
        void ofTenMegabytesAreUncertain() {
            stub.fault(REPORT, tenMegabytes(200));
            assertThat(refer()).isInstanceOf(Uncertain.class);
        }

        @Test
        void ofTheSignInNameWhatToMend() {
            secret("client-secret", "another");
            assertThat(refer()).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("options.client-secret"));
            secret("client-secret", "the-client-secret");
            stub.withdrawGrant();
            assertThat(refer()).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("takedown.platforms.forum.secret")
                    .doesNotContain("the-refresh-token"));
            assertThat(look(post()).unknownReason()).contains(UnknownReason.NOT_ALLOWED);
        }

        @Test
        void ofATokenThatIsNeverAcceptedGoToAPerson() {
            stub.fault(INFO, answering(401, "application/json", "{\"error\":401}"));
            stub.fault(INFO, answering(401, "application/json", "{\"error\":401}"));
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
        }
    }

    @Nested
    class Looking {

        @Test
        void asksAboutAHundredAtThePriceOfOne() {
            List<Content> contents = new ArrayList<>();
            for (int number = 0; number < 150; number++) {
                stub.post("p" + number);
                contents.add(content("t3", "p" + number));
            }
            assertThat(platform.itemsPerLook()).isEqualTo(100);
            assertThat(platform.look(contents))
                    .hasSize(150)
                    .extracting(Look::availability)
                    .containsOnly(Availability.AVAILABLE);
            assertThat(stub.callsTo(INFO)).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource({
            "deleted, DELETED_BY_AUTHOR",
            "author, DELETED_BY_AUTHOR",
            "moderator, REMOVED_BY_PLATFORM",
            "automod_filtered, REMOVED_BY_PLATFORM",
            "spam, REMOVED_BY_PLATFORM",
            "reddit, REMOVED_BY_PLATFORM",
            "anti_evil_ops, REMOVED_BY_PLATFORM",
            "community_ops, REMOVED_BY_PLATFORM",
            "content_takedown, REMOVED_BY_PLATFORM",
            "copyright_takedown, REMOVED_BY_PLATFORM",
            "legal_operations, REMOVED_BY_PLATFORM",
            "legal, GEO_BLOCKED",
            "weather, UNKNOWN"
        })
        void readsWhoRemovedAPost(String category, Availability availability) {
            stub.post("1abcde").put("removed_by_category", category);
            assertThat(look(post()).availability()).isEqualTo(availability);
        }

        @Test
        void knowsNothingOfAPostWithoutTheField() {
            stub.post("1abcde").remove("removed_by_category");
            assertThat(look(post()).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @ParameterizedTest
        @CsvSource({
            "someone, A comment, AVAILABLE",
            "[deleted], [removed], REMOVED_BY_PLATFORM",
            "[deleted], [deleted], DELETED_BY_AUTHOR",
            // anybody can write these words, and an account that is closed leaves its comments behind
            "someone, [removed], AVAILABLE",
            "[deleted], A comment, AVAILABLE"
        })
        void readsWhatBecameOfAComment(String author, String body, Availability availability) {
            stub.comment("kx1y2z3").put("author", author).put("body", body);
            assertThat(look(content("t1", "kx1y2z3")).availability()).isEqualTo(availability);
        }

        @Test
        void knowsNothingOfACommentWithoutItsText() {
            ((ObjectNode) stub.comment("kx1y2z3")).remove("body");
            assertThat(look(content("t1", "kx1y2z3")).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void countsAMissOnlyBesideAPostThatIsUp() {
            stub.remove("t3_1abcde");
            assertThat(look(post()))
                    .returns(Availability.GONE_UNATTRIBUTED, Look::availability)
                    .returns(true, Look::controlAlive);
            stub.remove("t3_control");
            assertThat(look(post())).returns(false, Look::controlAlive);
            List<Content> gone = IntStream.range(0, 100)
                    .mapToObj(number -> content("t3", "p" + number))
                    .toList();
            assertThat(platform.look(gone)).noneMatch(Look::controlAlive);
            stub.post("control");
            assertThat(platform.look(gone)).allMatch(Look::controlAlive);
        }

        @ParameterizedTest
        @CsvSource({
            "403, NOT_ALLOWED",
            "404, CONTRACT_CHANGED",
            "451, CONTRACT_CHANGED",
            "302, CONTRACT_CHANGED",
            "500, SERVER_ERROR",
            "504, TIME_OUT"
        })
        void neverTakesAnErrorForARemoval(int status, UnknownReason reason) {
            stub.fault(INFO, page(status));
            assertThat(look(post()))
                    .returns(Availability.UNKNOWN, Look::availability)
                    .returns(Optional.of(reason), Look::unknownReason);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[]",
                    "<html>log in</html>",
                    "{\"kind\":\"Listing\"}",
                    "{\"kind\":\"Listing\",\"data\":{\"children\":{}}}",
                    "{\"kind\":\"Listing\",\"data\":{\"children\":[{\"kind\":\"t3\",\"data\":{}}]}}",
                    "{\"kind\":\"Listing\",\"data\":{\"children\":["
                })
        void neverTakesABrokenAnswerForARemoval(String body) {
            stub.remove("t3_1abcde");
            stub.fault(INFO, answering(200, "application/json", body));
            assertThat(look(post()).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void capturesTheRecord() {
            assertThat(new String(platform.capture(post()).body())).contains("A post");
            stub.remove("t3_1abcde");
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.capture(post()));
        }

        @Test
        void leavesToAPersonWhatIsNeitherPostNorComment() {
            assertThat(look(content("account", "someone")).unknownReason()).contains(UnknownReason.NO_INTERFACE);
        }
    }

    private ReferralAnswer refer() {
        return platform.refer(notice(post(), Category.THREAT, "Why."));
    }

    private Look look(Content content) {
        return platform.look(List.of(content)).get(0);
    }

    private static Content post() {
        return content("t3", "1abcde");
    }

    private static Content content(String type, String id) {
        return new Content(
                CaseReference.of(2026, 1),
                ContentKey.of("reddit", type, id),
                URI.create("https://www.reddit.com/comments/" + id),
                Map.of());
    }

    private static Notice notice(Content content, Category category, String explanation) {
        return new Notice("0".repeat(64), content, category, true, false, explanation);
    }

    private Platform platform() {
        return new RedditPlatformFactory(alarms, clock)
                .create(
                        "forum",
                        new PlatformSettings(
                                "reddit",
                                true,
                                stub.base(),
                                List.of("reddit.com"),
                                "client",
                                "file:" + secrets.resolve("refresh-token"),
                                null,
                                null,
                                null,
                                timeout,
                                2,
                                Map.copyOf(options)));
    }

    private void secret(String name, String text) {
        try {
            Files.writeString(secrets.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
