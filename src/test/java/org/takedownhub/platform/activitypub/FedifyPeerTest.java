package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Receipt;

/** Reports to an ActivityPub server that other people wrote, which fetches our actor and judges our signatures. */
class FedifyPeerTest {

    @RegisterExtension
    static final FedifyPeer PEER = new FedifyPeer();

    @TempDir
    private static Path secrets;

    private static final SigningKey KEY = HttpSignaturesTest.key("rfc9421-test-key-rsa.pem");
    private static final Clock CLOCK = Clock.systemUTC();

    /** Shows our actor to the peer, as the hub does on the internet. */
    private static HttpServer hub;

    private static Actor actor;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(secrets.resolve("key.pem"), HttpSignaturesTest.pem("rfc9421-test-key-rsa.pem"));
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        actor = new Actor(ActivityPubSettings.of("peer", settings("cavage")));
        hub.createContext("/ap/actors/referrals", FedifyPeerTest::show);
        hub.start();
        PEER.createAccount("rico", false);
        PEER.createAccount("guarded", true);
    }

    private static void show(HttpExchange exchange) throws IOException {
        byte[] document = actor.document(KEY);
        exchange.getResponseHeaders().set("Content-Type", Actor.ACTIVITY_JSON);
        exchange.sendResponseHeaders(200, document.length);
        exchange.getResponseBody().write(document);
        exchange.close();
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            hub.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource(SignatureKind.class)
    void takesAReportSignedInEitherWay(SignatureKind kind) {
        URI post = PEER.createPost("valid" + kind.ordinal(), "rico");
        Notice notice = notice(content(post, Map.of()));

        Receipt receipt = (Receipt) platform(kind).refer(notice);

        assertThat(receipt.identities()).isEqualTo(Map.of("uri", post.toString(), "actor", PEER.base() + "users/rico"));
        JsonNode report = reports(receipt.reference()).get(0);
        assertThat(report.path("actor").asText()).isEqualTo(actor.id().toString());
        assertThat(report.path("objects"))
                .extracting(JsonNode::asText)
                .containsExactly(PEER.base() + "users/rico", post.toString());
        assertThat(report.path("content").asText()).isEqualTo("It threatens a person.");
        JsonNode delivery = PEER.deliveries().get(PEER.deliveries().size() - 1);
        assertThat(delivery.path("kind").asText()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
        assertThat(delivery.path("path").asText()).isEqualTo("/inbox");
        assertThat(delivery.path("status").asInt()).isEqualTo(202);
    }

    @Test
    void keepsOneReportOfTheSameNoticeSentTwice() {
        Notice notice = notice(content(PEER.createPost("replayed", "rico"), Map.of()));

        Receipt once = (Receipt) platform(SignatureKind.CAVAGE).refer(notice);
        Receipt again = (Receipt) platform(SignatureKind.RFC9421).refer(notice);

        assertThat(again.reference()).isEqualTo(once.reference());
        assertThat(reports(once.reference())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(SignatureKind.class)
    void refusesAReportThatWasTamperedWith(SignatureKind kind) {
        byte[] flag = flag("tampered" + kind.ordinal());
        Map<String, String> headers = signed(kind, flag);
        byte[] other = new String(flag, StandardCharsets.UTF_8)
                .replace("threatens", "praises")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(PEER.deliver(headers, other).statusCode()).isEqualTo(401);
        assertThat(PEER.deliver(headers, flag).statusCode())
                .as("the same, untouched")
                .isEqualTo(202);
    }

    @Test
    void refusesAReportWithoutASignature() {
        byte[] flag = flag("unsigned");
        assertThat(PEER.deliver(Map.of("Content-Type", Actor.ACTIVITY_JSON), flag)
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(SignatureKind.class)
    void readsWithItsSignatureWhatIsNotShownWithoutOne(SignatureKind kind) {
        URI post = PEER.createPost("guarded" + kind.ordinal(), "guarded");
        Platform platform = platform(kind);

        assertThat(look(platform, content(post, Map.of())).availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(platform.refer(notice(content(post, Map.of())))).isInstanceOf(Receipt.class);
        PEER.deletePost("guarded" + kind.ordinal());
        Look gone = look(platform, content(post, Map.of()));
        assertThat(gone.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        assertThat(gone.controlAlive()).isTrue();
    }

    @Test
    void seesThatAPostIsGone() {
        URI post = PEER.createPost("removed", "rico");
        Platform platform = platform(SignatureKind.CAVAGE);
        Capture capture = platform.capture(content(post, Map.of()));
        PEER.deletePost("removed");

        Look look = look(platform, content(post, capture.identities()));

        assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        assertThat(look.httpStatus()).hasValue(404);
        assertThat(look.controlAlive()).as("its author is there").isTrue();
    }

    @Test
    void findsAnAccountByItsName() {
        Content account = new Content(
                CaseReference.of(2026, 1),
                new ContentKey("ap:account:rico@" + PEER.base().getAuthority()),
                PEER.base().resolve("/@rico"),
                Map.of());
        Platform platform = platform(SignatureKind.RFC9421);

        assertThat(look(platform, account).availability()).isEqualTo(Availability.AVAILABLE);
        Receipt receipt = (Receipt) platform.refer(notice(account));
        assertThat(reports(receipt.reference()).get(0).path("objects"))
                .extracting(JsonNode::asText)
                .containsExactly(PEER.base() + "users/rico");
    }

    @Test
    void checksThatOurActorIsThere() {
        platform(SignatureKind.CAVAGE).checkConnection();
    }

    private static byte[] flag(String id) {
        Notice notice = notice(content(PEER.createPost(id, "rico"), Map.of()));
        Document account = new Document(
                PEER.base().resolve("users/rico"),
                "Person",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return Flag.of(notice, actor, account, Optional.empty());
    }

    private static Map<String, String> signed(SignatureKind kind, byte[] flag) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", Actor.ACTIVITY_JSON));
        return HttpSignatures.sign(
                kind,
                KEY,
                actor.keyId(),
                "POST",
                PEER.base().resolve("inbox"),
                headers,
                Optional.of(flag),
                CLOCK.instant());
    }

    private static List<JsonNode> reports(String id) {
        return PEER.reports().stream()
                .filter(report -> report.path("id").asText().equals(id))
                .toList();
    }

    private static Look look(Platform platform, Content content) {
        return platform.look(List.of(content)).get(0);
    }

    private static Platform platform(SignatureKind kind) {
        return new ActivityPubPlatformFactory(mock(PlatformAlarms.class), CLOCK)
                .create("peer", settings(kind.name().toLowerCase(Locale.ROOT)));
    }

    private static PlatformSettings settings(String signature) {
        return new PlatformSettings(
                ActivityPubPlatformFactory.KIND,
                true,
                PEER.base(),
                List.of(),
                null,
                "file:" + secrets.resolve("key.pem"),
                null,
                null,
                null,
                Duration.ofSeconds(20),
                2,
                Map.of(
                        "public-url",
                        "http://localhost:" + hub.getAddress().getPort(),
                        "signature",
                        signature,
                        "requests-per-minute",
                        "10000"));
    }

    private static Content content(URI post, Map<String, String> identities) {
        return new Content(
                CaseReference.of(2026, 1), new ContentKey("ap:note:" + post.getAuthority() + "/1"), post, identities);
    }

    private static Notice notice(Content content) {
        String key = UUID.nameUUIDFromBytes(content.url().toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return new Notice(key + key, content, Category.THREAT, true, false, "It threatens a person.");
    }
}
