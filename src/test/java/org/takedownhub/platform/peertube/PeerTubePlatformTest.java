package org.takedownhub.platform.peertube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.takedownhub.platform.peertube.PeerTubeStub.answer;
import static org.takedownhub.platform.peertube.PeerTubeStub.flood;
import static org.takedownhub.platform.peertube.PeerTubeStub.hangUp;
import static org.takedownhub.platform.peertube.PeerTubeStub.page;
import static org.takedownhub.platform.peertube.PeerTubeStub.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.MovableClock;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.SentReport;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;

/** Against a stub that enforces what the server's own source does. */
@BesideOthers
@Timeout(60)
class PeerTubePlatformTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String VIDEO = "9c9de5e8-0a1e-484a-b099-e80766180a6d";
    private static final String OTHER = "4b2f3e10-7c55-4c0e-9f0a-2d1c0b9a8e77";
    private static final String CONTROL = "11111111-2222-4333-8444-555555555555";
    private static final String REPORTS = "POST /api/v1/abuses";
    private static final String TOKEN = "POST /api/v1/users/token";
    private static final String VIDEOS = "GET /api/v1/videos/";

    @TempDir
    Path secrets;

    private final MovableClock clock = new MovableClock(NOW);
    private final PlatformAlarms alarms = AlarmStore.silent(clock);
    private final Map<String, String> options = new HashMap<>(Map.of("requests-per-minute", "1000"));
    private PeerTubeStub stub;
    private Platform platform;

    @BeforeEach
    void start() {
        stub = new PeerTubeStub().video(VIDEO, "public").video(OTHER, "public").video(CONTROL, "public");
        password(PeerTubeStub.PASSWORD);
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class Referring {

        @Test
        void reportsAVideoInTheServersOwnWords() {
            assertThat(platform.refer(notice(VIDEO))).isInstanceOfSatisfying(Receipt.class, receipt -> {
                assertThat(receipt.reference()).isEqualTo("41");
                assertThat(receipt.receivedAt()).isEqualTo(NOW);
                assertThat(receipt.identities()).containsOnly(Map.entry("abuseId", "41"));
            });
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("reason").textValue()).isEqualTo("It threatens a person.");
            assertThat(report.get("predefinedReasons").get(0).textValue()).isEqualTo("violentOrRepulsive");
            assertThat(report.get("video").get("id").textValue()).isEqualTo(VIDEO);
            assertThat(report.get("video").has("startAt")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "THREAT, violentOrRepulsive",
            "TERRORISM, violentOrRepulsive",
            "WEAPONS_SALE, serverRules",
            "RECRUITMENT, serverRules",
            "INTIMIDATION, privacy"
        })
        void hasAReasonForEveryCategory(Category category, String reason) {
            assertThat(Reports.reasons(category)).containsExactly(reason);
            assertThat(platform.refer(notice(video(VIDEO), category, "It does.")))
                    .as("the server knows it")
                    .isInstanceOf(Receipt.class);
        }

        @Test
        void reportsTheSameVideoWhateverItsAddress() {
            for (String address : List.of(
                    stub.base() + "/w/" + "kkGMgK9ZtnKfYAgnEtQxbv",
                    stub.base() + "/videos/watch/" + VIDEO.toUpperCase(),
                    stub.base() + "/videos/embed/" + VIDEO)) {
                ContentIdentity identity = ContentIdentities.identify(address);
                Content content =
                        new Content(CaseReference.of(2026, 1), identity.key(), identity.canonicalUrl(), Map.of());
                assertThat(Reports.video(content)).as(address).contains(VIDEO);
            }
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "?start=75s&stop=1m40s, 75, 100",
                    "?start=1h2m3s, 3723, -",
                    "?stop=10, -, 10",
                    "?start=100&stop=50, 100, -",
                    "?start=soon, -, -",
                    "'', -, -"
                })
        void namesThePassageWhereTheAddressDoes(String query, Integer startAt, Integer endAt) {
            Content content = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("pt:video:" + VIDEO),
                    stub.base().resolve("/videos/watch/" + VIDEO + query),
                    Map.of());
            assertThat(Reports.passage(VIDEO, content)).isEqualTo(new Wire.ReportedVideo(VIDEO, startAt, endAt));
            assertThat(platform.refer(notice(content, Category.THREAT, "It threatens a person.")))
                    .isInstanceOf(Receipt.class);
        }

        @Test
        void shortensATooLongExplanationAndSaysSo() {
            assertThat(platform.refer(notice(video(VIDEO), Category.THREAT, "This sentence says why. ".repeat(150))))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("reason").textValue())
                    .contains("says why. [Shortened: this form takes 3,000 characters.")
                    .contains("reference TH-2026-000001");
        }

        @Test
        void asksAPersonAboutAnAddressThatIsNoVideo() {
            Content channel = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("web:url:video.example/c/someone"),
                    URI.create("https://video.example/c/someone"),
                    Map.of());
            assertThat(platform.refer(notice(channel, Category.THREAT, "It threatens.")))
                    .isInstanceOf(NeedsPerson.class);
            assertThat(stub.calls()).isEmpty();
        }

        @Test
        void saysThatTheVideoIsGone() {
            stub.video(VIDEO, "deleted");
            assertThat(platform.refer(notice(VIDEO))).isInstanceOf(ContentGone.class);
        }

        @Test
        void takesNoWordOnOurOwnVideoForADecision() {
            stub.video(VIDEO, "ours");
            assertThat(platform.refer(notice(VIDEO)))
                    .isInstanceOfSatisfying(PlatformRefusal.class, answer -> assertThat(answer.reason())
                            .contains("our own account"));
        }

        @Test
        void asksAPersonAndAlarmsTheOperatorWhenAReasonIsGone() {
            stub.fault(REPORTS, problem(400, "Incorrect request parameters: predefinedReasons", null));
            assertThat(platform.refer(notice(VIDEO)))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("predefinedReasons"));
            assertThat(alarms.of("tube")).singleElement().asString().contains("predefinedReasons");

            assertThat(platform.refer(notice(VIDEO))).isInstanceOf(Receipt.class);
            assertThat(alarms.of("tube")).isEmpty();
        }

        @Test
        void isUncertainWheneverTheAnswerDoesNotSaySo() {
            platform = hasty();
            for (PeerTubeStub.Fault fault : List.of(
                    page(200),
                    answer(302, "text/html", "", "Location", "/login"),
                    page(500),
                    problem(503, "Overloaded", null),
                    answer(200, "application/json", ""),
                    answer(200, "application/json", "{\"abuse\":{}}"),
                    answer(200, "application/json", "{\"abuse\":{\"id\":4"),
                    flood(),
                    stub.drip(),
                    stub.silence())) {
                stub.fault(REPORTS, fault);
                assertThat(platform.refer(notice(VIDEO))).isInstanceOf(Uncertain.class);
            }
            assertThat(stub.calls())
                    .filteredOn(REPORTS::equals)
                    .as("none is sent again")
                    .hasSize(10);
            assertThat(alarms.of("tube")).singleElement().asString().contains("without its number");
        }

        @Test
        void isSureThatAChallengePageTookNothing() {
            stub.fault(REPORTS, page(403));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice(VIDEO)));
        }

        @Test
        void comesBackWhenThePlatformSaysSo() {
            stub.fault(REPORTS, answer(429, "text/html", "Too many requests", "Retry-After", "120"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(VIDEO)))
                    .satisfies(e -> assertThat(e.retryAt()).contains(NOW.plusSeconds(120)));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice(VIDEO)));
            assertThat(stub.calls())
                    .filteredOn(REPORTS::equals)
                    .as("asks nothing before")
                    .hasSize(1);
            assertThat(look(VIDEO).availability()).as("looks all the same").isEqualTo(Availability.AVAILABLE);

            clock.advance(Duration.ofMinutes(2));
            assertThat(platform.refer(notice(VIDEO))).isInstanceOf(Receipt.class);
        }
    }

    @Nested
    class SigningIn {

        @Test
        void signsInOnceForManyCalls() {
            platform.refer(notice(VIDEO));
            platform.refer(notice(OTHER));
            platform.checkConnection();
            assertThat(stub.calls()).filteredOn(TOKEN::equals).hasSize(1);
        }

        @Test
        void refreshesATokenBeforeItIsSpent() {
            platform.refer(notice(VIDEO));
            clock.advance(Duration.ofDays(1));
            stub.forgetAccessTokens();
            assertThat(platform.refer(notice(OTHER))).isInstanceOf(Receipt.class);
            assertThat(stub.calls()).filteredOn(REPORTS::equals).hasSize(2);
            assertThat(stub.calls()).filteredOn(TOKEN::equals).hasSize(2);
        }

        @Test
        void reportsAgainWithANewTokenWhereTheOldOneIsRefused() {
            platform.refer(notice(VIDEO));
            stub.forgetAccessTokens();
            assertThat(platform.refer(notice(OTHER))).isInstanceOf(Receipt.class);
            assertThat(stub.reports()).hasSize(2);
        }

        @Test
        void signsInAnewWhenTheSessionIsForgotten() {
            platform.refer(notice(VIDEO));
            stub.forgetSessions();
            assertThat(platform.refer(notice(OTHER))).isInstanceOf(Receipt.class);
        }

        @Test
        void asksAnewAsWhichClientToSignIn() {
            platform.refer(notice(VIDEO));
            stub.forgetSessions();
            stub.changeClient();
            assertThat(platform.refer(notice(OTHER))).isInstanceOf(Receipt.class);
            assertThat(stub.calls())
                    .filteredOn("GET /api/v1/oauth-clients/local"::equals)
                    .hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "wrong"})
        void namesTheSettingsToMend(String password) {
            password(password);
            assertThat(platform.refer(notice(VIDEO)))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.tube.secret")
                            .doesNotContain("wrong"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.checkConnection())
                    .withMessageContaining("takedown.platforms.tube.secret");
            assertThat(stub.reports()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "401, missing_two_factor, second factor",
            "400, account_waiting_for_approval, administrators",
            "400, account_approval_rejected, administrators"
        })
        void saysWhyAnAccountIsNotLetIn(int status, String code, String why) {
            stub.fault(TOKEN, problem(status, "No", code));
            assertThat(platform.refer(notice(VIDEO)))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains(why));
        }

        @Test
        void saysThatTheServerGoesByAnotherName() {
            stub.fault(
                    "GET /api/v1/oauth-clients", problem(403, "Getting client tokens for host x is forbidden", null));
            assertThat(platform.refer(notice(VIDEO)))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.tube.base-url"));
        }

        @Test
        void triesAgainLaterWhenNobodyCanSignIn() {
            for (PeerTubeStub.Fault fault : List.of(
                    page(200),
                    page(403),
                    problem(503, "Down", null),
                    answer(429, "text/html", "Too many requests"),
                    hangUp())) {
                stub.fault(TOKEN, fault);
                platform = platform();
                assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice(VIDEO)));
            }
            assertThat(stub.calls()).doesNotContain(REPORTS);
        }

        @Test
        void staysBelowTheServersLimitOfSignIns() {
            password("wrong");
            IntStream.range(0, 5).forEach(attempt -> platform.refer(notice(VIDEO)));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(VIDEO)))
                    .satisfies(e -> assertThat(e.retryAt()).contains(NOW.plus(Duration.ofMinutes(5))));
            assertThat(stub.calls()).filteredOn(TOKEN::equals).hasSize(5);
        }

        @Test
        void showsNoTokenAndNoClientSecretInWords() {
            assertThat(new Wire.Token("hush-access", "hush-refresh", 1L).toString())
                    .doesNotContain("hush");
            assertThat(new Wire.Client("front-end", "hush").toString()).doesNotContain("hush");
        }
    }

    @Nested
    class Hearing {

        private SentReport sent;

        @BeforeEach
        void report() {
            Receipt receipt = (Receipt) platform.refer(notice(VIDEO));
            sent = new SentReport(receipt.reference(), video(VIDEO), 1, NOW);
        }

        private List<PlatformReply> replies() {
            return platform.repliesTo(List.of(sent)).get(0);
        }

        @Test
        void hearsThatTheReportWasTaken() {
            assertThat(platform.repliesToReports()).isTrue();
            assertThat(replies()).extracting(PlatformReply::kind).containsExactly(PlatformReply.Kind.ACKNOWLEDGED);
            assertThat(stub.calls()).as("there is nothing to read").noneMatch(call -> call.endsWith("/messages"));
        }

        @ParameterizedTest
        @CsvSource({"2, NO_ACTION", "3, ACTION_TAKEN"})
        void hearsWhatTheModeratorsDecided(int state, PlatformReply.Kind kind) {
            stub.decide(41, state);
            List<PlatformReply> replies = replies();
            assertThat(replies).extracting(PlatformReply::kind).containsExactly(PlatformReply.Kind.ACKNOWLEDGED, kind);
            assertThat(replies.get(1).at()).isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
            assertThat(replies()).as("said again under the same keys").isEqualTo(replies);
        }

        @Test
        void tellsAChangedDecisionAnew() {
            stub.decide(41, 2);
            String first = replies().get(1).key();
            stub.decide(41, 3);
            assertThat(replies().get(1).key()).isNotEqualTo(first);
        }

        @Test
        void knowsNoStateThatIsNotDocumented() {
            stub.decide(41, 4);
            assertThat(replies()).extracting(PlatformReply::kind).containsExactly(PlatformReply.Kind.ACKNOWLEDGED);
        }

        @Test
        void hearsModeratorsQuestionsAndNotOurOwnWords() {
            stub.say(41, "Which minute do you mean?", true);
            stub.say(41, "The second.", false);
            stub.say(41, "And who is it?", true);
            assertThat(replies())
                    .filteredOn(reply -> reply.kind() == PlatformReply.Kind.MESSAGE)
                    .extracting(PlatformReply::text)
                    .containsExactly("Which minute do you mean?", "And who is it?");
            assertThat(replies()).extracting(PlatformReply::key).doesNotHaveDuplicates();
        }

        @Test
        void fitsTheLongestMessageIntoAReply() {
            stub.say(41, "\uD83D\uDD2A".repeat(3000), true);
            assertThat(replies().get(1).text())
                    .hasSizeLessThanOrEqualTo(4000)
                    .endsWith("[Shortened: read the rest on the platform.]");
        }

        @Test
        void readsManyReportsAHundredAtATime() {
            stub.file(250);
            List<SentReport> many = IntStream.rangeClosed(41, 291)
                    .mapToObj(number -> new SentReport(Integer.toString(number), video(VIDEO), 1, NOW))
                    .toList();
            assertThat(platform.repliesTo(many)).hasSize(251).allSatisfy(replies -> assertThat(replies)
                    .hasSize(1));
            assertThat(stub.calls())
                    .filteredOn("GET /api/v1/users/me/abuses"::equals)
                    .hasSize(3);
        }

        @Test
        void asksForReportsTooOldForTheListByTheirNumber() {
            stub.file(600);
            SentReport newest = new SentReport("641", video(VIDEO), 1, NOW);
            assertThat(platform.repliesTo(List.of(sent, newest)))
                    .allSatisfy(replies -> assertThat(replies).hasSize(1));
        }

        @Test
        void hearsNothingOfReportsThatAreNotOurs() {
            assertThat(platform.repliesTo(List.of(
                            new SentReport("9999", video(VIDEO), 1, NOW),
                            new SentReport("post/7", video(VIDEO), 1, NOW),
                            sent)))
                    .extracting(List::size)
                    .containsExactly(0, 0, 1);
        }

        @Test
        void takesNoReplyOutOfBrokenAnswers() {
            platform = hasty();
            for (PeerTubeStub.Fault fault : List.of(
                    page(200),
                    page(404),
                    page(503),
                    answer(200, "application/json", "{}"),
                    answer(200, "application/json", "{\"data\":[{\"id\":41"),
                    flood(),
                    hangUp(),
                    stub.drip())) {
                stub.fault("GET /api/v1/users/me/abuses", fault);
                assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(this::replies);
            }
            stub.say(41, "Which minute do you mean?", true);
            stub.fault("GET /api/v1/abuses/41/messages", page(200));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(this::replies);
        }

        @Test
        void hearsOfTheOthersWhereOneReportHasNoDialogue() {
            Receipt receipt = (Receipt) platform.refer(notice(OTHER));
            SentReport other = new SentReport(receipt.reference(), video(OTHER), 1, NOW);
            stub.say(41, "Which minute do you mean?", true);
            stub.say(42, "Who is it?", true);
            stub.fault(
                    "GET /api/v1/abuses/41/messages",
                    problem(400, "This abuse was not created by a user of your instance.", null));
            assertThat(platform.repliesTo(List.of(sent, other)))
                    .extracting(List::size)
                    .containsExactly(1, 2);

            stub.fault("GET /api/v1/abuses/42/messages", page(503));
            assertThat(platform.repliesTo(List.of(sent, other)))
                    .as("what was heard before the server stopped answering counts")
                    .extracting(List::size)
                    .containsExactly(2, 1);
        }

        @Test
        void answersWhereItWasAsked() {
            assertThat(platform.takesAnswers()).isTrue();
            platform.answer(sent, "The second minute.");
            assertThat(stub.messages(41)).containsExactly("The second minute.");
        }

        @Test
        void sendsALongAnswerInPartsAndAllOfIt() {
            String text = "This sentence explains it. ".repeat(148).strip();
            platform.answer(sent, text);
            List<String> parts = stub.messages(41);
            assertThat(parts).hasSize(2);
            assertThat(parts.get(0)).startsWith("(1/2) ").endsWith("explains it.");
            assertThat(String.join(" ", parts).replaceAll("\\([12]/2\\) ", "")).isEqualTo(text);
        }

        @Test
        void doesNotKnowWhetherAnAnswerArrivedThatGotNone() {
            platform = hasty();
            String messages = "POST /api/v1/abuses/41/messages";
            for (PeerTubeStub.Fault fault : List.of(page(200), page(502), hangUp(), flood(), stub.drip())) {
                stub.fault(messages, fault);
                assertThatExceptionOfType(NoAnswer.class).isThrownBy(() -> platform.answer(sent, "The second minute."));
            }
        }

        @Test
        void isSureThatARefusedAnswerDidNotArrive() {
            stub.fault("POST /api/v1/abuses/41/messages", problem(403, "No right", null));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.answer(sent, "The second minute."))
                    .withMessageContaining("No right");
            assertThat(stub.messages(41)).isEmpty();
        }

        @Test
        void doesNotCallHalfAnAnswerNone() {
            stub.fault("POST /api/v1/abuses/41/messages", exchange -> {
                stub.fault("POST /api/v1/abuses/41/messages", problem(400, "Enough", null));
                answer(200, "application/json", "{\"abuseMessage\":{\"id\":1}}").happen(exchange);
            });
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> platform.answer(sent, "This sentence explains it. ".repeat(148)))
                    .withMessageContaining("Only 1 of 2 parts");
        }
    }

    @Nested
    class Looking {

        @Test
        void seesWhatIsUpAndWhatIsNotInOrder() {
            stub.video(OTHER, "deleted");
            List<Look> looks = platform.look(List.of(video(OTHER), video(VIDEO)));
            assertThat(looks)
                    .extracting(Look::availability)
                    .containsExactly(Availability.GONE_UNATTRIBUTED, Availability.AVAILABLE);
            assertThat(looks).extracting(Look::controlAlive).containsExactly(true, true);
            assertThat(looks.get(0).evidenceHash()).isPresent();
        }

        @Test
        void findsAControlVideo() {
            stub.video(VIDEO, "deleted");
            assertThat(look(VIDEO).controlAlive()).isTrue();
            stub.video(OTHER, "deleted").video(CONTROL, "deleted");
            assertThat(look(VIDEO).controlAlive()).isFalse();
        }

        @Test
        void usesTheControlVideoOfTheSettings() {
            options.put("control-video", CONTROL);
            platform = platform();
            stub.video(VIDEO, "deleted");
            assertThat(look(VIDEO).controlAlive()).isTrue();
            stub.video(CONTROL, "blocked");
            assertThat(look(VIDEO).controlAlive()).isFalse();
        }

        @Test
        void tellsABlockFromAPrivateVideoByOurReport() {
            Content reported = reported();
            stub.video(VIDEO, "blocked");
            Look look = platform.look(List.of(reported)).get(0);
            assertThat(look.availability()).isEqualTo(Availability.REMOVED_BY_PLATFORM);
            assertThat(look.httpStatus()).hasValue(401);

            stub.video(VIDEO, "private");
            assertThat(platform.look(List.of(reported)).get(0).availability()).isEqualTo(Availability.RESTRICTED);

            stub.video(VIDEO, "public");
            assertThat(platform.look(List.of(reported)).get(0).availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void doesNotSayWhoDeletedIt() {
            Content reported = reported();
            stub.video(VIDEO, "deleted");
            Look look = platform.look(List.of(reported)).get(0);
            assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(look.detail()).contains("deleted");
            assertThat(look.controlAlive()).isTrue();
        }

        @Test
        void cannotTellWhatIsHiddenBeforeWeReportedIt() {
            stub.video(VIDEO, "blocked");
            Look look = look(VIDEO);
            assertThat(look.availability()).isEqualTo(Availability.UNKNOWN);
            assertThat(look.unknownReason()).contains(UnknownReason.NOT_ALLOWED);
        }

        @Test
        void cannotTellWhileOurReportsCannotBeRead() {
            Content reported = reported();
            stub.video(VIDEO, "blocked");
            stub.fault("GET /api/v1/users/me/abuses", page(503));
            assertThat(platform.look(List.of(reported)).get(0).availability()).isEqualTo(Availability.UNKNOWN);
            stub.forgetSessions();
            password("wrong");
            assertThat(platform.look(List.of(reported)).get(0).availability()).isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void doesNotBelieveAServerThatContradictsItself() {
            Content reported = reported();
            stub.fault(VIDEOS, problem(404, "Video not found", null));
            assertThat(platform.look(List.of(reported)).get(0).unknownReason())
                    .contains(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void seesAPasswordForWhatItIs() {
            stub.video(VIDEO, "password");
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.RESTRICTED);
        }

        @Test
        void asksOnceForAllThatIsHidden() {
            Content one = reported();
            Receipt receipt = (Receipt) platform.refer(notice(OTHER));
            Content other = new Content(
                    CaseReference.of(2026, 2), new ContentKey("pt:video:" + OTHER), one.url(), receipt.identities());
            stub.video(VIDEO, "blocked").video(OTHER, "blocked");
            assertThat(platform.look(List.of(one, other)))
                    .extracting(Look::availability)
                    .containsOnly(Availability.REMOVED_BY_PLATFORM);
            assertThat(stub.calls())
                    .filteredOn("GET /api/v1/users/me/abuses"::equals)
                    .hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "401, NOT_ALLOWED",
            "403, NOT_ALLOWED",
            "408, TIME_OUT",
            "425, CONTRACT_CHANGED",
            "429, RATE_LIMITED",
            "500, SERVER_ERROR",
            "503, SERVER_ERROR",
            "302, OTHER_PAGE"
        })
        void saysNothingFromAnAnswerThatProvesNothing(int status, UnknownReason reason) {
            stub.fault(VIDEOS, answer(status, "text/html", "<title>One moment</title>", "Retry-After", "60"));
            Look look = look(VIDEO);
            assertThat(look.availability()).isEqualTo(Availability.UNKNOWN);
            assertThat(look.unknownReason()).contains(reason);
        }

        @Test
        void saysNothingFromPagesHalvesEmptinessAndSilence() {
            platform = hasty();
            for (PeerTubeStub.Fault fault : List.of(
                    page(200),
                    page(404),
                    page(410),
                    answer(200, "application/json", ""),
                    answer(200, "application/json", "{}"),
                    answer(200, "application/json", "{\"uuid\":\"" + VIDEO),
                    answer(200, "application/json", "{\"uuid\":\"" + OTHER + "\"}"),
                    answer(404, "application/json", "[]"),
                    problem(403, "This video is not followed", "does_not_respect_follow_constraints"),
                    flood(),
                    hangUp(),
                    stub.silence())) {
                stub.fault(VIDEOS, fault);
                assertThat(look(VIDEO).availability()).isEqualTo(Availability.UNKNOWN);
            }
        }

        @Test
        void seesALegalBlock() {
            stub.fault(VIDEOS, problem(451, "Unavailable For Legal Reasons", null));
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.GEO_BLOCKED);
        }

        @Test
        void doesNotWaitForEveryVideoOfAServerThatIsDown() {
            IntStream.range(0, 3).forEach(call -> stub.fault(VIDEOS, hangUp()));
            assertThat(platform.look(IntStream.range(0, 10)
                            .mapToObj(number -> video(VIDEO))
                            .toList()))
                    .hasSize(10)
                    .extracting(Look::availability)
                    .containsOnly(Availability.UNKNOWN);
            assertThat(stub.calls()).hasSize(3);
        }

        @Test
        void needsNoPasswordToLook() {
            password("");
            assertThat(look(VIDEO).availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void cannotLookAtWhatIsNoVideo() {
            Content channel = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("web:url:video.example/c/someone"),
                    URI.create("https://video.example/c/someone"),
                    Map.of());
            assertThat(platform.look(List.of(channel)).get(0).unknownReason()).contains(UnknownReason.NO_INTERFACE);
        }

        private Content reported() {
            Receipt receipt = (Receipt) platform.refer(notice(VIDEO));
            return new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("pt:video:" + VIDEO),
                    stub.base().resolve("/videos/watch/" + VIDEO),
                    receipt.identities());
        }
    }

    @Nested
    class Settings {

        @Test
        void keepsTheAnswersBytesAsEvidence() {
            Capture capture = platform.capture(video(VIDEO));
            assertThat(capture.method()).isEqualTo("GET /api/v1/videos/" + VIDEO);
            assertThat(new String(capture.body(), StandardCharsets.UTF_8)).contains(VIDEO);
            stub.video(VIDEO, "private");
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.capture(video(VIDEO)));
        }

        @Test
        void checksAddressAndAccountWithoutAnyEffect() {
            platform.checkConnection();
            assertThat(stub.calls()).containsExactly("GET /api/v1/oauth-clients/local", TOKEN, "GET /api/v1/users/me");
            stub.fault("GET /api/v1/users/me", page(200));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.checkConnection())
                    .withMessageContaining("takedown.platforms.tube.base-url");
        }

        @Test
        void saysWhatItIs() {
            assertThat(platform.instance()).isEqualTo("tube");
            assertThat(platform.kind()).isEqualTo("peertube");
            assertThat(platform.channel()).isEqualTo(Channel.API);
            assertThat(platform.capabilities()).contains("answers moderators where they asked");
        }

        @ParameterizedTest
        @CsvSource({"control-video, 12, options.control-video", "reason, x, options.reason"})
        void refusesImpossibleOptionsByTheirFullName(String option, String value, String key) {
            options.put(option, value);
            assertThatIllegalStateException()
                    .isThrownBy(PeerTubePlatformTest.this::platform)
                    .withMessageContaining("takedown.platforms.tube." + key);
        }

        @Test
        void namesWhatIsMissing() {
            for (String missing : List.of("base-url", "identifier", "secret", "hosts")) {
                PlatformSettings settings = new PlatformSettings(
                        "peertube",
                        true,
                        missing.equals("base-url") ? null : URI.create("https://video.example"),
                        missing.equals("hosts") ? List.of() : List.of("video.example"),
                        missing.equals("identifier") ? null : "hub",
                        missing.equals("secret") ? null : "env:PASSWORD",
                        null,
                        null,
                        null,
                        Duration.ofSeconds(1),
                        2,
                        Map.of());
                assertThatIllegalStateException()
                        .isThrownBy(() -> PeerTubeSettings.of("tube", settings))
                        .withMessageContaining("takedown.platforms.tube." + missing);
            }
        }
    }

    private Look look(String uuid) {
        return platform.look(List.of(video(uuid))).get(0);
    }

    private Platform platform() {
        return platform(Duration.ofSeconds(10));
    }

    /** One that does not wait long for a server that is slow on purpose; the machine is warm by then. */
    private Platform hasty() {
        platform.checkConnection();
        Platform hasty = platform(Duration.ofSeconds(1));
        hasty.checkConnection();
        return hasty;
    }

    private Platform platform(Duration timeout) {
        PlatformSettings settings = new PlatformSettings(
                "peertube",
                true,
                stub.base(),
                List.of(stub.base().getAuthority()),
                PeerTubeStub.USERNAME,
                "file:" + secrets.resolve("password"),
                null,
                null,
                null,
                timeout,
                2,
                options);
        return new PeerTubePlatformFactory(alarms, clock).create("tube", settings);
    }

    private void password(String password) {
        try {
            Files.writeString(secrets.resolve("password"), password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content video(String uuid) {
        return new Content(
                CaseReference.of(2026, 1),
                new ContentKey("pt:video:" + uuid),
                stub.base().resolve("/videos/watch/" + uuid),
                Map.of());
    }

    private Notice notice(String uuid) {
        return notice(video(uuid), Category.THREAT, "It threatens a person.");
    }

    private static Notice notice(Content content, Category category, String explanation) {
        return new Notice("0".repeat(64), content, category, true, false, explanation);
    }
}
