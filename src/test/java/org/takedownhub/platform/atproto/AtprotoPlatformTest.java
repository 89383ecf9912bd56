package org.takedownhub.platform.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.takedownhub.platform.atproto.AtprotoContract.LABELER;
import static org.takedownhub.platform.atproto.AtprotoContract.error;
import static org.takedownhub.platform.atproto.AtprotoContract.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Uncertain;

class AtprotoPlatformTest {

    private static final String AUTHOR = "did:plc:authorauthorauthorautho2";
    private static final String REPORT = "com.atproto.moderation.createReport";
    private static final String SIGN_IN = "com.atproto.server.createSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";
    private static final String LABELS = "com.atproto.label.queryLabels";
    private static final String STATUS = "com.atproto.sync.getRepoStatus";
    private static final String RECORD = "com.atproto.repo.getRecord";
    private static final String KEY = "a1".repeat(32);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private AtprotoContract contract;
    private Platform platform;
    private String post;

    @BeforeEach
    void start() throws IOException {
        contract = new AtprotoContract();
        contract.register(AUTHOR, contract.url());
        post = contract.post(AUTHOR, "3kabc");
        Files.writeString(folder.resolve("secret"), AtprotoContract.PASSWORD + "\n");
        platform = platform(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        contract.close();
    }

    @Nested
    class Reporting {

        @Test
        void sendsWhatTheLexiconKnowsAndNothingElse() throws IOException {
            Receipt receipt = (Receipt) platform.refer(notice(Category.INCITEMENT, "Calls for an attack."));

            assertThat(contract.reports).hasSize(1);
            assertThat(contract.reports.get(0))
                    .isEqualTo(new ObjectMapper()
                            .readTree(
                                    """
                                    {"reasonType": "tools.ozone.report.defs#reasonViolenceThreats",
                                     "reason": "Calls for an attack.",
                                     "subject": {"$type": "com.atproto.repo.strongRef",
                                                 "uri": "at://did:plc:authorauthorauthorautho2/app.bsky.feed.post/3kabc",
                                                 "cid": "bafyreigood3kabc"},
                                     "modTool": {"name": "takedown-hub",
                                                 "meta": {"reference": "TH-2026-000007", "notice": "%s",
                                                          "threatToLife": true, "shortened": false}}}
                                    """
                                            .formatted(KEY)));
            assertThat(receipt.reference()).isEqualTo("41");
            assertThat(receipt.receivedAt()).isEqualTo("2026-11-22T12:00:01.500Z");
            assertThat(receipt.identities())
                    .isEqualTo(Map.of("did", AUTHOR, "uri", post, "cid", "bafyreigood3kabc", "eventId", "41"));
        }

        @ParameterizedTest
        @CsvSource({
            "THREAT, ViolenceThreats",
            "INCITEMENT, ViolenceThreats",
            "GANG_PROMOTION, ViolenceGlorification",
            "WEAPONS_GLORIFICATION, ViolenceGlorification",
            "GRAPHIC_VIOLENCE, ViolenceGraphicContent",
            "WEAPONS_SALE, RuleProhibitedSales",
            "RECRUITMENT, ViolenceOther",
            "INTIMIDATION, HarassmentTargeted",
            "TERRORISM, ViolenceExtremistContent",
            "OTHER, Other"
        })
        void namesTheReasonInTheModeratorsTerms(Category category, String reason) {
            platform.refer(notice(category, "See the post."));

            assertThat(contract.reports.get(0).path("reasonType").asText())
                    .isEqualTo("tools.ozone.report.defs#reason" + reason);
        }

        @ParameterizedTest
        @CsvSource({"a, 4000", "\u00e4\u00f6\u00fc\u00df, 1000", "\u6f22\u5b57, 2000"})
        void shortensALongTextAndSaysSo(String piece, int times) {
            assertThat(platform.refer(notice(Category.THREAT, piece.repeat(times))))
                    .isInstanceOf(Receipt.class);

            assertThat(contract.reports.get(0).path("reason").asText())
                    .startsWith(piece)
                    .hasSize(ReportText.MOST_GRAPHEMES)
                    .endsWith("The full text is with the sender under TH-2026-000007.]");
            assertThat(contract.reports.get(0).at("/modTool/meta/shortened").asBoolean())
                    .isTrue();
        }

        @Test
        void neverCutsThroughACharacterWhenTheBytesRunOut() {
            // 25 bytes in one grapheme: 20,000 bytes are used up before 2,000 graphemes are
            String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

            ReportText text = ReportText.of(family.repeat(1_999), reference());

            assertThat(text.shortened()).isTrue();
            assertThat(text.text().getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(ReportText.MOST_BYTES - 25, ReportText.MOST_BYTES);
            assertThat(text.text().substring(0, text.text().indexOf('\n')).length() % family.length())
                    .isZero();
        }

        @Test
        void leavesATextThatFitsAsItIs() {
            platform.refer(notice(Category.THREAT, "a".repeat(2_000)));

            assertThat(contract.reports.get(0).path("reason").asText()).isEqualTo("a".repeat(2_000));
        }

        @Test
        void reportsAnAccountWithoutAVersion() {
            ReferralAnswer answer = platform.refer(notice(account(), Category.GANG_PROMOTION, "All of it."));

            assertThat(contract.reports.get(0).path("subject").toString())
                    .isEqualTo("{\"did\":\"" + AUTHOR + "\",\"$type\":\"com.atproto.admin.defs#repoRef\"}");
            assertThat(answer).isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.identities())
                    .containsEntry("did", AUTHOR)
                    .doesNotContainKey("cid"));
        }

        @Test
        void staysWithTheAccountItFoundFirstWhenTheHandlePassesToAnother() {
            contract.handles.put("author.example", "did:plc:somebodyelsesomebodyelse");
            ContentKey key = ContentKey.of("at", "post", "author.example/3kabc");

            platform.refer(notice(content(key, Map.of("did", AUTHOR)), Category.THREAT, "A threat."));

            assertThat(contract.reports.get(0).at("/subject/uri").asText()).isEqualTo(post);
        }

        @Test
        void asksAPersonWhenTheHandleLeadsNowhere() {
            ContentKey key = ContentKey.of("at", "post", "gone.example/3kabc");

            assertThat(platform.refer(notice(content(key, Map.of()), Category.THREAT, "A threat.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(contract.reports).isEmpty();
        }

        @Test
        void doesNotReportWhatIsNoLongerThere() {
            contract.records.clear();

            assertThat(platform.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(ContentGone.class);
            assertThat(contract.reports).isEmpty();
        }

        @Test
        void reportsTheNetworksCopyWhenTheAuthorsOwnHostKeepsUsOut() {
            contract.documents.put(
                    AUTHOR,
                    AtprotoContract.document(AUTHOR, Map.of("#atproto_pds", URI.create("https://127.0.0.1:1"))));

            assertThat(platform.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(Receipt.class);
            assertThat(platform.capture(content(postKey(), Map.of())).identities())
                    .containsEntry("cid", "bafyreigood3kabc");
        }

        @Test
        void doesNotReportAPostOfAnAccountThatIsSuspended() {
            contract.statuses.put(AUTHOR, Map.of("did", AUTHOR, "active", false, "status", "suspended"));

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .isEqualTo(new ContentGone("The account is no longer served (suspended)"));
        }

        @ParameterizedTest
        @MethodSource("org.takedownhub.platform.atproto.AtprotoPlatformTest#answersThatSayNothing")
        void isUncertainAndSendsNothingTwiceWhen(String what, AtprotoContract.Fault fault) {
            contract.once(REPORT, fault);

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .as(what)
                    .isInstanceOf(Uncertain.class);
            assertThat(contract.callsOf(REPORT)).isEqualTo(1);
        }

        @Test
        void isUncertainWhenTheReportWasTakenAndNoAnswerComesInTime() throws IOException {
            Platform hurried = platform(Duration.ofSeconds(1));
            hurried.checkConnection();
            contract.once(REPORT, contract.silence());

            assertThat(hurried.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(Uncertain.class);
            assertThat(contract.callsOf(REPORT)).isEqualTo(1);
        }

        @Test
        void isUnavailableWhenNothingWasSent() throws IOException {
            int freePort;
            try (ServerSocket socket = new ServerSocket(0)) {
                freePort = socket.getLocalPort();
            }
            Platform down = platform(settings -> with(settings, URI.create("http://127.0.0.1:" + freePort), LABELER));
            contract.register(AUTHOR, URI.create("http://127.0.0.1:" + freePort));

            assertThatThrownBy(() -> down.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOf(PlatformUnavailable.class);
        }

        @ParameterizedTest
        @CsvSource({
            "retry-after, 290, 2026-11-22T12:04:50Z",
            "ratelimit-reset, 1795349100, 2026-11-22T12:05:00Z",
            "ratelimit-reset, 99999999999, 2026-11-23T12:00:00Z",
            "ratelimit-limit, 30, "
        })
        void comesBackWhenTheRateLimitSays(String header, String value, @Nullable Instant retryAt) {
            contract.once(REPORT, status(429, "application/json", "{\"error\":\"RateLimitExceeded\"}", header, value));

            assertThatThrownBy(() -> platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(PlatformUnavailable.class, unavailable -> assertThat(unavailable.retryAt())
                            .isEqualTo(Optional.ofNullable(retryAt)));
        }

        @ParameterizedTest
        @CsvSource({
            "400, InvalidRequest, Invalid reason type: x, PlatformRefusal, Invalid reason type",
            "400, RecordNotFound, no such record, ContentGone, no longer finds",
            "400, InvalidRequest, could not resolve proxy did, NeedsPerson, takedown.platforms.bsky.labeler",
            "403, AccountTakedown, Report not accepted, NeedsPerson, taken down our account",
            "403, Forbidden, not for you, NeedsPerson, takedown.platforms.bsky.identifier",
            "404, XRPCNotSupported, not here, NeedsPerson, takedown.platforms.bsky.base-url"
        })
        void tellsTheRefusalsApart(int status, String error, String message, String answer, String words) {
            contract.once(REPORT, error(status, error, message));

            ReferralAnswer actual = platform.refer(notice(Category.THREAT, "A threat."));

            assertThat(actual.getClass().getSimpleName()).isEqualTo(answer);
            assertThat(actual.toString()).contains(words);
        }

        @Test
        void keepsAHostileMessageShortAndOnOneLine() {
            contract.once(REPORT, error(400, "InvalidRequest", "x\\n\\u0007" + "y".repeat(5_000)));

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(PlatformRefusal.class, refusal -> assertThat(refusal.reason())
                            .hasSizeLessThan(400)
                            .doesNotContain("\n", "\u0007"));
        }
    }

    static Stream<Arguments> answersThatSayNothing() {
        String json = "application/json";
        return Stream.of(
                arguments("500", error(500, "InternalServerError", "Internal Server Error")),
                arguments("the PDS does not reach the service", error(502, "UpstreamFailure", "Upstream Failure")),
                arguments("503 without a body", status(503, json, "")),
                arguments("a log-in page", status(200, "text/html", "<html>Please sign in</html>")),
                arguments("a challenge", status(403, "text/html", "<html>Are you human?</html>")),
                arguments("half JSON", status(200, json, "{\"id\":7,\"createdAt\":\"2026-")),
                arguments("a broken connection", AtprotoContract.brokenOff()),
                arguments("an empty answer", status(200, json, "")),
                arguments("an array", status(200, json, "[{\"id\":7}]")),
                arguments("no id", status(200, json, "{\"createdAt\":\"2026-11-22T12:00:00Z\"}")),
                arguments(
                        "an id that is none", status(200, json, "{\"id\":7.5,\"createdAt\":\"2026-11-22T12:00:00Z\"}")),
                arguments("no date", status(200, json, "{\"id\":7,\"createdAt\":\"yesterday\"}")),
                arguments("a redirect", status(302, "text/html", "", "location", "https://elsewhere.example/")),
                arguments(
                        "more after the JSON",
                        status(200, json, "{\"id\":7,\"createdAt\":\"2026-11-22T12:00:00Z\"}<!")),
                arguments("a body without end", status(200, json, "{\"id\":\"" + "7".repeat(2_000_000) + "\"}")));
    }

    private static Arguments arguments(String what, AtprotoContract.Fault fault) {
        return Arguments.of(what, fault);
    }

    @Nested
    class TheModerationServicesOwnWord {

        @Test
        void usesTheOlderTokenWhereTheServiceTakesNoOther() {
            declares(Map.of("reasonTypes", List.of("com.atproto.moderation.defs#reasonViolation")));

            platform.refer(notice(Category.GRAPHIC_VIOLENCE, "Blood."));

            assertThat(contract.reports.get(0).path("reasonType").asText())
                    .isEqualTo("com.atproto.moderation.defs#reasonViolation");
        }

        @Test
        void fallsBackToOtherRatherThanNotReporting() {
            declares(Map.of("reasonTypes", List.of("tools.ozone.report.defs#reasonOther")));

            platform.refer(notice(Category.INTIMIDATION, "A witness."));

            assertThat(contract.reports.get(0).path("reasonType").asText())
                    .isEqualTo("tools.ozone.report.defs#reasonOther");
        }

        @Test
        void doesNotReportForAReasonThatTheServiceDoesNotTake() {
            declares(Map.of("reasonTypes", List.of("com.atproto.moderation.defs#reasonSpam")));

            assertThat(platform.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(PlatformRefusal.class);
            assertThat(contract.reports).isEmpty();
        }

        @Test
        void doesNotReportWhatTheServiceDoesNotLookAt() {
            declares(Map.of("subjectTypes", List.of("record"), "subjectCollections", List.of("app.bsky.feed.post")));

            assertThat(platform.refer(notice(account(), Category.THREAT, "A threat.")))
                    .isInstanceOf(PlatformRefusal.class);
            assertThat(platform.refer(notice(
                            content(ContentKey.of("at", "list", AUTHOR + "/3kabc"), Map.of()),
                            Category.THREAT,
                            "A threat.")))
                    .isInstanceOf(PlatformRefusal.class);
            assertThat(platform.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(Receipt.class);
        }

        private void declares(Map<String, Object> value) {
            contract.records.put(
                    "at://" + LABELER + "/app.bsky.labeler.service/self",
                    new AtprotoContract.Record("bafyreideclaration", value));
        }
    }

    @Nested
    class TheSession {

        @Test
        void isOpenedOnceForManyReports() {
            IntStream.range(0, 5).forEach(i -> platform.refer(notice(Category.THREAT, "A threat.")));

            assertThat(contract.reports).hasSize(5);
            assertThat(contract.callsOf(SIGN_IN)).isEqualTo(1);
        }

        @Test
        void isRefreshedWhenItsTokenHasExpired() {
            platform.refer(notice(Category.THREAT, "One."));
            contract.expireAccessTokens();

            assertThat(platform.refer(notice(Category.THREAT, "Two."))).isInstanceOf(Receipt.class);
            assertThat(contract.reports).hasSize(2);
            assertThat(contract.callsOf(SIGN_IN)).isEqualTo(1);
            assertThat(contract.callsOf(REFRESH)).isEqualTo(1);
        }

        @Test
        void isOpenedAgainWhenItCannotBeRefreshed() {
            platform.refer(notice(Category.THREAT, "One."));
            contract.expireAllTokens();

            assertThat(platform.refer(notice(Category.THREAT, "Two."))).isInstanceOf(Receipt.class);
            assertThat(contract.callsOf(SIGN_IN)).isEqualTo(2);
        }

        @Test
        void isRenewedOnceAndThenAPersonIsAsked() {
            contract.always(REPORT, error(400, "ExpiredToken", "Token has expired"));

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.bsky.identifier", "takedown.platforms.bsky.secret"));
            assertThat(contract.callsOf(REPORT)).isEqualTo(2);
        }

        @Test
        void isRefreshedOnceByManyThreadsThatFindItSpent() throws InterruptedException, ExecutionException {
            platform.refer(notice(Category.THREAT, "One."));
            contract.expireAccessTokens();

            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<ReferralAnswer>> answers = IntStream.range(0, 4)
                        .mapToObj(i -> threads.submit(() -> platform.refer(notice(Category.THREAT, "Together."))))
                        .toList();
                for (Future<ReferralAnswer> answer : answers) {
                    assertThat(answer.get()).isInstanceOf(Receipt.class);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(contract.callsOf(REFRESH)).isEqualTo(1);
            assertThat(contract.callsOf(SIGN_IN)).isEqualTo(1);
        }

        @Test
        void staysWellBelowThePlatformsLimitOfSignIns() {
            contract.always(SIGN_IN, error(401, "AuthenticationRequired", "Invalid identifier or password"));
            IntStream.range(0, 10).forEach(i -> assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOf(NeedsPerson.class));

            assertThatThrownBy(() -> platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(PlatformUnavailable.class, unavailable -> assertThat(unavailable.retryAt())
                            .contains(now.plusSeconds(300)));
            assertThat(contract.callsOf(SIGN_IN)).isEqualTo(10);

            now = now.plusSeconds(300);
            assertThat(platform.refer(notice(Category.THREAT, "A threat."))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void waitsWhenThePlatformLimitsSignIns() {
            contract.once(
                    SIGN_IN,
                    status(429, "application/json", "{\"error\":\"RateLimitExceeded\"}", "retry-after", "290"));

            assertThatThrownBy(() -> platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(PlatformUnavailable.class, unavailable -> assertThat(unavailable.retryAt())
                            .contains(now.plusSeconds(290)));
            assertThat(contract.reports).isEmpty();
        }

        @Test
        void neverTellsThePassword() throws IOException {
            Files.writeString(folder.resolve("secret"), "wrong-and-secret");

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")).toString())
                    .contains("takedown.platforms.bsky.secret")
                    .doesNotContain("wrong-and-secret");
            assertThatThrownBy(platform::checkConnection)
                    .hasMessageContaining("takedown.platforms.bsky.secret")
                    .hasMessageNotContaining("wrong-and-secret");
        }

        @Test
        void needsAPersonWhenThePasswordIsNotThere() throws IOException {
            Files.delete(folder.resolve("secret"));

            assertThat(platform.refer(notice(Category.THREAT, "A threat.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.bsky.secret"));
        }
    }

    @Nested
    class Looking {

        @Test
        void theLatestLabelOfASourceSubjectAndValueCounts() {
            contract.label(negated(post, "!takedown", "2026-11-22T11:00:00.000Z"));
            contract.label(post, "!takedown", "2026-11-22T10:00:00.000Z");
            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);

            contract.label(post, "!takedown", "2026-11-22T12:30:00+01:00");
            assertThat(look().availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);

            contract.label(negated(post, "!takedown", "2026-11-22T11:45:00.000Z"));
            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void othersLabelsSayNothing() {
            contract.label(
                    Map.of("src", "did:plc:stranger", "uri", post, "val", "!takedown", "cts", "2026-11-22T10:00:00Z"));
            contract.label("at://" + AUTHOR + "/app.bsky.feed.post/3kabd", "!takedown", "2026-11-22T10:00:00Z");

            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void aLabelEndsWhenItExpires() {
            contract.label(Map.of(
                    "src", LABELER,
                    "uri", AUTHOR,
                    "val", "!suspend",
                    "cts", "2026-11-22T10:00:00Z",
                    "exp", "2026-11-22T12:10:00Z"));
            assertThat(look().availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);

            now = Instant.parse("2026-11-22T12:10:00Z");
            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void readsLabelsToTheLastPage() {
            contract.pageSize = 1;
            contract.label(post, "spam", "2026-11-22T09:00:00Z");
            contract.label(post, "rude", "2026-11-22T09:30:00Z");
            contract.label(post, "!takedown", "2026-11-22T10:00:00Z");

            assertThat(look().availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
        }

        @Test
        void doesNotReadForEver() {
            contract.always(
                    LABELS,
                    status(
                            200,
                            "application/json",
                            "{\"cursor\":\"1\",\"labels\":[{\"src\":\"" + LABELER + "\",\"uri\":\"" + post
                                    + "\",\"val\":\"x\",\"cts\":\"2026-11-22T10:00:00Z\"}]}"));

            assertThat(look().availability()).isEqualTo(Availability.UNKNOWN);
            assertThat(contract.callsOf(LABELS)).isLessThan(50);
        }

        @ParameterizedTest
        @CsvSource({
            "!hide, RESTRICTED",
            "!warn, RESTRICTED",
            "threat, RESTRICTED",
            "graphic-media, RESTRICTED",
            "extremist, RESTRICTED",
            "intolerant, RESTRICTED",
            "spam, AVAILABLE"
        })
        void aLabelThatCoversAPostRestrictsIt(String value, Availability availability) {
            contract.label(post, value, "2026-11-22T10:00:00Z");

            assertThat(look().availability()).isEqualTo(availability);
        }

        @ParameterizedTest
        @CsvSource({
            "takendown, ACCOUNT_SUSPENDED",
            "suspended, ACCOUNT_SUSPENDED",
            "deactivated, ACCOUNT_DEACTIVATED",
            "deleted, GONE_UNATTRIBUTED",
            "desynchronized, UNKNOWN",
            "throttled, UNKNOWN",
            "something-new, UNKNOWN"
        })
        void theAccountsStatusDecidesBeforeTheRecord(String status, Availability availability) {
            contract.statuses.put(AUTHOR, Map.of("did", AUTHOR, "active", false, "status", status));

            assertThat(look().availability()).isEqualTo(availability);
            assertThat(contract.callsOf(RECORD)).isZero();
        }

        @Test
        void aMissWithoutALiveNeighbourSaysSo() {
            contract.statuses.clear();

            assertThat(look())
                    .extracting(Look::availability, Look::controlAlive)
                    .containsExactly(Availability.GONE_UNATTRIBUTED, false);

            contract.register("did:plc:neighbourneighbourneigh2", contract.url());
            assertThat(look())
                    .extracting(Look::availability, Look::controlAlive)
                    .containsExactly(Availability.GONE_UNATTRIBUTED, true);
        }

        @Test
        void anIdentityThatWasEndedIsAMiss() {
            contract.always("/" + AUTHOR, status(410, "application/json", "{\"message\":\"DID not available\"}"));

            assertThat(look().availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(look().availability().provesRemoval()).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void nobodyCanTellWhenACallGoesWrong(Call call) {
            for (AtprotoContract.Fault fault : List.of(
                    status(200, "text/html", "<html>Please sign in</html>"),
                    status(200, "application/json", "{\"labels\":[],\"acti"),
                    status(200, "application/json", ""),
                    status(200, "application/json", "{}"),
                    status(302, "text/html", "", "location", "https://elsewhere.example/"),
                    status(401, "application/json", "{\"error\":\"AuthMissing\"}"),
                    status(403, "text/html", "<html>Are you human?</html>"),
                    status(404, "text/html", "<html>Not found</html>"),
                    status(429, "application/json", "{\"error\":\"RateLimitExceeded\"}"),
                    status(451, "text/html", ""),
                    error(400, "InvalidRequest", "Could not find repo"),
                    error(500, "InternalServerError", "Internal Server Error"),
                    error(502, "UpstreamFailure", "Upstream Failure"),
                    AtprotoContract.brokenOff())) {
                contract.once(call.path, fault);

                assertThat(look())
                        .extracting(Look::availability, Look::controlAlive)
                        .containsExactly(Availability.UNKNOWN, false);
            }
            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void anAnswerAboutAnotherRecordSaysNothing() {
            contract.once(
                    RECORD,
                    status(
                            200,
                            "application/json",
                            "{\"uri\":\"at://" + AUTHOR
                                    + "/app.bsky.feed.post/3kabd\",\"cid\":\"bafyreigood\",\"value\":{}}"));

            assertThat(look().availability()).isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void anEditedPostIsStillUp() {
            Look look = platform.look(List.of(content(postKey(), Map.of("did", AUTHOR, "cid", "bafyreiolder"))))
                    .get(0);

            assertThat(look.availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(look.detail()).contains("edited");
        }

        @Test
        void doesNotKeepAnAnswerAboutTheAccountAsThePost() {
            contract.statuses.put(AUTHOR, Map.of("did", AUTHOR, "active", false, "status", "deactivated"));

            assertThatThrownBy(() -> platform.capture(content(postKey(), Map.of())))
                    .isInstanceOf(PlatformUnavailable.class);
        }

        @Test
        void keepsTheBytesAsTheyCame() {
            contract.once(
                    RECORD,
                    status(
                            200,
                            "application/json",
                            "{ \"uri\":\"" + post + "\", \"cid\":\"bafyreigood\", \"value\":{\"n\":1.0} }"));

            assertThat(platform.capture(content(postKey(), Map.of())).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{ \"uri\":\"" + post + "\", \"cid\":\"bafyreigood\", \"value\":{\"n\":1.0} }");
        }

        @Test
        void namesThePicturesOfAPost() {
            String picture = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
            contract.once(
                    RECORD,
                    status(
                            200,
                            "application/json",
                            "{\"uri\":\"" + post + "\",\"cid\":\"bafyreigood\",\"value\":{\"embed\":{\"images\":["
                                    + "{\"image\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"" + picture + "\"}}},"
                                    + "{\"image\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"../../etc\"}}}]}}}"));

            assertThat(platform.capture(content(postKey(), Map.of())).media())
                    .singleElement()
                    .satisfies(address -> assertThat(address.toString())
                            .endsWith("/xrpc/com.atproto.sync.getBlob?did="
                                    + java.net.URLEncoder.encode(AUTHOR, StandardCharsets.UTF_8) + "&cid=" + picture));
        }

        @Test
        void followsAnAccountThatMovedToAnotherHost() throws IOException {
            try (AtprotoContract old = new AtprotoContract()) {
                contract.documents.put(AUTHOR, AtprotoContract.document(AUTHOR, Map.of("#atproto_pds", old.url())));
                assertThat(look().availability())
                        .as("inside our network, and no operator named it")
                        .isEqualTo(Availability.UNKNOWN);
                assertThat(old.calls).isEmpty();
            }
            contract.register(AUTHOR, contract.url());
            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
        }

        @ParameterizedTest
        @CsvSource({
            "https://10.0.0.1",
            "https://127.0.0.1",
            "https://[::1]",
            "https://169.254.169.254",
            "http://example.org",
            "ftp://example.org",
            "file:///etc/passwd",
            "https://user@127.0.0.1",
            "not an address"
        })
        void callsNoHostThatAnAccountChoseInsideOurNetwork(String host) {
            contract.documents.put(
                    AUTHOR,
                    Map.of(
                            "id",
                            AUTHOR,
                            "service",
                            List.of(Map.of(
                                    "id", "#atproto_pds",
                                    "type", "AtprotoPersonalDataServer",
                                    "serviceEndpoint", host))));

            assertThat(look().availability()).isEqualTo(Availability.UNKNOWN);
            assertThat(contract.callsOf(STATUS)).isZero();
        }

        @Test
        void aDocumentOfAnotherAccountIsNotBelieved() {
            contract.documents.put(
                    AUTHOR, AtprotoContract.document("did:plc:other", Map.of("#atproto_pds", contract.url())));

            assertThat(look().availability()).isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void asksAboutManyInFewCallsOfADecentLength() {
            List<Content> many = IntStream.range(0, 120)
                    .mapToObj(i -> {
                        String key = "3k" + "x".repeat(40) + i;
                        contract.post(AUTHOR, key);
                        return content(ContentKey.of("at", "post", AUTHOR + "/" + key), Map.of());
                    })
                    .toList();
            contract.label(
                    "at://" + AUTHOR + "/app.bsky.feed.post/3k" + "x".repeat(40) + "119",
                    "!takedown",
                    "2026-11-22T10:00:00Z");

            List<Look> looks = platform.look(many);

            assertThat(looks.subList(0, 119)).extracting(Look::availability).containsOnly(Availability.AVAILABLE);
            assertThat(looks.get(119).availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
            assertThat(contract.callsOf(LABELS)).isBetween(2L, 20L);
            assertThat(contract.callsOf(STATUS)).as("one account").isEqualTo(1);
        }

        @Test
        void asksTheAppViewAboutTwentyFivePostsAtOnceAndThePdsAboutTheRest() {
            platform = platform(settings ->
                    withOption(settings, "appview-url", contract.url().toString()));
            List<Content> many = IntStream.range(0, 25)
                    .mapToObj(i -> {
                        if (i != 24) {
                            contract.post(AUTHOR, "3kmany" + i);
                        }
                        return content(ContentKey.of("at", "post", AUTHOR + "/3kmany" + i), Map.of());
                    })
                    .toList();
            contract.label("at://" + AUTHOR + "/app.bsky.feed.post/3kmany0", "!takedown", "2026-11-22T10:00:00Z");

            List<Look> looks = platform.look(many);

            assertThat(looks.get(0).availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
            assertThat(looks.subList(1, 24)).extracting(Look::availability).containsOnly(Availability.AVAILABLE);
            assertThat(looks.get(24).availability()).isEqualTo(Availability.DELETED_BY_AUTHOR);
            assertThat(contract.callsOf("app.bsky.feed.getPosts")).isEqualTo(1);
            assertThat(contract.callsOf(LABELS)).isLessThanOrEqualTo(2);
            assertThat(contract.callsOf(RECORD)).isEqualTo(1);
        }

        @Test
        void asksThePdsWhenTheAppViewDoesNotAnswer() {
            platform = platform(settings ->
                    withOption(settings, "appview-url", contract.url().toString()));
            contract.always("app.bsky.feed.getPosts", error(502, "UpstreamFailure", "no"));

            assertThat(look().availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(contract.callsOf(RECORD)).isEqualTo(1);
        }

        private PlatformSettings withOption(PlatformSettings settings, String option, String value) {
            Map<String, String> options = new HashMap<>(settings.options());
            options.put(option, value);
            return new PlatformSettings(
                    settings.kind(),
                    true,
                    settings.baseUrl(),
                    settings.hosts(),
                    settings.identifier(),
                    settings.secret(),
                    null,
                    settings.labeler(),
                    settings.labelerUrl(),
                    settings.timeout(),
                    2,
                    options);
        }

        @Test
        void oneThatCannotBeToldDoesNotSpoilTheOthers() {
            contract.once(RECORD, error(500, "InternalServerError", "Internal Server Error"));

            assertThat(platform.look(List.of(content(postKey(), Map.of()), content(postKey(), Map.of()))))
                    .extracting(Look::availability)
                    .containsExactlyInAnyOrder(Availability.UNKNOWN, Availability.AVAILABLE);
        }

        private Look look() {
            return platform.look(List.of(content(postKey(), Map.of()))).get(0);
        }
    }

    /** The calls that one look makes. */
    enum Call {
        LABELS(AtprotoPlatformTest.LABELS),
        DOCUMENT("/" + AUTHOR),
        STATUS(AtprotoPlatformTest.STATUS),
        RECORD(AtprotoPlatformTest.RECORD);

        private final String path;

        Call(String path) {
            this.path = path;
        }
    }

    @Nested
    class Settings {

        @Test
        void makeAConnection() {
            assertThatCode(platform::checkConnection).doesNotThrowAnyException();
        }

        @ParameterizedTest
        @CsvSource({"base-url", "identifier", "secret", "labeler", "labeler-url"})
        void areNamedWhenTheyAreMissing(String missing) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> platform(settings -> without(settings, missing)))
                    .withMessageContaining("takedown.platforms.bsky." + missing);
        }

        @Test
        void holdNoSecretThemselves() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> platform(settings -> new PlatformSettings(
                            settings.kind(),
                            true,
                            settings.baseUrl(),
                            settings.hosts(),
                            settings.identifier(),
                            "hunter2-hunter2",
                            null,
                            settings.labeler(),
                            settings.labelerUrl(),
                            settings.timeout(),
                            2,
                            settings.options())))
                    .withMessageContaining("takedown.platforms.bsky.secret")
                    .withMessageNotContaining("hunter2");
        }

        @ParameterizedTest
        @CsvSource({"moderation.example", "did:key:z6Mk", "did:plc:short", "did:web:../../etc"})
        void nameALabelerByADid(String labeler) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> platform(settings -> with(settings, contract.url(), labeler)))
                    .withMessageContaining("takedown.platforms.bsky.labeler");
        }

        @ParameterizedTest
        @CsvSource({"https://pds.example/xrpc", "ftp://pds.example", "https://user:pw@pds.example", "pds.example"})
        void nameAPlainOriginAsAddress(URI baseUrl) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> platform(settings -> with(settings, baseUrl, LABELER)))
                    .withMessageContaining("takedown.platforms.bsky.base-url");
        }

        @Test
        void doNotPassWhenTheLabelerIsSomewhereElse() {
            contract.documents.put(
                    LABELER,
                    AtprotoContract.document(
                            LABELER,
                            Map.of(
                                    "#atproto_pds", contract.url(),
                                    "#atproto_labeler", URI.create("https://elsewhere.example"))));

            assertThatThrownBy(platform::checkConnection)
                    .isInstanceOf(PlatformUnavailable.class)
                    .hasMessageContaining("takedown.platforms.bsky.labeler-url");
        }

        private static PlatformSettings without(PlatformSettings settings, String missing) {
            return new PlatformSettings(
                    settings.kind(),
                    true,
                    missing.equals("base-url") ? null : settings.baseUrl(),
                    settings.hosts(),
                    missing.equals("identifier") ? " " : settings.identifier(),
                    missing.equals("secret") ? null : settings.secret(),
                    null,
                    missing.equals("labeler") ? null : settings.labeler(),
                    missing.equals("labeler-url") ? null : settings.labelerUrl(),
                    settings.timeout(),
                    2,
                    settings.options());
        }
    }

    private static Map<String, Object> negated(String uri, String value, String createdAt) {
        Map<String, Object> label = new HashMap<>(Map.of("src", LABELER, "uri", uri, "val", value, "cts", createdAt));
        label.put("neg", true);
        return label;
    }

    private Platform platform(Duration timeout) {
        return platform(settings -> new PlatformSettings(
                settings.kind(),
                true,
                settings.baseUrl(),
                settings.hosts(),
                settings.identifier(),
                settings.secret(),
                null,
                settings.labeler(),
                settings.labelerUrl(),
                timeout,
                2,
                settings.options()));
    }

    private Platform platform(UnaryOperator<PlatformSettings> change) {
        PlatformSettings settings = new PlatformSettings(
                AtprotoPlatformFactory.KIND,
                true,
                contract.url(),
                List.of("bsky.app"),
                AtprotoContract.HANDLE,
                "file:" + folder.resolve("secret"),
                null,
                LABELER,
                contract.url(),
                Duration.ofSeconds(5),
                2,
                Map.of("plc-url", contract.url().toString(), "requests-per-minute", "100000"));
        return new AtprotoPlatformFactory(clock).create("bsky", change.apply(settings));
    }

    private static PlatformSettings with(PlatformSettings settings, URI baseUrl, String labeler) {
        return new PlatformSettings(
                settings.kind(),
                true,
                baseUrl,
                settings.hosts(),
                settings.identifier(),
                settings.secret(),
                null,
                labeler,
                settings.labelerUrl(),
                settings.timeout(),
                2,
                settings.options());
    }

    private static ContentKey postKey() {
        return ContentKey.of("at", "post", AUTHOR + "/3kabc");
    }

    private static Content account() {
        return content(ContentKey.of("at", "account", AUTHOR), Map.of());
    }

    private static Content content(ContentKey key, Map<String, String> identities) {
        return new Content(reference(), key, URI.create("https://bsky.app/profile/x"), identities);
    }

    private static CaseReference reference() {
        return CaseReference.of(2026, 7);
    }

    private static Notice notice(Category category, String explanation) {
        return notice(content(postKey(), Map.of()), category, explanation);
    }

    private static Notice notice(Content content, Category category, String explanation) {
        return new Notice(KEY, content, category, true, true, explanation);
    }
}
