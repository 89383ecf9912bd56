package org.takedownhub.platform.page;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookSettings;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;

/** Manners and bad luck. What each answer means is measured by the confusion table. */
@Timeout(30)
class PageLooksTest {

    private static final Vantage HOME = new Vantage("GB", "GB", Optional.empty());
    private static final Vantage ELSEWHERE = new Vantage("frankfurt", "DE", Optional.empty());
    private static final String PAGE = "<html><head><title>%s</title></head><body><p>%s</p></body></html>";

    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance()
            .options(options().dynamicPort().dynamicHttpsPort().bindAddress("localhost"))
            .build();

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final List<String> asked = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void asksOneHostNoOftenerThanTheSettingAllowsWhoeverWantsToKnow() {
        PageLooks looks = looks(3, request -> page("up " + request.uri()));

        List<Look> first = looks.look(items("site.example", 2), HOME, Hints.NONE);
        List<Look> second = looks.look(items("site.example", 2), ELSEWHERE, Hints.NONE);
        List<Look> other = looks.look(items("other.example", 1), HOME, Hints.NONE);

        assertThat(first).extracting(Look::availability).containsOnly(Availability.AVAILABLE);
        assertThat(second).allSatisfy(look -> {
            assertThat(look.unknownReason()).contains(UnknownReason.RATE_LIMITED);
            assertThat(look.retryAt()).hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant()));
        });
        assertThat(other).extracting(Look::availability).containsOnly(Availability.AVAILABLE);
        assertThat(asked).filteredOn(url -> url.contains("site.example")).hasSize(3);
    }

    @Test
    void leavesAHostAloneUntilItSaidToComeBack() {
        PageLooks looks = looks(1000, request -> new Response(503, Map.of("retry-after", "120"), new byte[0]));
        Instant back = clock.instant().plusSeconds(120);

        assertThat(looks.look(items("site.example", 3), HOME, Hints.NONE))
                .allSatisfy(look -> assertThat(look.retryAt()).contains(back));
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofSeconds(119));
        looks.look(items("site.example", 1), HOME, Hints.NONE);
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        looks.look(items("site.example", 1), HOME, Hints.NONE);
        assertThat(asked).hasSize(2);
    }

    @Test
    void doesNotWaitForASilentHostOnceForEachItem() {
        PageLooks looks = looks(1000, request -> {
            throw new PlatformUnavailable("did not answer within 10 s", Optional.empty());
        });

        assertThat(looks.look(items("site.example", 30), HOME, Hints.NONE))
                .hasSize(30)
                .allSatisfy(look -> assertThat(look.unknownReason()).contains(UnknownReason.UNREACHABLE));
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksForTheControlAndForTheImpossibleAddressOnceForAllItems() {
        PageLooks looks = looks(
                1000,
                request -> request.uri().getPath().startsWith("/missing")
                                || request.uri().getPath().contains("no-such")
                        ? new Response(404, Map.of(), new byte[0])
                        : page("up " + request.uri()));
        List<Content> items = List.of(
                web("site.example", "missing1"),
                web("site.example", "missing2"),
                web("site.example", "there1"),
                web("site.example", "there2"));

        looks.look(items.subList(0, 2), HOME, Hints.NONE);
        assertThat(asked)
                .containsExactly(
                        "https://site.example/missing1", "https://site.example/missing2", "https://site.example/");
        asked.clear();
        looks.look(items, HOME, Hints.NONE);
        looks.look(items, HOME, Hints.NONE);

        assertThat(asked).filteredOn(url -> url.contains("no-such")).hasSize(1);
    }

    @Test
    void asksTheXApiAboutManyPostsInOneRequest() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "a-token");
        Function<Request, Response> api = request -> {
            String ids = request.uri().getQuery().replaceFirst(".*ids=", "");
            assertThat(request.headers()).containsEntry("Authorization", "Bearer a-token");
            return json("{\"data\":["
                    + List.of(ids.split(",")).stream()
                            .map(id -> "{\"id\":\"" + id + "\"}")
                            .collect(Collectors.joining(","))
                    + "]}");
        };
        PageLooks looks = new PageLooks(
                (request, vantage) -> {
                    asked.add(request.uri().toString());
                    return api.apply(request);
                },
                new LookSettings(1000, "file:" + token),
                clock);
        List<Content> posts = IntStream.range(1000, 1120)
                .mapToObj(id -> content("x:status:" + id, "https://x.com/a/status/" + id))
                .toList();

        assertThat(looks.look(posts, HOME, Hints.NONE)).hasSize(120).allSatisfy(look -> assertThat(look.availability())
                .isEqualTo(Availability.AVAILABLE));
        assertThat(asked).hasSize(2);
    }

    @Test
    void tellsTheCountryItLooksFromToThePlatformsOwnRules() {
        PageLooks looks = looks(
                1000,
                request -> json("{\"id\":\"x9abcd\",\"status\":\"published\",\"private\":false,"
                        + "\"geoblocking\":[\"deny\",\"gb\"]}"));
        Content video = content("dm:video:x9abcd", "https://www.dailymotion.com/video/x9abcd");

        assertThat(looks.look(List.of(video), HOME, Hints.NONE).get(0).availability())
                .isEqualTo(Availability.GEO_BLOCKED);
        assertThat(looks.look(List.of(video), ELSEWHERE, Hints.NONE).get(0).availability())
                .isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void answersInOrderWhateverReadsThem() {
        PageLooks looks = looks(1000, request -> page("up " + request.uri()));
        List<Content> mixed = List.of(
                web("site.example", "a"),
                content("snap:spotlight:W7", "https://www.snapchat.com/spotlight/W7"),
                web("other.example", "b"));

        assertThat(looks.look(mixed, HOME, Hints.NONE))
                .extracting(look -> look.recogniser().orElseThrow())
                .containsExactly("web/1", "person/1", "web/1");
        assertThat(looks.canRead(mixed.get(0), Hints.NONE)).isTrue();
        assertThat(looks.canRead(mixed.get(1), Hints.NONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/b/c, https://a.example/b/takedownhub-no-such-page",
        "https://a.example/b/c/, https://a.example/b/takedownhub-no-such-page",
        "https://a.example/, https://a.example/takedownhub-no-such-page",
        "https://a.example, https://a.example/takedownhub-no-such-page",
        "https://a.example/post/123, https://a.example/post/987654321",
        "https://a.example/t.php?f=1&t=7, https://a.example/t.php?f=1&t=987654321",
        "https://a.example/t.php?name=one, https://a.example/t.php?name=takedownhub-no-such-page"
    })
    void knowsAnAddressBesideTheItemThatCannotExist(URI item, URI beside) {
        assertThat(WebPage.beside(item)).isEqualTo(beside);
    }

    @Test
    void readsNothingFromAnAnswerOfTenMegabytes() {
        SITE.stubFor(get("/big").willReturn(aResponse().withBody(new byte[10 * 1024 * 1024])));

        Look look = overTheNetwork("/big", Duration.ofSeconds(10));
        assertThat(look.unknownReason()).contains(UnknownReason.UNREACHABLE);
        assertThat(look.detail()).contains("more than");
    }

    @Test
    void givesUpOnAnAnswerThatDrips() {
        SITE.stubFor(
                get("/slow").willReturn(aResponse().withBody("x".repeat(1000)).withChunkedDribbleDelay(100, 20_000)));

        assertThat(overTheNetwork("/slow", Duration.ofMillis(700)).unknownReason())
                .contains(UnknownReason.TIME_OUT);
    }

    @Test
    void followsNoRedirectIntoOurNetwork() {
        SITE.stubFor(get("/there").willReturn(temporaryRedirect("http://127.0.0.1:" + SITE.getPort() + "/there/")));
        SITE.stubFor(get("/there/").willReturn(aResponse().withStatus(404)));
        SITE.stubFor(
                get("/slash").willReturn(temporaryRedirect("https://localhost:" + SITE.getHttpsPort() + "/slash")));

        assertThat(overTheNetwork("/there", Duration.ofSeconds(5)).unknownReason())
                .contains(UnknownReason.OTHER_PAGE);
        assertThat(overTheNetwork("/slash", Duration.ofSeconds(5)).unknownReason())
                .contains(UnknownReason.UNREACHABLE);
        SITE.verify(0, getRequestedFor(urlEqualTo("/there/")));
    }

    @Test
    void readsNothingFromASiteWhoseCertificateDoesNotMatch() {
        SITE.stubFor(get("/post").willReturn(aResponse().withStatus(404)));
        URI origin = URI.create("https://localhost:" + SITE.getHttpsPort());

        Look look = overTheNetwork(origin, "/post", Duration.ofSeconds(5));
        assertThat(look.unknownReason()).contains(UnknownReason.UNREACHABLE);
        assertThat(look.detail()).contains("SSLHandshakeException");
        SITE.verify(0, getRequestedFor(urlEqualTo("/post")));
    }

    private Look overTheNetwork(String path, Duration timeout) {
        return overTheNetwork(URI.create("http://localhost:" + SITE.getPort()), path, timeout);
    }

    private Look overTheNetwork(URI origin, String path, Duration timeout) {
        PlatformSettings settings = new PlatformSettings(
                "portal", true, origin, List.of(), null, null, null, null, null, timeout, 2, Map.of());
        PageLooks looks = new PageLooks(SafeHttp.of("site", settings, clock), new LookSettings(1000, null), clock);
        String url = origin.resolve(path).toString();
        Look look = looks.look(List.of(content("web:url:" + url, url)), HOME, Hints.NONE)
                .get(0);
        return look;
    }

    private PageLooks looks(int requestsPerMinute, Function<Request, Response> site) {
        return new PageLooks(
                (request, vantage) -> {
                    asked.add(request.uri().toString());
                    return site.apply(request);
                },
                new LookSettings(requestsPerMinute, null),
                clock);
    }

    private static List<Content> items(String host, int count) {
        return IntStream.range(0, count).mapToObj(i -> web(host, "post" + i)).toList();
    }

    private static Content web(String host, String path) {
        String url = "https://" + host + "/" + path;
        return content("web:url:" + url, url);
    }

    private static Content content(String key, String url) {
        return new Content(CaseReference.of(2026, 1), new ContentKey(key), URI.create(url), Map.of());
    }

    private static Response page(String text) {
        return new Response(
                200,
                Map.of("content-type", "text/html"),
                PAGE.formatted(text, text).getBytes(StandardCharsets.UTF_8));
    }

    private static Response json(String text) {
        return new Response(200, Map.of("content-type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
