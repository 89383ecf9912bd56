package org.takedownhub.platform.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.takedownhub.platform.mastodon.MastodonStub.answer;
import static org.takedownhub.platform.mastodon.MastodonStub.error;
import static org.takedownhub.platform.mastodon.MastodonStub.halfJson;
import static org.takedownhub.platform.mastodon.MastodonStub.page;

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
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.AlarmStore;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
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
import org.takedownhub.platform.Uncertain;

/** Against a stub that enforces the documented API. The training platform has its own test. */
@BesideOthers
@Timeout(60)
class MastodonPlatformTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String REPORTS = "POST /api/v1/reports";
    private static final String STATUS = "GET /api/v1/statuses/";

    @TempDir
    Path secrets;

    private final MovingClock clock = new MovingClock(NOW);
    private final PlatformAlarms alarms = AlarmStore.silent(clock);
    private final Map<String, String> options = new HashMap<>(Map.of("requests-per-minute", "1000"));
    private MastodonStub stub;
    private Platform platform;

    @BeforeEach
    void start() {
        stub = new MastodonStub().post("101", "11").post("102", "12").post("900", "19");
        token(MastodonStub.TOKEN);
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class Referring {

        @Test
        void reportsAPostByTheServersOwnIds() {
            assertThat(platform.refer(notice("101"))).isInstanceOfSatisfying(Receipt.class, receipt -> {
                assertThat(receipt.reference()).isEqualTo("501");
                assertThat(receipt.receivedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:01.250Z"));
                assertThat(receipt.identities())
                        .containsOnly(
                                Map.entry("statusId", "101"),
                                Map.entry("accountId", "11"),
                                Map.entry("uri", stub.base() + "/users/author/statuses/101"),
                                Map.entry("reportId", "501"));
            });
            JsonNode report = stub.reports().get(0);
            assertThat(report.get("account_id").textValue()).isEqualTo("11");
            assertThat(report.get("status_ids")).hasSize(1);
            assertThat(report.get("comment").textValue()).isEqualTo("It threatens a person.");
            assertThat(report.get("forward").booleanValue()).isFalse();
        }

        @Test
        void searchesForAnAddressOfAnotherServer() {
            Content remote = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("ap:status:elsewhere.example/102"),
                    URI.create("https://elsewhere.example/@author/102"),
                    Map.of());
            assertThat(platform.refer(notice(remote, Category.THREAT, true, "It threatens a person.")))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.calls()).contains("GET /api/v2/search");
        }

        @Test
        void usesTheIdsTheCaseRemembers() {
            Content known = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("ap:object:elsewhere.example/x"),
                    URI.create("https://elsewhere.example/x"),
                    Map.of("statusId", "101", "accountId", "11"));
            assertThat(platform.refer(notice(known, Category.THREAT, true, "It threatens a person.")))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.calls()).containsExactly("GET /api/v2/instance", REPORTS);
        }

        @Test
        void reportsAnAccount() {
            assertThat(platform.refer(notice(account(), Category.RECRUITMENT, true, "It recruits children.")))
                    .isInstanceOfSatisfying(Receipt.class, receipt -> assertThat(receipt.identities())
                            .containsEntry("accountId", "11")
                            .doesNotContainKey("statusId"));
            assertThat(stub.reports().get(0).path("status_ids")).isEmpty();
        }

        @Test
        void findsThroughOurAccountWhatThePublicDoesNotSee() {
            stub.post("103", "11", "account");
            assertThat(platform.refer(notice("103"))).isInstanceOf(Receipt.class);
        }

        @ParameterizedTest
        @CsvSource({
            "4.6.0, true, legal",
            "4.2.0+glitch, true, legal",
            "4.1.9, true, other",
            "2.8.0 (compatible; Friendica 2024.08), true, other",
            "4.6.0, false, other"
        })
        void callsUnlawfulContentLegalWhereTheServerKnowsTheWord(String version, boolean unlawful, String category) {
            stub.version(version);
            platform.refer(notice(status("101"), Category.THREAT, unlawful, "It threatens a person."));
            assertThat(stub.reports().get(0).get("category").textValue()).isEqualTo(category);
        }

        @Test
        void namesTheRuleAPersonChoseForTheCategory() {
            options.put("rule-weapons-glorification", "3");
            platform = platform();
            platform.refer(notice(status("101"), Category.WEAPONS_GLORIFICATION, false, "It glorifies knives."));
            platform.refer(notice(status("101"), Category.THREAT, false, "It threatens a person."));

            assertThat(stub.reports())
                    .extracting(report -> report.get("category").textValue())
                    .containsExactly("violation", "other");
            assertThat(stub.reports().get(0).get("rule_ids").get(0).textValue()).isEqualTo("3");
        }

        @Test
        void asksAPersonWhenTheRuleIsGone() {
            options.put("rule", "8");
            platform = platform();
            assertThat(platform.refer(notice(status("101"), Category.THREAT, false, "It threatens a person.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.social.options.rule"));
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void asksTheServerOncePerHourWhatItIs() {
            platform.refer(notice("101"));
            platform.refer(notice("102"));
            clock.advance(Duration.ofMinutes(61));
            platform.refer(notice("101"));
            assertThat(stub.calls()).filteredOn("GET /api/v2/instance"::equals).hasSize(2);
        }

        @Test
        void knowsOlderServers() {
            stub.knowOnlyTheFirstInstanceCall();
            assertThat(platform.refer(notice("101"))).isInstanceOf(Receipt.class);
        }

        @Test
        void shortensATooLongExplanationAndSaysSo() {
            String explanation = "This sentence says why. ".repeat(60);
            assertThat(platform.refer(notice(status("101"), Category.THREAT, true, explanation)))
                    .isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(0).get("comment").textValue())
                    .contains("This sentence says why. [Shortened")
                    .contains("available on request, reference TH-2026-000001");
        }

        @Test
        void saysThatContentIsGone() {
            assertThat(platform.refer(notice("404"))).isInstanceOf(ContentGone.class);
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void saysThatContentWentBetweenLookingAndReporting() {
            stub.fault(REPORTS, error(404, "Record not found"));
            assertThat(platform.refer(notice("101"))).isInstanceOf(ContentGone.class);
        }

        @Test
        void asksAPersonAboutAnAddressTheServerDoesNotKnow() {
            Content remote = new Content(
                    CaseReference.of(2026, 1),
                    new ContentKey("ap:status:elsewhere.example/777"),
                    URI.create("https://elsewhere.example/@author/777"),
                    Map.of());
            assertThat(platform.refer(notice(remote, Category.THREAT, true, "It threatens a person.")))
                    .isInstanceOf(NeedsPerson.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "an-unknown-token", MastodonStub.READ_ONLY_TOKEN})
        void asksAPersonWhenTheTokenDoesNotServeAndNamesTheSetting(String token) {
            token(token);
            assertThat(platform.refer(notice("101"))).isInstanceOfSatisfying(NeedsPerson.class, answer -> {
                assertThat(answer.reason()).contains("takedown.platforms.social.secret");
                assertThat(answer.reason()).doesNotContain("token-that", "unknown-token");
            });
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void asksAPersonWhenTheTokenBelongsToNobody() {
            stub.fault(REPORTS, error(422, "This method requires an authenticated user"));
            assertThat(platform.refer(notice("101"))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void handsOnWhyThePlatformRefuses() {
            stub.fault(REPORTS, error(422, "Validation failed: Comment is too long (maximum is 1000 characters)"));
            assertThat(platform.refer(notice("101")))
                    .isInstanceOfSatisfying(PlatformRefusal.class, answer -> assertThat(answer.reason())
                            .contains("Comment is too long"));
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        void isUncertainAfterAServerError(int status) {
            stub.fault(REPORTS, page(status));
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
        }

        @Test
        void isUncertainAfterAPageInPlaceOfAReceipt() {
            stub.fault(REPORTS, page(200));
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
        }

        @Test
        void isUncertainAfterHalfAReceipt() {
            stub.fault(REPORTS, halfJson());
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
        }

        @Test
        void isUncertainAfterAnAnswerWithoutEnd() {
            for (MastodonStub.Fault fault : List.of(MastodonStub.flood(), stub.drip())) {
                stub.fault(REPORTS, fault);
                assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
            }
            assertThat(stub.calls()).filteredOn(REPORTS::equals).hasSize(2);
        }

        @Test
        void alarmsTheOperatorUntilAReceiptIsAsDocumentedAgain() {
            stub.fault(REPORTS, MastodonStub.answer(200, "application/json", "{\"reportId\":\"501\"}"));
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
            assertThat(alarms.of("social")).singleElement().asString().contains("no report");

            assertThat(platform.refer(notice("102"))).isInstanceOf(Receipt.class);
            assertThat(alarms.of("social")).isEmpty();
        }

        @Test
        void asksAPersonWhenTheServerDropsTheRuleAtTheLastMoment() {
            options.put("rule", "3");
            platform = platform();
            stub.fault(REPORTS, error(422, "Validation failed: Rule ids does not reference valid rules"));
            assertThat(platform.refer(notice(status("101"), Category.THREAT, false, "It threatens a person.")))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("takedown.platforms.social.options.rule"));
        }

        @Test
        void isUncertainAfterARedirect() {
            stub.fault(REPORTS, MastodonStub.answer(302, "text/html", "", "Location", "/elsewhere"));
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
        }

        @Test
        void isUncertainWhenNoAnswerComesThoughTheReportWasTaken() {
            stub.fault(REPORTS, stub.silence());
            assertThat(platform.refer(notice("101"))).isInstanceOf(Uncertain.class);
            assertThat(stub.reports()).hasSize(1);
        }

        @Test
        void comesBackWhenThePlatformSaysSo() {
            stub.fault(REPORTS, error(429, "Too many requests"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice("101")))
                    .satisfies(e -> assertThat(e.retryAt()).contains(Instant.parse(MastodonStub.RESET)));

            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice("101")));
            assertThat(stub.calls())
                    .filteredOn(REPORTS::equals)
                    .as("asks nothing before")
                    .hasSize(1);

            clock.advance(Duration.ofMinutes(5));
            assertThat(platform.refer(notice("101"))).isInstanceOf(Receipt.class);
        }

        @Test
        void takesADateToComeBackAt() {
            stub.fault(REPORTS, error(429, "Too many requests", "Retry-After", "Sun, 22 Nov 2026 12:30:00 GMT"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice("101")))
                    .satisfies(e -> assertThat(e.retryAt()).contains(Instant.parse("2026-11-22T12:30:00Z")));
        }

        @Test
        void isSureThatAChallengePageTookNothing() {
            stub.fault(REPORTS, page(403));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice("101")));
        }

        @Test
        void triesAgainLaterWhenThePostCannotBeRead() {
            for (MastodonStub.Fault fault : List.of(page(200), page(503), halfJson(), stub.silence())) {
                stub.fault(STATUS, fault);
                assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice("101")));
            }
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void keepsToTheReportsOfADay() {
            options.put("reports-per-day", "1");
            platform = platform();
            assertThat(platform.refer(notice("101"))).isInstanceOf(Receipt.class);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice("102")))
                    .satisfies(e -> assertThat(e.retryAt()).isPresent());
            assertThat(stub.reports()).hasSize(1);
        }
    }

    @Nested
    class Looking {

        @Test
        void seesWhatIsUpAndWhatIsNotInOrder() {
            List<Look> looks = platform.look(List.of(status("404"), status("101"), status("405")));

            assertThat(looks)
                    .extracting(Look::availability)
                    .containsExactly(
                            Availability.GONE_UNATTRIBUTED, Availability.AVAILABLE, Availability.GONE_UNATTRIBUTED);
            assertThat(looks).extracting(Look::controlAlive).containsExactly(true, true, true);
            assertThat(looks.get(0).httpStatus()).hasValue(404);
            assertThat(looks.get(0).evidenceHash()).isPresent();
            assertThat(stub.calls())
                    .as("a post of the round is control enough")
                    .doesNotContain("GET /api/v1/timelines/public");
        }

        @Test
        void findsAControlPostAndLooksAtItAgainNextTime() {
            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isTrue();
            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isTrue();
            assertThat(stub.calls())
                    .filteredOn("GET /api/v1/timelines/public"::equals)
                    .hasSize(1);
        }

        @Test
        void findsAnotherControlWhenTheFirstIsGone() {
            platform.look(List.of(status("404")));
            String first = stub.calls().get(stub.calls().size() - 1).substring(STATUS.length());
            stub.remove(first);

            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isTrue();
        }

        @Test
        void asksForControlPostsThroughOurAccountWhereThePublicGetsNone() {
            stub.hideTimelineFromThePublic();
            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isTrue();
        }

        @Test
        void usesTheControlPostOfTheSettings() {
            options.put("control-status", "900");
            platform = platform();
            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isTrue();
            stub.remove("900");
            assertThat(platform.look(List.of(status("404"))).get(0).controlAlive())
                    .isFalse();
        }

        @Test
        void saysWhenNothingAtAllIsUp() {
            List.of("101", "102", "900").forEach(stub::remove);
            Look look = platform.look(List.of(status("404"))).get(0);
            assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(look.controlAlive()).isFalse();
        }

        @Test
        void seesThatTheAccountIsSuspended() {
            Content known = new Content(
                    CaseReference.of(2026, 1),
                    status("404").key(),
                    status("404").url(),
                    Map.of("statusId", "404", "accountId", "11"));
            stub.account("11", 410);
            assertThat(platform.look(List.of(known)).get(0).availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);
            stub.account("11", 299);
            assertThat(platform.look(List.of(known)).get(0).availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);
            stub.account("11", 200);
            assertThat(platform.look(List.of(known)).get(0).availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        }

        @Test
        void looksAtAnAccount() {
            assertThat(platform.look(List.of(account())).get(0).availability()).isEqualTo(Availability.AVAILABLE);
            stub.account("11", 404);
            assertThat(platform.look(List.of(account())).get(0).availability())
                    .isEqualTo(Availability.GONE_UNATTRIBUTED);
            stub.account("11", 410);
            assertThat(platform.look(List.of(account())).get(0).availability())
                    .isEqualTo(Availability.ACCOUNT_SUSPENDED);
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 401, 403, 408, 425, 429, 500, 502, 503})
        void saysNothingFromAnAnswerThatProvesNothing(int status) {
            stub.fault(STATUS, error(status, "no"));
            assertThat(platform.look(List.of(status("101"))).get(0).availability())
                    .isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void saysNothingFromPagesHalvesEmptinessAndSilence() {
            for (MastodonStub.Fault fault : List.of(
                    page(200),
                    page(404),
                    page(410),
                    halfJson(),
                    MastodonStub.answer(200, "application/json", ""),
                    MastodonStub.answer(200, "application/json", "{}"),
                    MastodonStub.answer(404, "application/json", "[]"),
                    stub.silence())) {
                stub.fault(STATUS, fault);
                assertThat(platform.look(List.of(status("101"))).get(0).availability())
                        .isEqualTo(Availability.UNKNOWN);
            }
        }

        @Test
        void saysNothingFromAnotherPostThanTheOneAskedFor() {
            stub.fault(
                    STATUS,
                    MastodonStub.answer(
                            200, "application/json", "{\"id\":\"102\",\"uri\":\"x\",\"account\":{\"id\":\"12\"}}"));
            assertThat(platform.look(List.of(status("101"))).get(0).availability())
                    .isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void seesALegalBlock() {
            stub.fault(STATUS, error(451, "Unavailable for legal reasons"));
            assertThat(platform.look(List.of(status("101"))).get(0).availability())
                    .isEqualTo(Availability.GEO_BLOCKED);
        }

        @Test
        void leavesTheRestOfTheRoundWhenToldToWait() {
            stub.fault(STATUS, error(429, "Too many requests"));
            assertThat(platform.look(List.of(status("101"), status("102"), status("404"))))
                    .extracting(Look::availability)
                    .containsOnly(Availability.UNKNOWN);
            assertThat(stub.calls()).hasSize(1);
        }

        @Test
        void doesNotWaitForEveryItemOfAPlatformThatIsDown() {
            List<Content> round =
                    IntStream.range(0, 10).mapToObj(number -> status("101")).toList();
            IntStream.range(0, 3).forEach(call -> stub.fault(STATUS, stub.silence()));

            assertThat(platform.look(round))
                    .hasSize(10)
                    .extracting(Look::availability)
                    .containsOnly(Availability.UNKNOWN);
            assertThat(stub.calls()).hasSize(3);
        }

        @Test
        void looksAsThePublicDoes() {
            stub.post("103", "11", "account");
            assertThat(platform.look(List.of(status("103"))).get(0).availability())
                    .isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void needsNoTokenToLook() {
            token("");
            assertThat(platform.look(List.of(status("101"))).get(0).availability())
                    .isEqualTo(Availability.AVAILABLE);
        }
    }

    @Nested
    class Capturing {

        @Test
        void keepsTheAnswersBytesAndWhatThePlatformCallsTheItem() {
            Capture capture = platform.capture(status("101"));
            assertThat(capture.method()).isEqualTo("GET /api/v1/statuses/101");
            assertThat(new String(capture.body(), StandardCharsets.UTF_8))
                    .startsWith("{")
                    .contains("\"101\"");
            assertThat(capture.mediaType()).startsWith("application/json");
            assertThat(capture.identities()).containsEntry("statusId", "101").containsEntry("accountId", "11");
        }

        @Test
        void capturesThroughOurAccountWhatThePublicDoesNotSee() {
            stub.post("103", "11", "account");
            assertThat(platform.capture(status("103")).identities()).containsEntry("statusId", "103");
        }

        @Test
        void namesThePicturesOfAPostAndOfAVideoItsPreviewAsWell() {
            stub.fault(
                    STATUS,
                    answer(
                            200,
                            "application/json",
                            """
                            {"id":"101","uri":"https://social.example/101","account":{"id":"11"},"media_attachments":[
                            {"type":"image","url":"https://files.example/a.png","preview_url":"https://files.example/s.png"},
                            {"type":"gifv","url":"https://files.example/b.mp4","preview_url":"https://files.example/b.png"},
                            {"type":"image","url":null}, null, {"type":"image","url":"javascript:alert(1)"},
                            {"type":"image","url":"file:///etc/passwd"}, {"type":"unknown"}]}
                            """));

            assertThat(platform.capture(status("101")).media())
                    .extracting(java.net.URI::toString)
                    .containsExactly(
                            "https://files.example/a.png",
                            "https://files.example/b.png",
                            "https://files.example/b.mp4");
        }

        @Test
        void keepsNothingInPlaceOfTheItem() {
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.capture(status("404")))
                    .withMessageContaining("404");
            stub.fault(STATUS, page(200));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.capture(status("101")));
        }
    }

    @Nested
    class Checking {

        @Test
        void acceptsAGoodToken() {
            platform.checkConnection();
            assertThat(stub.calls()).containsExactly("GET /api/v1/accounts/verify_credentials", "GET /api/v2/instance");
        }

        @Test
        void acceptsATokenThatMayDoNoMoreThanItMust() {
            token(MastodonStub.NARROW_TOKEN);
            platform.checkConnection();
            assertThat(platform.refer(notice("101"))).isInstanceOf(Receipt.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "an-unknown-token"})
        void namesTheSettingToMend(String token) {
            token(token);
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.checkConnection())
                    .withMessageContaining("takedown.platforms.social.secret");
        }

        @Test
        void noticesThatItIsNoMastodonServer() {
            stub.fault("GET /api/v1/accounts/verify_credentials", page(200));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.checkConnection())
                    .withMessageContaining("takedown.platforms.social.base-url");
        }

        @Test
        void saysWhatItIs() {
            assertThat(platform.instance()).isEqualTo("social");
            assertThat(platform.kind()).isEqualTo("mastodon");
            assertThat(platform.channel()).isEqualTo(Channel.API);
            assertThat(platform.capabilities()).isNotEmpty();
        }
    }

    private Platform platform() {
        PlatformSettings settings = new PlatformSettings(
                "mastodon",
                true,
                stub.base(),
                List.of(stub.host()),
                null,
                "file:" + secrets.resolve("token"),
                null,
                null,
                null,
                Duration.ofSeconds(1),
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

    private Content status(String id) {
        return new Content(
                CaseReference.of(2026, 1),
                new ContentKey("ap:status:" + stub.host() + "/" + id),
                stub.base().resolve("/@author/" + id),
                Map.of());
    }

    private Content account() {
        return new Content(
                CaseReference.of(2026, 1),
                new ContentKey("ap:account:author@" + stub.host()),
                stub.base().resolve("/@author"),
                Map.of());
    }

    private Notice notice(String id) {
        return notice(status(id), Category.THREAT, true, "It threatens a person.");
    }

    private static Notice notice(Content content, Category category, boolean unlawful, String explanation) {
        return new Notice("0".repeat(64), content, category, unlawful, false, explanation);
    }
}
