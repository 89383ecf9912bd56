package org.takedownhub.platform.youtube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.takedownhub.platform.ContractServer.answering;
import static org.takedownhub.platform.ContractServer.page;
import static org.takedownhub.platform.ContractServer.tenMegabytes;
import static org.takedownhub.platform.youtube.YouTubeStub.REASONS;
import static org.takedownhub.platform.youtube.YouTubeStub.REPORT;
import static org.takedownhub.platform.youtube.YouTubeStub.TOKEN;
import static org.takedownhub.platform.youtube.YouTubeStub.VIDEOS;
import static org.takedownhub.platform.youtube.YouTubeStub.error;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.takedownhub.BesideOthers;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;

/** Google's own client against a stub that enforces the documented API. */
@BesideOthers
@Timeout(60)
class YouTubePlatformTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String VIDEO = "abcdefghijk";
    private static final String CONTROL = "controlvid0";

    private static JdbcClient jdbc;

    @TempDir
    Path secrets;

    private final MutableClock clock = new MutableClock(NOON);
    private final Map<String, String> options = new HashMap<>();
    private Duration timeout = Duration.ofSeconds(10);
    private YouTubeStub stub;
    private PlatformAlarms alarms;
    private Platform platform;

    @BeforeAll
    static void migrate() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:youtube;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = JdbcClient.create(database);
    }

    @BeforeEach
    void start() {
        List.of("youtube_quota", "youtube_reasons", "platform_alarm")
                .forEach(table -> jdbc.sql("delete from " + table).update());
        alarms = new PlatformAlarms(jdbc, clock);
        stub = new YouTubeStub();
        stub.video(VIDEO);
        stub.video(CONTROL);
        secret("refresh-token", "the-refresh-token");
        secret("client-secret", "the-client-secret");
        secret("api-key", YouTubeStub.KEY);
        options.putAll(Map.of(
                "requests-per-minute",
                "100000",
                "token-url",
                stub.base() + "token",
                "client-secret",
                "file:" + secrets.resolve("client-secret"),
                "api-key",
                "file:" + secrets.resolve("api-key"),
                "control-video",
                CONTROL,
                "reason-threat",
                "V/36",
                "reason-intimidation",
                "H"));
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class Referring {

        @Test
        void reportsAVideoWithTheReasonAPersonChose() {
            assertThat(refer()).isInstanceOfSatisfying(Receipt.class, receipt -> {
                assertThat(receipt.reference()).isEqualTo(VIDEO);
                assertThat(receipt.receivedAt()).isEqualTo(NOON);
            });
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("videoId").textValue()).isEqualTo(VIDEO);
            assertThat(report.get("reasonId").textValue()).isEqualTo("V");
            assertThat(report.get("secondaryReasonId").textValue()).isEqualTo("36");
            assertThat(report.get("comments").textValue()).isEqualTo("It threatens a person.");
            assertThat(report.get("language").textValue()).isEqualTo("en");
            assertThat(alarms.of("videos")).isEmpty();
        }

        @Test
        void sendsAReasonWithoutAFinerOneAlone() {
            platform.refer(notice(video(VIDEO), Category.INTIMIDATION));
            assertThat(stub.reports().get(0).has("secondaryReasonId")).isFalse();
        }

        @Test
        void sendsTheWholeExplanation() {
            String explanation = "Why. ".repeat(799);
            platform.refer(new Notice("0".repeat(64), video(VIDEO), Category.THREAT, true, false, explanation));
            assertThat(stub.reports().get(0).get("comments").textValue()).isEqualTo(explanation);
        }

        @Test
        void signsInOnceForManyReports() {
            refer();
            refer();
            assertThat(stub.calls())
                    .containsOnlyOnce(TOKEN)
                    .filteredOn(REPORT::equals)
                    .hasSize(2);
        }

        @Test
        void signsInAgainWhenTheTokenRunsOutBeforeItsTime() {
            refer();
            stub.expireTokens();
            assertThat(refer()).isInstanceOf(Receipt.class);
            assertThat(stub.reports()).hasSize(2);
        }

        @Test
        void signsInAgainBeforeTheTokenExpires() {
            refer();
            clock.advance(Duration.ofMinutes(59));
            refer();
            assertThat(stub.calls()).filteredOn(TOKEN::equals).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"yt:comment:abcdefghijk:Ugx1234567890", "yt:channel:UCabcdefghijklmnopqrstuv", "yt:post:Ugkx"
                })
        void leavesToAPersonWhatIsNoVideo(String key) {
            Content other = new Content(
                    CaseReference.of(2026, 1), new ContentKey(key), URI.create("https://www.youtube.com/"), Map.of());
            assertThat(platform.refer(notice(other, Category.THREAT))).isInstanceOf(NeedsPerson.class);
            assertThat(stub.calls()).isEmpty();
        }
    }

    @Nested
    class ReasonsOnOffer {

        @Test
        void areAskedForOnceWithinHoursByAllNodes() {
            refer();
            platform().refer(notice(video(VIDEO), Category.THREAT));
            assertThat(stub.calls()).filteredOn(REASONS::equals).hasSize(1);
        }

        @Test
        void areAskedForWithTheirVersionAfterSomeHours() {
            refer();
            clock.advance(Duration.ofHours(7));
            refer();
            refer();
            assertThat(stub.callsTo(REASONS)).hasSize(2);
            assertThat(stub.callsTo(REASONS).get(1).headers().first("If-None-Match"))
                    .contains("reasons-1");
            assertThat(stub.reports()).hasSize(3);
        }

        @Test
        void stopReportsWhenTheMappedOneDisappears() {
            refer();
            stub.withdraw("V");
            clock.advance(Duration.ofHours(7));

            assertThat(refer()).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("V/36", "takedown.platforms.videos.options.reason-threat"));
            assertThat(stub.reports()).hasSize(1);
            assertThat(alarms.of("videos")).singleElement().asString().contains("reason-threat", "H Label H");

            stub.offer("V", "36");
            clock.advance(Duration.ofHours(7));
            assertThat(refer()).isInstanceOf(Receipt.class);
            assertThat(alarms.of("videos")).isEmpty();
        }

        @Test
        void stopReportsWhenTheFinerOneDisappears() {
            stub.offer("V", "37");
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void stopReportsOfACategoryThatNobodyMapped() {
            assertThat(platform.refer(notice(video(VIDEO), Category.RECRUITMENT)))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.videos.options.reason-recruitment"));
            assertThat(stub.reports()).isEmpty();
            assertThat(alarms.of("videos")).hasSize(1);
        }

        @Test
        void areAskedForAgainWhenYouTubeRefusesOne() {
            stub.fault(REPORT, error(400, "invalidAbuseReason"));
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(alarms.of("videos")).hasSize(1);
            assertThat(refer()).isInstanceOf(Receipt.class);
            assertThat(stub.callsTo(REASONS)).hasSize(2);
        }

        @Test
        void areShownToTheOperator() {
            assertThat(platform.capabilities()).anyMatch(words -> words.contains("not asked for yet"));
            platform.checkConnection();
            assertThat(platform.capabilities())
                    .anyMatch(words -> words.contains("V Label V (V/36 Label 36, V/37 Label 37)"))
                    .contains("reason-threat is V/36");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"kind\":\"youtube#videoAbuseReportReasonListResponse\",\"items\":[]}",
                    "{\"items\":[{\"id\":\"V\"}]}",
                    "{\"items\":[{\"id\":{\"V\":1},\"snippet\":{\"label\":\"x\"}}]}",
                    "{\"items\":[{\"id\":\"V\",\"snippet\":{\"lab",
                    "[]"
                })
        void stopReportsWhileTheListIsNoList(String body) {
            stub.fault(REASONS, answering(200, "application/json", body));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
            assertThat(stub.reports()).isEmpty();
        }
    }

    @Nested
    class Quotas {

        @Test
        void countEveryCallForAllNodes() {
            refer();
            platform().refer(notice(video(VIDEO), Category.THREAT));
            platform.look(List.of(video(VIDEO)));
            assertThat(platform.quota().orElseThrow().used()).isEqualTo(102).isEqualTo(stub.used());
            assertThat(platform.quota().orElseThrow().limit()).isEqualTo(10_000);
        }

        @Test
        void refuseBeforeSendingWhatIsTooMuchAndSayWhenTheDayIsOver() {
            options.put("units-per-day", "120");
            options.put("units-for-looks", "20");
            platform = platform();
            refer();

            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(YouTubePlatformTest.this::refer)
                    .satisfies(
                            refused -> assertThat(refused.retryAt()).contains(Instant.parse("2026-11-23T08:00:00Z")));
            assertThat(stub.reports()).hasSize(1);
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.AVAILABLE);

            clock.set(Instant.parse("2026-11-23T08:00:00Z"));
            assertThat(refer()).isInstanceOf(Receipt.class);
        }

        @Test
        void leaveNothingToLooksOnceTheyAreUsedUp() {
            options.put("units-per-day", "1");
            options.put("units-for-looks", "0");
            platform = platform();
            look(VIDEO);
            assertThat(look(VIDEO).unknownReason()).contains(UnknownReason.RATE_LIMITED);
        }

        @ParameterizedTest
        @CsvSource({
            // standard time, the long day, daylight time, the short day
            "2026-10-31T12:00:00Z, 2026-11-01T07:00:00Z",
            "2026-11-01T07:00:00Z, 2026-11-02T08:00:00Z",
            "2026-11-22T07:59:59Z, 2026-11-22T08:00:00Z",
            "2026-03-08T08:00:00Z, 2026-03-09T07:00:00Z",
            "2026-07-01T06:59:59Z, 2026-07-01T07:00:00Z"
        })
        void beginAnewAtMidnightInLosAngeles(Instant now, Instant reset) {
            clock.set(now);
            assertThat(platform.quota().orElseThrow().resetsAt()).isEqualTo(reset);
        }

        @Test
        void areUsedUpWhenYouTubeSaysSoWhateverWeCounted() {
            stub.quota(0);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(YouTubePlatformTest.this::refer)
                    .satisfies(
                            refused -> assertThat(refused.retryAt()).contains(Instant.parse("2026-11-23T08:00:00Z")));
            assertThat(platform.quota().orElseThrow().used()).isEqualTo(10_000);
            int calls = stub.calls().size();
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
            assertThat(stub.calls()).hasSize(calls);
        }

        @Test
        void areNotChargedForACallThatWasNeverMade() {
            refer();
            stub.close();
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
            assertThat(platform.quota().orElseThrow().used()).isEqualTo(51);
        }

        @Test
        void areNeverOverdrawnByTwoNodesAtOnce() {
            options.put("units-per-day", "1000");
            options.put("units-for-looks", "0");
            List<Platform> nodes = List.of(platform(), platform());
            nodes.get(0).checkConnection();
            long before = nodes.get(0).quota().orElseThrow().used();
            long taken = IntStream.range(0, 40)
                    .parallel()
                    .filter(number -> {
                        try {
                            return nodes.get(number % 2).refer(notice(video(VIDEO), Category.THREAT))
                                    instanceof Receipt;
                        } catch (PlatformUnavailable e) {
                            return false;
                        }
                    })
                    .count();
            assertThat(taken)
                    .isEqualTo((1000 - before) / 50)
                    .isEqualTo(stub.reports().size());
        }
    }

    @Nested
    class Errors {

        @ParameterizedTest
        @CsvSource({
            "403, forbidden",
            "403, insufficientPermissions",
            "403, authenticatedUserAccountSuspended",
            "403, authenticatedUserAccountClosed",
            "403, accessNotConfigured"
        })
        void ofOurAccountGoToAPerson(int status, String reason) {
            stub.fault(REPORT, error(status, reason));
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void ofTheTokenGoToAPersonWhenANewOneDoesNotHelp() {
            stub.fault(REPORT, error(401, "authError"));
            stub.fault(REPORT, error(401, "authError"));
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(stub.callsTo(TOKEN)).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource({"400, rateLimitExceeded", "403, rateLimitExceeded", "403, userRateLimitExceeded", "429, x"})
        void ofTheRateWaitAndWereNotSent(int status, String reason) {
            stub.fault(REPORT, error(status, reason, "Retry-After", "90"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(YouTubePlatformTest.this::refer)
                    .satisfies(refused -> assertThat(refused.retryAt()).contains(NOON.plusSeconds(90)));
            int calls = stub.calls().size();
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
            assertThat(stub.calls()).hasSize(calls);
            clock.advance(Duration.ofSeconds(91));
            assertThat(refer()).isInstanceOf(Receipt.class);
        }

        @Test
        void ofTheVideoMeanThatItIsGone() {
            stub.remove(VIDEO);
            assertThat(refer()).isInstanceOf(ContentGone.class);
        }

        @Test
        void ofAnyOtherNameAreRefusals() {
            stub.fault(REPORT, error(400, "invalidValue"));
            assertThat(refer()).isInstanceOfSatisfying(PlatformRefusal.class, refusal -> assertThat(refusal.reason())
                    .contains("invalidValue"));
        }

        @ParameterizedTest
        @ValueSource(ints = {302, 408, 500, 502, 503})
        void thatLeaveItOpenAreUncertain(int status) {
            stub.fault(REPORT, page(status));
            assertThat(refer()).isInstanceOf(Uncertain.class);
            assertThat(stub.callsTo(REPORT)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 403, 404})
        void ofSomethingInFrontOfYouTubeSayNothingOfTheVideo(int status) {
            stub.fault(REPORT, page(status));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"id\":\"1\"}", "<html>"})
        void ofAChangedContractAreNoSuccessAndRaiseAnAlarm(String body) {
            stub.fault(REPORT, answering(200, "application/json", body));
            assertThat(refer()).isInstanceOf(Uncertain.class);
            assertThat(alarms.of("videos")).singleElement().asString().contains("204");
            refer();
            assertThat(alarms.of("videos")).isEmpty();
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
        void ofASlowDripEndInTime() {
            timeout = Duration.ofSeconds(2);
            platform = platform();
            stub.fault(REPORT, stub.drip(200));
            assertThat(refer()).isInstanceOf(Uncertain.class);
        }

        @Test
        void ofTenMegabytesAreUncertainForAReportAndNobodysWordForALook() {
            stub.fault(REPORT, tenMegabytes(200));
            assertThat(refer()).isInstanceOf(Uncertain.class);
            stub.fault(VIDEOS, tenMegabytes(200));
            assertThat(look(VIDEO).unknownReason()).contains(UnknownReason.UNREACHABLE);
        }

        @Test
        void ofTheSignInNameWhatToMend() {
            stub.withdrawGrant();
            assertThat(refer()).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("takedown.platforms.videos.secret")
                    .doesNotContain("the-refresh-token"));
            secret("client-secret", "another");
            assertThat(refer()).isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                    .contains("options.client-secret"));
            secret("refresh-token", "");
            assertThat(refer()).isInstanceOf(NeedsPerson.class);
            assertThat(stub.callsTo(REPORT)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 503})
        void ofTheSignInThatMayPassAreTriedAgain(int status) {
            stub.fault(TOKEN, page(status));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(YouTubePlatformTest.this::refer);
            assertThat(refer()).isInstanceOf(Receipt.class);
        }
    }

    @Nested
    class Looking {

        @Test
        void asksAboutFiftyAtThePriceOfOne() {
            List<Content> contents = new ArrayList<>();
            for (int number = 0; number < 120; number++) {
                String id = "vid%08d".formatted(number);
                stub.video(id);
                contents.add(video(id));
            }
            assertThat(platform.itemsPerLook()).isEqualTo(50);
            assertThat(platform.look(contents))
                    .hasSize(120)
                    .extracting(Look::availability)
                    .containsOnly(Availability.AVAILABLE);
            assertThat(stub.callsTo(VIDEOS)).hasSize(3);
            assertThat(stub.used()).isEqualTo(3);
        }

        @Test
        void keepsTheOrderOfTheQuestions() {
            List<Look> looks = platform.look(List.of(video("missingvid0"), video(VIDEO), video("missingvid0")));
            assertThat(looks)
                    .extracting(Look::availability)
                    .containsExactly(
                            Availability.GONE_UNATTRIBUTED, Availability.AVAILABLE, Availability.GONE_UNATTRIBUTED);
        }

        @Test
        void countsAMissOnlyBesideAVideoThatIsUp() {
            stub.remove(VIDEO);
            assertThat(look(VIDEO))
                    .returns(Availability.GONE_UNATTRIBUTED, Look::availability)
                    .returns(true, Look::controlAlive);
            stub.remove(CONTROL);
            assertThat(look(VIDEO))
                    .returns(Availability.GONE_UNATTRIBUTED, Look::availability)
                    .returns(false, Look::controlAlive);
        }

        @Test
        void asksForTheControlVideoAloneWhereAWholeRoundIsMissing() {
            List<Content> gone = IntStream.range(0, 50)
                    .mapToObj(number -> video("vid%08d".formatted(number)))
                    .toList();
            assertThat(platform.look(gone)).allMatch(Look::controlAlive);
            assertThat(stub.callsTo(VIDEOS)).hasSize(2);
            stub.remove(CONTROL);
            assertThat(platform.look(gone)).noneMatch(Look::controlAlive);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}                                          | AVAILABLE",
                    "{\"blocked\":[\"DE\",\"FR\"]}               | AVAILABLE",
                    "{\"blocked\":[]}                            | AVAILABLE",
                    "{\"blocked\":[\"DE\",\"GB\"]}               | GEO_BLOCKED",
                    "{\"allowed\":[\"GB\",\"IE\"]}               | AVAILABLE",
                    "{\"allowed\":[\"US\"]}                      | GEO_BLOCKED",
                    "{\"allowed\":[]}                            | GEO_BLOCKED"
                })
        void readsWhereAVideoIsBlocked(String restriction, Availability availability) throws IOException {
            ((ObjectNode) stub.video(VIDEO).get("contentDetails"))
                    .set("regionRestriction", new com.fasterxml.jackson.databind.ObjectMapper().readTree(restriction));
            assertThat(look(VIDEO).availability()).isEqualTo(availability);
        }

        @Test
        void readsItAgainstTheCountryOfTheVantage() {
            ((ObjectNode) stub.video(VIDEO).get("contentDetails"))
                    .putObject("regionRestriction")
                    .putArray("blocked")
                    .add("DE");
            Vantage berlin = new Vantage("berlin", "DE", Optional.empty());
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(platform.look(List.of(video(VIDEO)), berlin).get(0))
                    .returns(Availability.GEO_BLOCKED, Look::availability)
                    .returns("videos.list: blocked in DE", Look::detail);
        }

        @Test
        void seesAnAgeGate() {
            ((ObjectNode) stub.video(VIDEO).get("contentDetails").get("contentRating"))
                    .put("ytRating", "ytAgeRestricted");
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.RESTRICTED);
        }

        @ParameterizedTest
        @CsvSource({
            "processed, , public, AVAILABLE",
            "uploaded, , unlisted, AVAILABLE",
            "processed, , private, RESTRICTED",
            "processed, , for-friends, UNKNOWN",
            "deleted, , public, DELETED_BY_AUTHOR",
            "failed, , public, GONE_UNATTRIBUTED",
            "rejected, termsOfUse, public, REMOVED_BY_PLATFORM",
            "rejected, inappropriate, public, REMOVED_BY_PLATFORM",
            "rejected, legal, public, REMOVED_BY_PLATFORM",
            "rejected, uploaderAccountSuspended, public, ACCOUNT_SUSPENDED",
            "rejected, uploaderAccountClosed, public, ACCOUNT_DEACTIVATED",
            "rejected, whim, public, UNKNOWN",
            "rejected, , public, UNKNOWN",
            "paused, , public, UNKNOWN"
        })
        void readsTheStatus(String upload, String rejection, String privacy, Availability availability) {
            ObjectNode status = (ObjectNode) stub.video(VIDEO).get("status");
            status.put("uploadStatus", upload).put("privacyStatus", privacy);
            if (rejection != null) {
                status.put("rejectionReason", rejection);
            }
            assertThat(look(VIDEO).availability()).isEqualTo(availability);
        }

        @Test
        void knowsNothingOfAVideoWithoutTheParts() {
            stub.video(VIDEO).remove("status");
            assertThat(look(VIDEO).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @ParameterizedTest
        @CsvSource({
            "401, NOT_ALLOWED", "403, NOT_ALLOWED", "404, CONTRACT_CHANGED", "451, CONTRACT_CHANGED",
            "302, CONTRACT_CHANGED", "500, SERVER_ERROR", "503, SERVER_ERROR", "504, TIME_OUT"
        })
        void neverTakesAnErrorForARemoval(int status, UnknownReason reason) {
            stub.fault(VIDEOS, page(status));
            assertThat(look(VIDEO))
                    .returns(Availability.UNKNOWN, Look::availability)
                    .returns(Optional.of(reason), Look::unknownReason);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "null",
                    "[]",
                    "<!DOCTYPE html><title>Before you continue to YouTube</title>",
                    "{\"kind\":\"youtube#videoListResponse\"}",
                    "{\"kind\":\"youtube#searchListResponse\",\"items\":[]}",
                    "{\"kind\":\"youtube#videoListResponse\",\"items\":[{}]}",
                    "{\"kind\":\"youtube#videoListResponse\",\"items\":\"none\"}",
                    "{\"kind\":\"youtube#videoListResponse\",\"items\":[",
                    "{\"kind\":\"youtube#videoListResponse\",\"items\":[]} {}"
                })
        void neverTakesABrokenAnswerForARemoval(String body) {
            stub.remove(VIDEO);
            stub.fault(VIDEOS, answering(200, "application/json", body));
            assertThat(look(VIDEO).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void survivesAnAnswerNestedWithoutEnd() {
            stub.fault(VIDEOS, answering(200, "application/json", "{\"items\":" + "[".repeat(400_000)));
            assertThat(look(VIDEO).unknownReason()).contains(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void asksNoMoreRoundsOfAPlatformThatDoesNotAnswer() {
            stub.fault(VIDEOS, tenMegabytes(200));
            List<Content> contents = IntStream.range(0, 150)
                    .mapToObj(number -> video("vid%08d".formatted(number)))
                    .toList();
            assertThat(platform.look(contents)).allMatch(look -> look.availability() == Availability.UNKNOWN);
            assertThat(stub.callsTo(VIDEOS)).hasSize(1);
        }

        @Test
        void looksWithTheKeyAndWithOurChannelWhereThereIsNone() {
            look(VIDEO);
            assertThat(stub.callsTo(VIDEOS).get(0).bearer()).isEmpty();
            assertThat(stub.callsTo(VIDEOS).get(0).query()).doesNotContainKey("key");
            options.remove("api-key");
            platform = platform();
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(stub.callsTo(VIDEOS).get(1).bearer()).isPresent();
        }

        @Test
        void leavesToAPersonWhatIsNoVideo() {
            Content channel = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("yt:channel:UCabcdefghijklmnopqrstuv"),
                    URI.create("https://www.youtube.com/"),
                    Map.of());
            assertThat(platform.look(List.of(channel)).get(0).unknownReason()).contains(UnknownReason.NO_INTERFACE);
            assertThat(stub.calls()).isEmpty();
        }
    }

    @Nested
    class Connecting {

        @Test
        void reportsNothingWhileItChecks() {
            platform.checkConnection();
            assertThat(stub.calls()).doesNotContain(REPORT);
        }

        @Test
        void saysWhichReasonsThereAreWhenNoneIsChosen() {
            options.keySet().removeIf(option -> option.startsWith("reason-"));
            platform().checkConnection();
            assertThat(alarms.of("videos")).singleElement().asString().contains("options.reason-", "V/36 Label 36");
            options.put("reason-threat", "V/36");
            platform().checkConnection();
            assertThat(alarms.of("videos")).isEmpty();
        }

        @Test
        void raisesTheAlarmForAReasonThatIsNotOnOffer() {
            options.put("reason-threat", "V/99");
            platform().checkConnection();
            assertThat(alarms.of("videos")).singleElement().asString().contains("V/99", "reason-threat");
        }

        @Test
        void takesNoMoreThanAUnitAtATime() {
            platform.checkConnection();
            long first = stub.used();
            platform.checkConnection();
            assertThat(stub.used()).isEqualTo(first + 1);
        }

        @Test
        void saysWhatToMend() {
            stub.remove(CONTROL);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(platform::checkConnection)
                    .withMessageContaining("control-video");
            secret("refresh-token", "");
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform().checkConnection())
                    .withMessageContaining("takedown.platforms.videos.secret");
        }

        @Test
        void capturesTheVideosRecord() {
            assertThat(platform.capture(video(VIDEO)).identities()).containsEntry("videoId", VIDEO);
            assertThat(new String(platform.capture(video(VIDEO)).body())).contains("A video");
            stub.remove(VIDEO);
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.capture(video(VIDEO)));
        }

        @Test
        void describesItself() {
            assertThat(platform.kind()).isEqualTo("youtube");
            assertThat(platform.channel()).isEqualTo(Channel.API);
            assertThat(platform.recogniser()).isEqualTo("youtube/1");
        }

        @ParameterizedTest
        @CsvSource({
            "reason-threat, V/36/1, reason-threat",
            "reason-anger, V, reason-anger",
            "control-video, short, control-video",
            "country, gb, country",
            "units-per-day, many, units-per-day",
            "token-url, ftp://x, token-url",
            "client-secret, the-secret-itself, client-secret"
        })
        void namesAnImpossibleSetting(String option, String value, String named) {
            options.put(option, value);
            assertThatIllegalStateException()
                    .isThrownBy(YouTubePlatformTest.this::platform)
                    .withMessageContaining("takedown.platforms.videos.options." + named)
                    .withMessageNotContaining("the-secret-itself");
        }
    }

    private ReferralAnswer refer() {
        return platform.refer(notice(video(VIDEO), Category.THREAT));
    }

    private Look look(String id) {
        return platform.look(List.of(video(id))).get(0);
    }

    private static Content video(String id) {
        return new Content(
                CaseReference.of(2026, 1),
                ContentKey.of("yt", "video", id),
                URI.create("https://www.youtube.com/watch?v=" + id),
                Map.of());
    }

    private static Notice notice(Content content, Category category) {
        return new Notice("0".repeat(64), content, category, true, false, "It threatens a person.");
    }

    private Platform platform() {
        return new YouTubePlatformFactory(jdbc, alarms, clock)
                .create(
                        "videos",
                        new PlatformSettings(
                                "youtube",
                                true,
                                stub.base(),
                                List.of("youtube.com"),
                                YouTubeStub.CLIENT,
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
