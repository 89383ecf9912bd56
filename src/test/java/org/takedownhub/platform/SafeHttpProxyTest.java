package org.takedownhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.platform.SafeHttp.Request;

/** Looking from another country. The proxies are on this machine. */
@Timeout(20)
class SafeHttpProxyTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 4";

    @Test
    void asksTheProxyOfTheVantage() {
        try (RawServer proxy = RawServer.answering(OK, "body")) {
            assertThat(http("1.1.1.1")
                            .from(vantage(proxy))
                            .read(get("http://platform.example/one?x=1"))
                            .body())
                    .isEqualTo("body".getBytes(StandardCharsets.UTF_8));
            assertThat(proxy.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET http://platform.example/one?x=1 HTTP/1.1\r\n")
                    .contains("Host: platform.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://inside.example/", "https://inside.example/"})
    void refusesATargetInsideOurNetworkBeforeTheProxyHearsOfIt(String url) {
        try (RawServer proxy = RawServer.answering(OK, "body")) {
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http("10.0.0.1").from(vantage(proxy)).read(get(url)))
                    .withMessageContaining("public internet");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void speaksTlsWithTheTargetAndNotWithTheProxy() {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 200 Connection established", "in the clear")) {
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http("1.1.1.1").from(vantage(proxy)).send(get("https://platform.example/one")))
                    .withMessageContaining("No connection to platform.example through");
            assertThat(proxy.requests())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT platform.example:443 HTTP/1.1\r\n")
                    .doesNotContain("/one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 407, 410, 502})
    void whatAProxyDoesNotConnectIsNobodysAnswer(int status) {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 " + status + " No\nContent-Length: 4", "gone")) {
            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http("1.1.1.1").from(vantage(proxy)).send(get("https://platform.example/one")));
        }
    }

    @Test
    void aProxyThatIsDownIsNoAnswerEither() {
        URI down;
        try (RawServer proxy = RawServer.answering(OK, "body")) {
            down = proxy.origin();
        }
        assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> http("1.1.1.1")
                .from(new Vantage("frankfurt", "DE", Optional.of(down)))
                .read(get("http://platform.example/")));
    }

    @Test
    void asksDirectlyFromHome() {
        try (RawServer server = RawServer.answering(OK, "body");
                RawServer proxy = RawServer.answering(OK, "prox")) {
            SafeHttp http = new SafeHttp(
                    InetAddress::getAllByName,
                    Set.of(server.origin()),
                    Duration.ofSeconds(5),
                    SafeHttp.BODY_LIMIT,
                    100,
                    Clock.systemUTC());
            Vantage home = new Vantage("GB", "GB", Optional.empty());

            assertThat(http.from(vantage(proxy))
                            .from(home)
                            .read(Request.get(server.origin(), Map.of()))
                            .body())
                    .isEqualTo("body".getBytes(StandardCharsets.UTF_8));
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void sharesItsBudgetWithEveryVantage() {
        try (RawServer proxy = RawServer.answering(OK, "body")) {
            SafeHttp http = new SafeHttp(
                    host -> InetAddress.getAllByName(host.endsWith(".example") ? "1.1.1.1" : host),
                    Set.of(),
                    Duration.ofSeconds(5),
                    SafeHttp.BODY_LIMIT,
                    1,
                    Clock.systemUTC());
            http.from(vantage(proxy)).read(get("http://platform.example/"));

            assertThatExceptionOfType(PlatformUnavailable.class)
                    .isThrownBy(() -> http.from(vantage(proxy)).read(get("http://platform.example/")))
                    .satisfies(e -> assertThat(e.retryAt()).isPresent());
        }
    }

    @Test
    void saysWhoCallsAndWhereToAskAfterIt() {
        try (RawServer server = RawServer.answering(OK, "body")) {
            PlatformSettings settings = new PlatformsSettings(
                            Map.of("one", settings(server.origin())), URI.create("https://police.example/hub"))
                    .platforms()
                    .get("one");
            SafeHttp.of("one", settings, Clock.systemUTC()).read(Request.get(server.origin(), Map.of()));

            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .contains("User-Agent: TakedownHub (+https://police.example/hub)\r\n");
        }
    }

    @Test
    void knowsTheUsualPlaceAndTheOthers() {
        Map<String, VantageSettings.Place> places = new LinkedHashMap<>();
        places.put("frankfurt", new VantageSettings.Place("DE", URI.create("http://127.0.0.1:3128")));
        places.put("GB", new VantageSettings.Place("GB", null));
        Vantages vantages = vantages(places);

        assertThat(vantages.home()).isEqualTo(new Vantage("GB", "GB", Optional.empty()));
        assertThat(vantages.others())
                .containsExactly(new Vantage("frankfurt", "DE", Optional.of(URI.create("http://127.0.0.1:3128"))));
        assertThat(vantages(Map.of()).others()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example:3128",
                "http://user:word@proxy.example:3128",
                "http://proxy.example",
                "socks://proxy.example:1080"
            })
    void refusesAProxyThatItCannotUse(String proxy) {
        assertThatIllegalStateException()
                .isThrownBy(() -> vantages(Map.of("frankfurt", new VantageSettings.Place("DE", URI.create(proxy)))))
                .withMessageContaining("takedown.vantages.frankfurt.proxy")
                .withMessageNotContaining("word");
    }

    @Test
    void refusesAVantageWithoutACountryOrWithAPersonsName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> vantages(Map.of("frankfurt", new VantageSettings.Place("Germany", null))))
                .withMessageContaining("takedown.vantages.frankfurt.country");
        assertThatIllegalStateException()
                .isThrownBy(() -> vantages(Map.of("person", new VantageSettings.Place("DE", null))));
    }

    private static Vantages vantages(Map<String, VantageSettings.Place> places) {
        return new Vantages(new VantageSettings(places), new ConfirmationSettings(Duration.ofMinutes(5), 2, 3, "GB"));
    }

    private static PlatformSettings settings(URI baseUrl) {
        return new PlatformSettings(
                "portal", true, baseUrl, List.of(), null, null, null, null, null, Duration.ofSeconds(5), 2, Map.of());
    }

    private static Vantage vantage(RawServer proxy) {
        return new Vantage("frankfurt", "DE", Optional.of(proxy.origin()));
    }

    private static Request get(String url) {
        return Request.get(URI.create(url), Map.of());
    }

    /** Every name of the internet has this address; the proxy has its own. */
    private static SafeHttp http(String address) {
        return new SafeHttp(
                host -> InetAddress.getAllByName(host.endsWith(".example") ? address : host),
                Set.of(),
                Duration.ofSeconds(3),
                SafeHttp.BODY_LIMIT,
                100,
                Clock.systemUTC());
    }
}
