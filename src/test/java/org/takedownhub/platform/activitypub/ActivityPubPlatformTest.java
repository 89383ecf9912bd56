package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
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
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.platform.UnknownReason;

@BesideOthers
class ActivityPubPlatformTest {

    private static final String KEY_FILE = "rfc9421-test-key-rsa.pem";
    private static final String IDEMPOTENCY_KEY = "0123456789abcdef".repeat(4);
    private static final URI SENDER = URI.create("https://hub.example/ap/actors/referrals");
    private static final String FLAG_ID = "https://hub.example/ap/flags/" + IDEMPOTENCY_KEY;
    private static final String SHARED = "/inbox CAVAGE";

    @TempDir
    private Path secrets;

    private Duration timeout = Duration.ofSeconds(10);
    private final PlatformAlarms alarms = mock(PlatformAlarms.class);
    private final MutableClock clock = MutableClock.at("2026-11-22T12:00:00Z");
    private final Map<String, String> options = new HashMap<>(Map.of("public-url", "https://hub.example"));
    private FediverseStub stub;
    private Platform platform;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(secrets.resolve("key.pem"), HttpSignaturesTest.pem(KEY_FILE));
        stub = new FediverseStub(HttpSignaturesTest.key(KEY_FILE), SENDER, clock);
        stub.account("author")
                .account("other")
                .note("1", "author")
                .note("2", "other")
                .nodeInfo();
        platform = platform();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Nested
    class Referring {

        @ParameterizedTest
        @EnumSource(SignatureKind.class)
        void reportsTheAccountFirstAndThenTheItem(SignatureKind kind) {
            options.put("signature", kind.name().toLowerCase(Locale.ROOT));
            platform = platform();

            Receipt receipt = (Receipt) platform.refer(notice(item("1")));

            assertThat(receipt.reference()).isEqualTo(FLAG_ID);
            assertThat(receipt.receivedAt()).isEqualTo(clock.instant());
            assertThat(receipt.identities())
                    .isEqualTo(Map.of("uri", stub.base() + "notes/1", "actor", stub.base() + "users/author"));
            assertThat(stub.deliveries()).containsExactly("/inbox " + kind);
            JsonNode flag = stub.reports().get(FLAG_ID);
            assertThat(flag.path("object").path(0).asText()).isEqualTo(stub.base() + "users/author");
            assertThat(flag.path("object").path(1).asText()).isEqualTo(stub.base() + "notes/1");
            assertThat(flag.path("content").asText()).isEqualTo("It threatens a person.");
            assertThat(flag.has("tag")).isFalse();
        }

        @Test
        void reportsAnAccountThatItFindsByItsName() {
            assertThat(platform.refer(notice(account()))).isInstanceOf(Receipt.class);
            assertThat(stub.reports().get(FLAG_ID).path("object"))
                    .extracting(JsonNode::asText)
                    .containsExactly(stub.base() + "users/author");
        }

        @Test
        void tellsPeerTubeItsReasonAndKeepsToItsLength() {
            stub.isPeerTube();
            stub.document(
                    "/videos/watch/7",
                    "{\"id\":\"" + stub.base() + "videos/watch/7\",\"type\":\"Video\",\"attributedTo\":["
                            + "{\"type\":\"Group\",\"id\":\"" + stub.base() + "users/other\"},"
                            + "{\"type\":\"Person\",\"id\":\"" + stub.base() + "users/author\"}]}");
            String text = "A threat to a person. ".repeat(180);

            assertThat(platform.refer(notice(item(stub.base() + "videos/watch/7", Map.of()), text)))
                    .isInstanceOf(Receipt.class);

            JsonNode flag = stub.reports().get(FLAG_ID);
            assertThat(flag.path("tag").path(0).path("name").asText()).isEqualTo("violentOrRepulsive");
            assertThat(flag.path("object").path(0).asText()).isEqualTo(stub.base() + "users/author");
            assertThat(flag.path("content").asText())
                    .hasSizeBetween(2900, 3000)
                    .startsWith("A threat to a person. A threat")
                    .endsWith(" [Shortened: this form takes 3,000 characters. The full notice is available on"
                            + " request, reference TH-2026-000001.]");
        }

