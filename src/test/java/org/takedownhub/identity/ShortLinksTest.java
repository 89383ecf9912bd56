package org.takedownhub.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.identity.Resolution.Found;
import org.takedownhub.identity.Resolution.Unresolved;
import org.takedownhub.platform.SafeHttp.Response;

class ShortLinksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final IdentitySettings SETTINGS = new IdentitySettings(
            true,
            "Mozilla/5.0 test",
            Duration.ofSeconds(5),
            600,
            List.of(Duration.ofMinutes(10)),
            URI.create("https://plc.directory"));

    private final FakeWeb web = new FakeWeb();
    private final ShortLinks links = new ShortLinks(web, ContentIdentities::identify, SETTINGS.userAgent(), CLOCK);

    @Test
    void followsALinkToTheItemAndDoesNotAskForTheItem() {
        web.redirects("https://bit.ly/a1", "https://t.co/b2")
                .redirects("https://t.co/b2", "https://youtu.be/dQw4w9WgXcQ?si=x");

        Resolution found = links.follow(URI.create("https://bit.ly/a1"));

        assertThat(found).isInstanceOfSatisfying(Found.class, it -> assertThat(it.url())
                .hasToString("https://youtu.be/dQw4w9WgXcQ?si=x"));
        assertThat(web.requests()).containsExactly("HEAD https://bit.ly/a1", "HEAD https://t.co/b2");
        assertThat(found.chain()).extracting(Hop::status).containsExactly(301, 301);
        assertThat(found.chain().get(1).location()).contains("https://youtu.be/dQw4w9WgXcQ?si=x");
    }

    @Test
    void triesGetAndThenItsOwnNameWhereTheFirstSaysNothing() {
        List<String> agents = new ArrayList<>();
        web.answers("https://t.co/b2", request -> {
            agents.add(request.headers().getOrDefault("User-Agent", ""));
            return request.headers().containsKey("User-Agent")
                    ? new Response(200, Map.of(), new byte[0])
                    : new Response(301, Map.of("location", "https://x.com/a/status/20"), new byte[0]);
        });

        assertThat(links.follow(URI.create("https://t.co/b2"))).isInstanceOf(Found.class);
        assertThat(web.requests())
                .containsExactly("HEAD https://t.co/b2", "GET https://t.co/b2", "GET https://t.co/b2");
        assertThat(agents).containsExactly("Mozilla/5.0 test", "Mozilla/5.0 test", "");
    }

    @Test
    void staysOnAPageThatSendsItsReadersToItsLogIn() {
        web.redirects("https://bit.ly/a1", "https://news.example/story/5")
                .redirects("https://news.example/story/5", "https://news.example/login?next=/story/5");

        assertThat(links.follow(URI.create("https://bit.ly/a1")))
                .isInstanceOfSatisfying(
                        Found.class, it -> assertThat(it.url()).hasToString("https://news.example/story/5"));
    }

    @Test
    void followsAnUnknownShortenerToAnItem() {
        web.redirects("https://bit.ly/a1", "https://sho.rt.example/x")
                .redirects("https://sho.rt.example/x", "https://vimeo.com/123456789");

        assertThat(links.follow(URI.create("https://bit.ly/a1")))
                .isInstanceOfSatisfying(
                        Found.class, it -> assertThat(it.url()).hasToString("https://vimeo.com/123456789"));
    }

    @Test
    void doesNotTakeAPlatformsFrontPageForTheItem() {
        web.redirects("https://vm.tiktok.com/ZM1", "https://www.tiktok.com/")
                .answers("https://www.tiktok.com/", request -> new Response(200, Map.of(), new byte[0]));

        assertThat(links.follow(URI.create("https://vm.tiktok.com/ZM1")))
                .isInstanceOfSatisfying(
                        Unresolved.class, it -> assertThat(it.forGood()).isFalse());
    }

    @Test
    void followsFiveRedirectsAndNotOneMore() {
        for (int hop = 0; hop < 9; hop++) {
            web.redirects("https://bit.ly/a" + hop, "https://bit.ly/a" + (hop + 1));
        }
        web.redirects("https://bit.ly/a4", "https://youtu.be/dQw4w9WgXcQ");

        assertThat(links.follow(URI.create("https://bit.ly/a0"))).isInstanceOf(Found.class);
        assertThat(links.follow(URI.create("https://bit.ly/a5"))).isInstanceOfSatisfying(Unresolved.class, it -> {
            assertThat(it.forGood()).isFalse();
            assertThat(it.chain()).hasSize(5);
        });
        web.redirects("https://bit.ly/loop", "https://bit.ly/loop");
        assertThat(links.follow(URI.create("https://bit.ly/loop"))).isInstanceOfSatisfying(Unresolved.class, it -> {
            assertThat(it.forGood()).isTrue();
            assertThat(it.chain()).hasSize(5);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
                "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
                "file:///etc/passwd",
                "http://["
            })
    void takesNoHostileTarget(String target) {
        web.redirects("https://bit.ly/a1", target);

        assertThat(links.follow(URI.create("https://bit.ly/a1"))).isInstanceOf(Unresolved.class);
        assertThat(web.requests()).allMatch(request -> request.endsWith("https://bit.ly/a1"));
    }

    @Test
    void comesBackWhenItIsTold() {
        web.answers("https://bit.ly/a1", request -> new Response(429, Map.of("retry-after", "120"), new byte[0]));

        assertThat(links.follow(URI.create("https://bit.ly/a1")))
                .isInstanceOfSatisfying(
                        Unresolved.class, it -> assertThat(it.retryAt()).contains(NOW.plusSeconds(120)));
    }

    @Nested
    class OverARealConnection {

        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

        private Resolution follow(String location, String... headers) {
            HttpServer server = server(location);
            try {
                URI origin =
                        URI.create("http://localhost:" + server.getAddress().getPort());
                ShortLinks real = new ShortLinks(
                        IdentityResolver.over(IdentityResolver.client(SETTINGS, CLOCK, origin)),
                        ContentIdentities::identify,
                        SETTINGS.userAgent(),
                        CLOCK);
                return real.follow(origin.resolve("/abc"));
            } finally {
                server.stop(0);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:1/",
                    "http://169.254.169.254/latest/meta-data/",
                    "http://10.0.0.1/a",
                    "http://[::1]/a",
                    "http://[::ffff:10.0.0.1]/a"
                })
        void refusesARedirectIntoOurNetwork(String inside) {
            Resolution resolution = follow(inside);

            assertThat(resolution).isInstanceOfSatisfying(Unresolved.class, it -> assertThat(it.why())
                    .contains("does not lie on the public internet"));
            assertThat(resolution.chain()).last().extracting(Hop::status).isEqualTo(0);
        }

        @Test
        void sendsNoCookieAndReadsNoBody() {
            assertThat(follow("https://youtu.be/dQw4w9WgXcQ")).isInstanceOf(Found.class);
            assertThat(requests).containsExactly("HEAD null", "GET null");
        }

        /** Answers HEAD with an error and a cookie, and GET with a redirect whose body never ends. */
        private HttpServer server(String location) {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/abc", exchange -> {
                    requests.add(exchange.getRequestMethod() + " "
                            + exchange.getRequestHeaders().getFirst("Cookie"));
                    exchange.getResponseHeaders().add("Set-Cookie", "session=1");
                    if (exchange.getRequestMethod().equals("HEAD")) {
                        exchange.sendResponseHeaders(405, -1);
                        return;
                    }
                    exchange.getResponseHeaders().add("Location", location);
                    exchange.sendResponseHeaders(302, 50_000_000);
                    exchange.getResponseBody().write(new byte[1000]);
                    exchange.getResponseBody().flush();
                });
                server.start();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void keepsEveryHopWithItsInstant() {
        web.redirects("https://bit.ly/a1", "https://youtu.be/dQw4w9WgXcQ");

        assertThat(links.follow(URI.create("https://bit.ly/a1")).chain())
                .containsExactly(new Hop(
                        "HEAD",
                        URI.create("https://bit.ly/a1"),
                        301,
                        Optional.of("https://youtu.be/dQw4w9WgXcQ"),
                        NOW));
    }
}
