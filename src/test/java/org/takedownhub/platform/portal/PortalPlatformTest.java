package org.takedownhub.platform.portal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.ConfirmationSettings;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookSettings;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.VantageSettings;
import org.takedownhub.platform.Vantages;
import org.takedownhub.platform.page.PageLooks;

class PortalPlatformTest {

    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("localhost"))
            .build();

    @Test
    void leavesTheNoticeToAPerson() {
        Platform platform = platform(Map.of("portal-url", "https://forum.example/report"));

        assertThat(platform.channel()).isEqualTo(Channel.PORTAL);
        assertThat(platform.refer(new Notice(
                        "0".repeat(64), web("/post"), Category.THREAT, true, false, "It threatens a person.")))
                .isInstanceOfSatisfying(NeedsPerson.class, answer -> assertThat(answer.reason())
                        .contains("https://forum.example/report"));
    }

    @Test
    void leavesLookingToAPersonUnlessToldOtherwise() {
        assertThat(look(platform(Map.of()), web("/post")))
                .extracting(Look::availability)
                .isEqualTo(Availability.UNKNOWN);
        SITE.verify(0, getRequestedFor(urlEqualTo("/post")));
    }

    @Test
    void neverReadsPagesBehindALogInWall() {
        Content video = content("tiktok:item:123456789012345678", SITE.url("/post"));
        Content walled = content("web:url:https://instagram.com/explore", "https://www.instagram.com/explore");

        assertThat(look(reading(), video).availability()).isEqualTo(Availability.UNKNOWN);
        assertThat(look(reading(), walled).unknownReason()).contains(UnknownReason.NO_INTERFACE);
        SITE.verify(0, getRequestedFor(urlEqualTo("/post")));
    }

    @Test
    void seesAPageThatIsUp() {
        page("/post", 200, "the post");

        Look look = look(reading(), web("/post"));
        assertThat(look.availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(look.controlAlive()).isTrue();
        assertThat(look.httpStatus()).hasValue(200);
        assertThat(look.evidenceHash())
                .hasValueSatisfying(hash -> assertThat(hash).matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void seesAMissBesideALiveControl(int status) {
        page("/post", status, "gone");
        page("/", 200, "front page");

        Look look = look(reading(), web("/post"));
        assertThat(look.availability()).isEqualTo(Availability.GONE_UNATTRIBUTED);
        assertThat(look.controlAlive()).isTrue();
    }

    @Test
    void saysWhenTheControlIsMissingToo() {
        page("/post", 404, "gone");
        page("/", 404, "gone");

        assertThat(look(reading(), web("/post")).controlAlive()).isFalse();
    }

    @Test
    void looksAtOneControlForAllItemsOfASite() {
        page("/one", 404, "gone");
        page("/two", 404, "gone");
        page("/about", 200, "about us");
        Platform platform = platform(Map.of("look", "page", "control-url", SITE.url("/about")));

        assertThat(platform.look(List.of(web("/one"), web("/two"))))
                .extracting(Look::controlAlive)
                .containsExactly(true, true);
        SITE.verify(1, getRequestedFor(urlEqualTo("/about")));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 401, 403, 408, 425, 429, 500, 502, 503})
    void saysNothingFromAnAnswerThatProvesNothing(int status) {
        page("/post", status, "no");
        assertThat(look(reading(), web("/post")).availability()).isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void saysNothingFromAnEmptyPage() {
        page("/post", 200, "");
        assertThat(look(reading(), web("/post")).availability()).isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void seesALegalBlock() {
        page("/post", 451, "not in your country");
        assertThat(look(reading(), web("/post")).availability()).isEqualTo(Availability.GEO_BLOCKED);
    }

    @Test
    void readsAnActivityPubObject() {
        object("/@a/1", "{\"type\":\"Note\",\"content\":\"\\\"type\\\":\\\"Tombstone\\\"\",\"name\":\"Tombstone\"}");
        object("/@a/2", "{\"type\":\"Tombstone\"}");
        page("/", 200, "front page");

        assertThat(look(reading(), content("ap:status:x/1", SITE.url("/@a/1"))).availability())
                .isEqualTo(Availability.AVAILABLE);
        assertThat(look(reading(), content("ap:status:x/2", SITE.url("/@a/2"))).availability())
                .isEqualTo(Availability.GONE_UNATTRIBUTED);
    }

    @Test
    void saysNothingFromAShellInPlaceOfAnObject() {
        page("/@a/1", 200, "<html>one shell for every address</html>");
        assertThat(look(reading(), content("ap:status:x/1", SITE.url("/@a/1"))).availability())
                .isEqualTo(Availability.UNKNOWN);
    }

    @Test
    void doesNotReadAnAddressInsideOurNetwork() {
        page("/post", 404, "gone");
        Platform untrusting = factory(SafeHttp.of("forum", settings(Map.of()), Clock.systemUTC()))
                .create("localhost", settings(Map.of("look", "page")));

        assertThat(look(untrusting, web("/post")).availability()).isEqualTo(Availability.UNKNOWN);
        assertThatExceptionOfType(PlatformUnavailable.class).isThrownBy(() -> untrusting.capture(web("/post")));
        SITE.verify(0, getRequestedFor(urlEqualTo("/post")));
    }

    @Test
    void keepsThePageAsFetched() {
        SITE.stubFor(get("/post")
                .willReturn(aResponse().withBody("the post").withHeader("Content-Type", "text/html; charset=utf-8")));

        Capture capture = reading().capture(web("/post"));
        assertThat(capture.body()).isEqualTo("the post".getBytes(StandardCharsets.UTF_8));
        assertThat(capture.mediaType()).isEqualTo("text/html; charset=utf-8");
        assertThat(capture.httpStatus()).isEqualTo(200);
    }

    @Test
    void keepsNothingInPlaceOfThePage() {
        page("/post", 404, "gone");
        assertThatExceptionOfType(PlatformUnavailable.class)
                .isThrownBy(() -> reading().capture(web("/post")))
                .withMessageContaining("404");
    }

    @Test
    void refusesImpossibleSettings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> platform(Map.of("look", "sometimes")))
                .withMessageContaining("takedown.platforms.forum.options.look");
        assertThatIllegalStateException()
                .isThrownBy(() -> platform(Map.of("portal-url", "javascript:alert(1)")))
                .withMessageContaining("takedown.platforms.forum.options.portal-url");
        assertThatIllegalStateException()
                .isThrownBy(() -> platform(Map.of("control-url", "https://%zz")))
                .withMessageContaining("takedown.platforms.forum.options.control-url");
    }

    private static void page(String path, int status, String body) {
        SITE.stubFor(get(path)
                .withHeader("User-Agent", equalTo("TakedownHub"))
                .willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static void object(String path, String body) {
        SITE.stubFor(get(path)
                .withHeader("Accept", equalTo("application/activity+json"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/activity+json; charset=utf-8")
                        .withBody(body)));
    }

    private static Platform reading() {
        return platform(Map.of("look", "page"));
    }

    private static Platform platform(Map<String, String> options) {
        SafeHttp http = SafeHttp.of("forum", settings(Map.of()), Clock.systemUTC(), URI.create(SITE.baseUrl()));
        return factory(http).create("forum", settings(options));
    }

    private static PortalPlatformFactory factory(SafeHttp http) {
        return new PortalPlatformFactory(
                http,
                new PageLooks(http, new LookSettings(10_000, null), Clock.systemUTC()),
                new Vantages(
                        new VantageSettings(Map.of()), new ConfirmationSettings(Duration.ofMinutes(5), 2, 3, "GB")));
    }

    private static PlatformSettings settings(Map<String, String> options) {
        return new PlatformSettings(
                "portal", true, null, List.of(), null, null, null, null, null, Duration.ofSeconds(5), 2, options);
    }

    private static Look look(Platform platform, Content content) {
        return platform.look(List.of(content)).get(0);
    }

    private static Content web(String path) {
        return content("web:url:" + SITE.url(path), SITE.url(path));
    }

    private static Content content(String key, String url) {
        return new Content(CaseReference.of(2026, 1), new ContentKey(key), URI.create(url), Map.of());
    }
}