        @Test
        void fallsBackToTheOtherSignatureAndRemembersIt() {
            stub.understandsOnly(SignatureKind.RFC9421);

            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
            assertThat(platform.refer(notice(item("2")))).isInstanceOf(Receipt.class);

            assertThat(stub.deliveries()).containsExactly(SHARED, "/inbox RFC9421", "/inbox RFC9421");
        }

        @Test
        void fallsBackToTheOtherSignatureWherePeerTubeRefusesOne() {
            stub.isPeerTube();
            stub.understandsOnly(SignatureKind.CAVAGE);
            options.put("signature", "rfc9421");
            platform = platform();

            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
            assertThat(stub.deliveries()).containsExactly("/inbox RFC9421", SHARED);
        }

        @Test
        void needsAPersonWhenNoSignatureIsAccepted() throws IOException {
            Files.writeString(secrets.resolve("key.pem"), otherKey());

            assertThat(platform.refer(notice(item("1"))))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("401", "Failed to verify", "takedown.platforms.fediverse.secret"));
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void sendsTheSameBytesAgainWhenNoAnswerCame() {
            loseNoTime();
            stub.fault("POST", stub.silence());

            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);

            assertThat(stub.deliveries()).containsExactly(SHARED, SHARED);
            assertThat(stub.reports()).containsOnlyKeys(FLAG_ID);
        }

        @Test
        void isUncertainWhenNoAnswerComesTwice() {
            loseNoTime();
            stub.fault("POST", stub.silence());
            stub.fault("POST", stub.silence());

            assertThat(platform.refer(notice(item("1"))))
                    .isInstanceOfSatisfying(Uncertain.class, answer -> assertThat(answer.reason())
                            .contains(FLAG_ID));
            assertThat(stub.deliveries()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {408, 500, 502, 503, 504})
        void sendsTheSameAgainAfterAnErrorThatLeavesItOpen(int status) {
            stub.fault("POST", stub.keptAnd(status));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
            assertThat(stub.reports()).containsOnlyKeys(FLAG_ID);

            stub.fault("POST", stub.keptAnd(status));
            stub.fault("POST", stub.keptAnd(status));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Uncertain.class);
        }

