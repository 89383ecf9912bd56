package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.BesideOthers;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

@BesideOthers
@Timeout(20)
class SafeHttpTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void answersWithStatusLowerCaseHeadersAndBody() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 4\nX-One: a\nx-one: b", "body")) {
            Response answer = trusting(server).send(get(server.origin().resolve("/x?y=1#z")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-one")).contains("a, b");
            assertThat(answer.body()).isEqualTo("body".getBytes(StandardCharsets.UTF_8));
            assertThat(server.requests()).singleElement().asString().startsWith("GET /x?y=1 HTTP/1.1\r\n");
        }
    }

    @Test
    void sendsNeitherCookiesNorCredentialsNorAnOfferToUpgrade() {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 401 No\nSet-Cookie: a=b\nWWW-Authenticate: Basic\nContent-Length: 0", "")) {
            SafeHttp http = trusting(server);
            assertThat(http.send(get(server.origin())).status()).isEqualTo(401);
            http.send(get(server.origin()));

            assertThat(server.requests()).hasSize(2).allSatisfy(head -> assertThat(head.toLowerCase())
                    .doesNotContain("cookie:", "authorization:", "upgrade:", "accept-encoding:"));
        }
    }

    @Test
    void doesNotFollowARedirect() {
        try (RawServer elsewhere = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 0", "");
                RawServer server = RawServer.answering(
                        "HTTP/1.1 302 Found\nLocation: " + elsewhere.origin() + "\nContent-Length: 0", "")) {
            assertThat(trusting(server, elsewhere).send(get(server.origin())).status())
                    .isEqualTo(302);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void doesNotRepeatByItself() {
        try (RawServer server = new RawServer(out -> {})) {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> trusting(server).send(get(server.origin())));
            assertThat(server.requests()).hasSize(1);
        }
        try (RawServer server = RawServer.answering("HTTP/1.1 503 Busy\nRetry-After: 1\nContent-Length: 0", "")) {
            assertThat(trusting(server).send(get(server.origin())).status()).isEqualTo(503);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void endsADrippingAnswerAtTheDeadline() {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> drip(out, over))) {
            long start = System.nanoTime();
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> http(Set.of(server.origin()), InetAddress::getAllByName, Duration.ofMillis(600))
                            .send(get(server.origin())));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        } finally {
            over.countDown();
        }
    }

    private static void drip(OutputStream out, CountDownLatch over) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        try {
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotKnowWhetherASilentServerTookTheRequest() {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(out -> await(over))) {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> http(Set.of(server.origin()), InetAddress::getAllByName, Duration.ofSeconds(2))
                            .send(get(server.origin())))
                    .withMessageContaining("did not answer within");
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotKnowAfterHalfAnAnswer() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 50", "{\"id\":")) {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> trusting(server).send(get(server.origin())));
        }
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "5\r\nhel")) {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> trusting(server).send(get(server.origin())));
        }
    }

    @Test
    void doesNotReadMoreThanTheLimit() {
        CountDownLatch over = new CountDownLatch(1);
        byte[] block = new byte[64 * 1024];
        try (RawServer server = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (over.getCount() > 0) {
                out.write(block);
            }
        })) {
            assertThatExceptionOfType(NoAnswer.class)
                    .isThrownBy(() -> trusting(server).send(get(server.origin())))
                    .withMessageContaining("more than");
        } finally {
            over.countDown();
        }
    }

    @Test
    void takesAnAnswerThatJustFits() {
        String body = "x".repeat(SafeHttp.BODY_LIMIT);
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: " + body.length(), body)) {
            assertThat(trusting(server).send(get(server.origin())).body()).hasSize(SafeHttp.BODY_LIMIT);
        }
    }

    @Test
    void isSureThatARefusedConnectionHadNoEffect() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://localhost:" + socket.getLocalPort());
        }
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> http(Set.of(closed), InetAddress::getAllByName, Duration.ofSeconds(5))
                        .send(get(closed)));
    }

    @Test
    void isSureThatAFailedHandshakeHadNoEffect() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 0", "")) {
            URI secure = URI.create("https://localhost:" + server.port());
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http(Set.of(secure), InetAddress::getAllByName, Duration.ofSeconds(2))
                            .send(get(secure)));
        }
    }

    @Test
    void isSureThatAnUnknownHostHadNoEffect() {
        SafeHttp http = http(
                Set.of(),
                host -> {
                    throw new UnknownHostException(host);
                },
                Duration.ofSeconds(5));
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> http.send(get(URI.create("https://nowhere.example/"))));
    }

    @Test
    void leavesAHangingNameServiceBehind() {
        CountDownLatch over = new CountDownLatch(1);
        SafeHttp http = http(
                Set.of(),
                host -> {
                    await(over);
                    return InetAddress.getAllByName("127.0.0.1");
                },
                Duration.ofMillis(300));
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> http.send(get(URI.create("https://slow.example/"))));
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://2130706433/",
                "http://0.0.0.0/",
                "http://0.1.2.3/",
                "http://10.1.2.3/",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://169.254.169.254/latest/meta-data",
                "http://172.31.0.1/",
                "http://192.168.0.1/",
                "http://192.0.0.1/",
                "http://198.18.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://[::]/",
                "http://[::1]/",
                "http://[fe80::1]/",
                "http://[fc00::1]/",
                "http://[fd12:3456::1]/",
                "http://[ff02::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[::7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::7f00:1]/",
                "http://[2002:7f00:1::1]/",
                "http://[2001:0:7f00:1::1]/",
                "http://[2001:db8::1]/"
            })
    void refusesAnAddressThatIsNotPublic(String url) {
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> http(Set.of(), InetAddress::getAllByName, Duration.ofSeconds(3))
                        .send(get(URI.create(url))))
                .withMessageContaining("does not lie on the public internet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"})
    void knowsPublicAddresses(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void refusesAHostWithOnePublicAndOnePrivateAddress() {
        SafeHttp http = http(
                Set.of(),
                host -> new InetAddress[] {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")},
                Duration.ofSeconds(3));
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> http.send(get(URI.create("https://mixed.example/"))))
                .withMessageContaining("public internet");
    }

    @Test
    void connectsToTheAddressItCheckedAndAsksTheNameServiceOnce() {
        AtomicInteger lookups = new AtomicInteger();
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 0", "")) {
            URI named = URI.create("http://platform.example:" + server.port());
            SafeHttp http = http(
                    Set.of(named),
                    host -> {
                        // a second answer would lead elsewhere
                        return InetAddress.getAllByName(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "1.1.1.1");
                    },
                    Duration.ofSeconds(3));

            assertThat(http.send(get(named)).status()).isEqualTo(200);
            assertThat(lookups).hasValue(1);
            assertThat(server.requests()).singleElement().asString().contains("Host: platform.example:");
        }
    }

    @Test
    void trustsTheOperatorsOriginAndNothingBesideIt() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 0", "")) {
            SafeHttp http = trusting(server);
            assertThat(http.send(get(server.origin().resolve("/deep/path"))).status())
                    .isEqualTo(200);
            for (String other : List.of(
                    "https://localhost:" + server.port(),
                    "http://127.0.0.1:" + server.port(),
                    "http://localhost:" + (server.port() == 65535 ? 1 : server.port() + 1))) {
                assertThatExceptionOfType(PlatformUnavailable.class)
                        .isThrownBy(() -> http.send(get(URI.create(other))))
                        .withMessageContaining("public internet");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "http://user@example.org/",
                "http://127.1/"
            })
    void refusesWhatIsNoPlainWebAddress(String url) {
        assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> http(
                        Set.of(),
                        host -> {
                            throw new AssertionError("No name service is asked");
                        },
                        Duration.ofSeconds(3))
                .send(get(URI.create(url))));
    }

    @Test
    void keepsToItsBudgetAndSaysWhenItIsFilledAgain() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\nContent-Length: 0", "")) {
            SafeHttp http = new SafeHttp(
                    InetAddress::getAllByName, Set.of(server.origin()), Duration.ofSeconds(3), 100, 2, CLOCK);
            http.send(get(server.origin()));
            http.send(get(server.origin()));

            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http.send(get(server.origin())))
                    .satisfies(e -> assertThat(e.retryAt()).hasValueSatisfying(at -> assertThat(at)
                            .isBetween(NOW.plusSeconds(20), NOW.plusSeconds(30))));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void turnsAMissingAnswerToAReadIntoUnavailable() {
        try (RawServer server = new RawServer(out -> {})) {
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> trusting(server).read(get(server.origin())));
        }
    }

    @Test
    void readsRetryAfterInBothForms() {
        assertThat(answerWith("120").retryAfter(NOW)).contains(NOW.plusSeconds(120));
        assertThat(answerWith("Sun, 22 Nov 2026 12:05:00 GMT").retryAfter(NOW)).contains(NOW.plusSeconds(300));
        assertThat(answerWith("Sun, 22 Nov 2026 11:00:00 GMT").retryAfter(NOW)).contains(NOW);
        assertThat(answerWith("999999999").retryAfter(NOW)).contains(NOW.plus(Duration.ofDays(1)));
        assertThat(answerWith("soon").retryAfter(NOW)).isEmpty();
        assertThat(answerWith("-5").retryAfter(NOW)).isEmpty();
    }

    @Test
    void refusesAHeaderThatWouldBecomeTwo() {
        assertThatThrownBy(() -> Request.get(URI.create("https://a.example"), Map.of("X-A", "b\r\nX-C: d")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoSecretWhenPrinted() {
        Request request = new Request(
                "POST",
                URI.create("https://a.example/path?token=hidden"),
                Map.of("Authorization", "Bearer hidden"),
                "hidden".getBytes(StandardCharsets.UTF_8));
        assertThat(request.toString()).isEqualTo("POST https://a.example/path");
    }

    private static Response answerWith(String retryAfter) {
        return new Response(429, Map.of("retry-after", retryAfter), new byte[0]);
    }

    private static Request get(URI uri) {
        return Request.get(uri, Map.of());
    }

    private static SafeHttp trusting(RawServer... servers) {
        Set<URI> origins = new HashSet<>();
        for (RawServer server : servers) {
            origins.add(server.origin());
        }
        return http(origins, InetAddress::getAllByName, Duration.ofSeconds(5));
    }

    private static SafeHttp http(Set<URI> trusted, SafeHttp.HostResolver resolver, Duration timeout) {
        return new SafeHttp(resolver, trusted, timeout, SafeHttp.BODY_LIMIT, 1000, CLOCK);
    }
}