        @Test
        void isUncertainWhenTheSecondTryIsRefusedAfterAnOpenFirst() {
            stub.fault("POST", stub.keptAnd(500));
            stub.fault("POST", FediverseStub.answer(429, "text/plain", "slow down"));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Uncertain.class);
        }

        @Test
        void comesBackWhenTheServerSaysSo() {
            stub.fault("POST", FediverseStub.answer(429, "text/plain", "slow down", "Retry-After", "120"));
            Instant then = clock.instant().plusSeconds(120);
            for (int turn = 0; turn < 2; turn++) {
                assertThatExceptionOfType(PlatformUnavailable.class)
                        .isThrownBy(() -> platform.refer(notice(item("1"))))
                        .satisfies(e -> assertThat(e.retryAt()).contains(then))
                        .satisfies(e -> assertThat(e.concernsOneHost()).isTrue());
            }
            assertThat(stub.deliveries()).as("asks nothing before").hasSize(1);

            clock.advance(Duration.ofSeconds(120));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
        }

        @Test
        void takesAServersWordThatItIsOverloadedForNotTaken() {
            stub.fault("POST", FediverseStub.answer(503, "text/plain", "later", "Retry-After", "60"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(item("1"))))
                    .satisfies(e -> assertThat(e.retryAt()).isPresent());
            assertThat(stub.deliveries()).hasSize(1);
        }

        @Test
        void isSureThatAChallengePageTookNothing() {
            stub.fault("POST", FediverseStub.answer(403, "text/html", "<html>One moment</html>"));
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice(item("1"))));
        }

        @Test
        void isUncertainAfterAPageInPlaceOfAReceiptAndAfterARedirect() {
            stub.fault("POST", FediverseStub.answer(200, "text/html", "<html>Welcome</html>"));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Uncertain.class);
            stub.fault("POST", FediverseStub.answer(302, "text/plain", "", "Location", "/elsewhere"));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Uncertain.class);
            verify(alarms, times(2)).raise(eq("fediverse"), eq("contract"), contains("localhost"));
            verify(alarms, never()).clear(any(), any());

            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
            verify(alarms).clear("fediverse", "contract");
        }

        @Test
        void passesARefusalOnInTheServersWords() {
            stub.fault("POST", FediverseStub.answer(422, "application/json", "{\"error\":\"no\n reports\"}"));
            assertThat(platform.refer(notice(item("1"))))
                    .isEqualTo(new PlatformRefusal(
                            "localhost refuses the report with HTTP 422: {\"error\":\"no reports\"}"));
            stub.fault("POST", FediverseStub.answer(403, "text/plain", "blocked"));
            stub.fault("POST", FediverseStub.answer(403, "text/plain", "blocked"));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void goesToTheAccountsOwnInboxWhereThereIsNoSharedOne() {
            stub.fault("POST /inbox", FediverseStub.answer(404, "text/plain", "Not Found"));
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
            assertThat(stub.deliveries()).containsExactly(SHARED, "/users/author/inbox CAVAGE");
        }

        @Test
        void callsNoInboxOnAnotherHost() {
            stub.document(
                    "/users/author",
                    "{\"id\":\"" + stub.base()
                            + "users/author\",\"type\":\"Person\",\"inbox\":\"https://victim.example/inbox\"}");
            assertThat(platform.refer(notice(item("1"))))
                    .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                            .contains("inbox"));
            assertThat(stub.deliveries()).isEmpty();
        }

        @Test
        void believesNobodyWhoSpeaksForAnAuthorElsewhere() {
            stub.document(
                    "/notes/3",
                    "{\"id\":\"" + stub.base()
                            + "notes/3\",\"type\":\"Note\",\"attributedTo\":\"https://victim.example/users/x\"}");
            assertThat(platform.refer(notice(item("3")))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void signsItsReadsWhereTheServerInsists() {
            stub.readsOnlySigned();
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(Receipt.class);
        }

        @Test
        void needsAPersonForAKeyThatIsNone() throws IOException {
            for (String none : List.of("", "not a key", HttpSignaturesTest.pem("cavage-appendix-c.pem"))) {
                Files.writeString(secrets.resolve("key.pem"), none);
                assertThat(platform.refer(notice(item("1"))))
                        .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                                .contains("takedown.platforms.fediverse.secret")
                                .doesNotContain("BEGIN"));
            }
        }

        @Test
        void saysThatAnItemIsGone() {
            assertThat(platform.refer(notice(item("404")))).isInstanceOf(ContentGone.class);
            stub.remove("/.well-known/nodeinfo");
            assertThat(platform.refer(notice(item("404"))))
                    .as("nothing else on this host is up either")
                    .isInstanceOf(NeedsPerson.class);
            stub.document("/notes/404", "{\"id\":\"" + stub.base() + "notes/404\",\"type\":\"Tombstone\"}");
            assertThat(platform.refer(notice(item("404")))).isInstanceOf(ContentGone.class);
            stub.account("author", "\"suspended\":true");
            assertThat(platform.refer(notice(item("1")))).isInstanceOf(ContentGone.class);
        }

        @Test
        void needsAPersonWhereNoActivityPubIsSpoken() {
            stub.serve("/notes/5", 200, "text/html", "<html>A shop</html>");
            stub.serve("/notes/6", 403, "text/plain", "no");
            assertThat(platform.refer(notice(item("5")))).isInstanceOf(NeedsPerson.class);
            assertThat(platform.refer(notice(item("6")))).isInstanceOf(NeedsPerson.class);
        }

        @Test
        void triesAgainLaterWhenTheItemCannotBeRead() {
            loseNoTime();
            stub.fault("GET /notes/1", FediverseStub.answer(500, "text/plain", "oops"));
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(item("1"))))
                    .satisfies(e -> assertThat(e.concernsOneHost()).isTrue());
            stub.fault("GET /notes/1", stub.silence());
            assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.refer(notice(item("1"))));
            assertThat(stub.reports()).isEmpty();
        }

        @Test
        void callsNoAddressInsideOurNetwork() {
            Content inside = item("https://127.0.0.1:9/notes/1", Map.of());
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(inside)))
                    .withMessageContaining("public internet");
            clock.advance(Duration.ofMinutes(1));
            stub.serve("/notes/7", 302, "text/plain", "", "Location", "http://127.0.0.1:9/notes/1");
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> platform.refer(notice(item("7"))))
                    .withMessageContaining("public internet");
        }
    }

    @Nested
    class Looking {

        @Test
        void seesWhatIsUpAndWhatIsNotInOrder() {
            List<Look> looks = platform.look(List.of(item("404"), item("1"), account()));

            assertThat(looks)
                    .extracting(Look::availability)
                    .containsExactly(Availability.GONE_UNATTRIBUTED, Availability.AVAILABLE, Availability.AVAILABLE);
            assertThat(looks.get(0).controlAlive()).isTrue();
            assertThat(looks.get(0).httpStatus()).hasValue(404);
            assertThat(looks.get(0).evidenceHash()).isPresent();
            assertThat(stub.calls())
                    .as("an item of the round is control enough")
                    .doesNotContain("GET /.well-known/nodeinfo");
        }

        @Test
        void takesTheServersNodeInfoForASignOfLife() {
            assertThat(look(item("404")).controlAlive()).isTrue();
            stub.remove("/.well-known/nodeinfo");
            assertThat(look(item("404")).controlAlive()).isFalse();
        }

        @Test
        void takesTheAuthorForASignOfLife() {
            stub.remove("/.well-known/nodeinfo");
            assertThat(look(known("404")).controlAlive()).isTrue();
        }

        @Test
        void countsTombstonesAndGoneAsAMissThatNobodyAnswersFor() {
            stub.serve("/notes/1", 410, "text/plain", "Gone");
            stub.document("/notes/2", "{\"id\":\"" + stub.base() + "notes/2\",\"type\":\"Tombstone\"}");
            assertThat(platform.look(List.of(item("1"), item("2"))))
                    .extracting(Look::availability)
                    .containsOnly(Availability.GONE_UNATTRIBUTED);
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 404, 410})
        void seesThatTheAccountIsSuspended(int status) {
            stub.account("author", "\"suspended\":true");
            stub.serve("/notes/1", status, "text/plain", "no");
            assertThat(look(known("1")).availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);
            assertThat(look(account()).availability()).isEqualTo(Availability.ACCOUNT_SUSPENDED);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 407, 408, 418, 425, 429, 500, 502, 503})
        void saysNothingFromAnAnswerThatProvesNothing(int status) {
            stub.serve("/notes/1", status, "text/plain", "no");
            assertThat(look(item("1")).availability()).isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void saysWhyItCannotTell() {
            stub.serve("/notes/1", 302, "text/plain", "", "Location", "/auth/sign_in");
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.LOG_IN_WALL);
            stub.serve("/notes/1", 302, "text/plain", "", "Location", "/notes/1");
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.CONTRACT_CHANGED);
            stub.serve("/notes/1", 200, "text/html", "<html>a shell</html>");
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.NO_INTERFACE);
            stub.serve("/notes/1", 200, Actor.ACTIVITY_JSON, "");
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.CONTRACT_CHANGED);
            stub.serve("/notes/1", 200, Actor.ACTIVITY_JSON, "{\"id\":\"" + stub.base() + "notes/1\",\"ty");
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.CONTRACT_CHANGED);
            stub.fault("GET /notes/1", FediverseStub.answer(429, "text/plain", "slow"));
            assertThat(reason(item("1"))).isEqualTo(UnknownReason.RATE_LIMITED);
            assertThat(reason(item("2"))).as("the host rests").isEqualTo(UnknownReason.RATE_LIMITED);
        }

        @Test
        void saysNothingFromFloodsDripsAndSilence() {
            loseNoTime();
            for (FediverseStub.Fault fault : List.of(FediverseStub.flood(), stub.drip(), stub.silence())) {
                stub.fault("GET /notes/1", fault);
                assertThat(reason(item("1"))).isEqualTo(UnknownReason.TIME_OUT);
                clock.advance(Duration.ofMinutes(1));
            }
            assertThat(look(item("1")).availability()).isEqualTo(Availability.AVAILABLE);
        }

        @Test
        void doesNotWaitForEveryItemOfAHostThatIsSilent() {
            loseNoTime();
            stub.fault("GET /notes/1", stub.silence());
            assertThat(platform.look(List.of(item("1"), item("2"), item("1"))))
                    .extracting(Look::availability)
                    .containsOnly(Availability.UNKNOWN);
            assertThat(stub.calls()).hasSize(1);
        }

        @Test
        void seesALegalBlock() {
            stub.serve("/notes/1", 451, "text/plain", "blocked");
            assertThat(look(item("1")).availability()).isEqualTo(Availability.GEO_BLOCKED);
        }

        @Test
        void asksTheOriginOfACopy() {
            try (FediverseStub view = new FediverseStub(HttpSignaturesTest.key(KEY_FILE), SENDER, clock)) {
                platform = platformThatAlsoTrusts(view.base());
                Content copy = item(view.base() + "@author@" + stub.host() + "/77", Map.of());

                view.serve(
                        "/@author@" + stub.host() + "/77", 302, "text/html", "", "Location", stub.base() + "notes/1");
                assertThat(look(copy).availability()).isEqualTo(Availability.AVAILABLE);
                assertThat(platform.refer(notice(copy))).isInstanceOf(Receipt.class);
                assertThat(stub.reports()).as("to the origin").hasSize(1);

                stub.remove("/notes/1");
                assertThat(look(copy).availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);

                String kept = "{\"id\":\"" + stub.base() + "notes/1\",\"type\":\"Note\"}";
                view.serve("/@author@" + stub.host() + "/77", 200, Actor.ACTIVITY_JSON, kept);
                assertThat(look(copy).availability())
                        .as("what the copy says does not count")
                        .isEqualTo(Availability.GONE_UNATTRIBUTED);
            }
        }

        @Test
        void believesNobodyWhoBuriesTheItemsOfOthers() {
            stub.serve(
                    "/notes/1",
                    200,
                    Actor.ACTIVITY_JSON,
                    "{\"id\":\"https://127.0.0.1:9/notes/1\",\"type\":\"Tombstone\"}");
            assertThat(look(item("1")).availability()).isEqualTo(Availability.UNKNOWN);
        }

        @Test
        void saysNothingWhenOnlyACopyIsGone() {
            Content copy = item(stub.base() + "@author@elsewhere.example/404", Map.of());
            assertThat(reason(copy)).isEqualTo(UnknownReason.NO_INTERFACE);
        }

        @Test
        void saysNothingFromAnotherItemThanTheOneSeenBefore() {
            stub.serve("/notes/1", 302, "text/plain", "", "Location", "/notes/2");
            assertThat(reason(known("1"))).isEqualTo(UnknownReason.CONTRACT_CHANGED);
        }

        @Test
        void looksAsThePublicDoesWhereItMay() {
            stub.readsOnlySigned();
            assertThat(look(item("1")).availability()).isEqualTo(Availability.AVAILABLE);
            assertThat(look(item("404")).availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
            assertThat(stub.calls())
                    .as("unsigned first, then signed")
                    .filteredOn("GET /notes/1"::equals)
                    .hasSize(2);
        }

        @Test
        void looksWithoutAKey() throws IOException {
            Files.writeString(secrets.resolve("key.pem"), "");
            assertThat(look(item("1")).availability()).isEqualTo(Availability.AVAILABLE);
        }
    }

    @Test
    void keepsTheAnswersBytesAndWhatTheItemIsCalled() {
        Capture capture = platform.capture(item("1"));

        assertThat(capture.method()).isEqualTo("GET " + stub.base() + "notes/1");
        assertThat(new String(capture.body(), StandardCharsets.UTF_8)).contains("words");
        assertThat(capture.mediaType()).startsWith(Actor.ACTIVITY_JSON);
        assertThat(capture.identities())
                .isEqualTo(Map.of("uri", stub.base() + "notes/1", "actor", stub.base() + "users/author"));
    }

    @Test
    void keepsNothingInPlaceOfTheItem() {
        assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> platform.capture(item("404")));
    }

    @Test
    void findsThatOurOwnActorIsNotReachable() {
        options.put("public-url", "http://localhost:" + stub.base().getPort());
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> platform().checkConnection())
                .withMessageContaining("public-url");
        stub.document(
                "/ap/actors/referrals",
                actorAt("http://localhost:" + stub.base().getPort(), KEY_FILE));
        platform().checkConnection();
        stub.document(
                "/ap/actors/referrals",
                actorAt("http://localhost:" + stub.base().getPort(), "cavage-appendix-c.pem"));
        assertThatExceptionOfType(PlatformUnavailable.class)
                .as("somebody else's key")
                .isThrownBy(() -> platform().checkConnection());
    }

    private String actorAt(String publicUrl, String key) {
        Actor actor = new Actor(ActivityPubSettings.of("fediverse", settings(Map.of("public-url", publicUrl))));
        return new String(actor.document(HttpSignaturesTest.key(key)), StandardCharsets.UTF_8);
    }

    private static String otherKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(
                                    generator.generateKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Platform platformThatAlsoTrusts(URI other) {
        ActivityPubSettings own = ActivityPubSettings.of("fediverse", settings(options));
        return new ActivityPubPlatform(
                "fediverse",
                new ActivityPubSettings(
                        own.publicUrl(),
                        Set.of(stub.base(), other),
                        own.name(),
                        own.secret(),
                        own.first(),
                        own.title(),
                        own.summary()),
                SafeHttp.of("fediverse", settings(options), clock, other),
                alarms,
                clock);
    }

    private Platform platform() {
        return new ActivityPubPlatformFactory(alarms, clock).create("fediverse", settings(options));
    }

    /** For tests in which somebody does not answer. */
    private void loseNoTime() {
        timeout = Duration.ofMillis(700);
        platform = platform();
    }

    private PlatformSettings settings(Map<String, String> options) {
        return new PlatformSettings(
                "activitypub",
                true,
                stub.base(),
                List.of(),
                null,
                "file:" + secrets.resolve("key.pem"),
                null,
                null,
                null,
                timeout,
                2,
                options);
    }

    private Look look(Content content) {
        return platform.look(List.of(content)).get(0);
    }

    private UnknownReason reason(Content content) {
        return look(content).unknownReason().orElseThrow();
    }

    private Content item(String id) {
        return item(stub.base() + "notes/" + id, Map.of());
    }

    private Content known(String id) {
        return item(
                stub.base() + "notes/" + id,
                Map.of("uri", stub.base() + "notes/" + id, "actor", stub.base() + "users/author"));
    }

    private static Content item(String url, Map<String, String> identities) {
        URI uri = URI.create(url);
        return new Content(
                CaseReference.of(2026, 1), new ContentKey("ap:note:" + uri.getAuthority() + "/1"), uri, identities);
    }

    private Content account() {
        return new Content(
                CaseReference.of(2026, 1),
                new ContentKey("ap:account:author@" + stub.host()),
                stub.base().resolve("/@author"),
                Map.of());
    }

    private static Notice notice(Content content) {
        return notice(content, "It threatens a person.");
    }

    private static Notice notice(Content content, String explanation) {
        return new Notice(IDEMPOTENCY_KEY, content, Category.THREAT, true, false, explanation);
    }
}
