package org.takedownhub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.takedownhub.BesideOthers;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseLink;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.Relation;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.ContentSource;
import org.takedownhub.platform.FakePlatform;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.PlatformHealth;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;

@BesideOthers
class MediaTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final BufferedImage PICTURE = Drawing.of(1, 640, 480);
    private static final byte[] FILE = Drawing.as("png", PICTURE);

    private final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    private final FakePlatform alpha = new FakePlatform("alpha");
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean listenerFails;
    private HttpServer server;
    private StoreContext node;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.merge(path, 1, Integer::sum);
            byte[] body = served.get(path);
            exchange.getResponseHeaders()
                    .set("Content-Type", path.endsWith(".mp4") ? "video/mp4; codecs=x" : "text/html");
            exchange.sendResponseHeaders(body == null ? 404 : path.contains("/busy/") ? 503 : 200, 0);
            try (exchange) {
                if (body != null) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        server.start();
        FakePlatforms fakes = FakePlatforms.of(alpha).at(address(""));
        node = StoreContext.builder(clock)
                .property("takedown.media.largest", "1MB")
                .with(PlatformsSettings.class, fakes.settings())
                .with(Platforms.class, fakes.platforms())
                .with(MediaSeenAgain.class, this::seenAgain)
                .with(
                        Settings.class,
                        Bulkheads.class,
                        PlatformHealth.class,
                        ContentSource.class,
                        CaseLinks.class,
                        Evidence.class,
                        EvidenceWorker.class,
                        Media.class,
                        MediaFiles.class,
                        PdqHashes.class,
                        MediaMatches.class,
                        MediaWorker.class)
                .start();
    }

    @AfterEach
    void stop() {
        node.close();
        server.stop(0);
    }

    @Test
    void proposesAnEarlierCaseWithTheSameFile() {
        served.put("/a.png", FILE);
        served.put("/elsewhere/b.png", FILE);
        CaseReference earlier = captured("/a.png");

        CaseReference later = captured("/elsewhere/b.png");

        assertThat(matches(later)).singleElement().satisfies(match -> {
            assertThat(match.inWords()).isEqualTo("same media as " + earlier + " (exact)");
            assertThat(match.foundAt()).isEqualTo(clock.instant());
        });
        assertThat(matches(earlier))
                .singleElement()
                .extracting(MediaMatch::other)
                .isEqualTo(later);
        assertThat(links(later)).singleElement().satisfies(link -> {
            assertThat(link.relation()).isEqualTo(Relation.SAME_MEDIA);
            assertThat(link.other()).isEqualTo(earlier);
            assertThat(link.detail()).isEqualTo("Same media (exact)");
        });
        assertThat(told).containsExactly(later + " " + earlier + " true 0");
    }

    @Test
    void tellsTheCovertSideAloneOfMediaThatAnOvertCaseHasToo() {
        served.put("/a.png", FILE);
        served.put("/elsewhere/b.png", FILE);
        CaseReference covert = node.flagged("alpha", Source.COVERT);
        capture(covert, List.of(address("/a.png")));

        CaseReference overt = captured("/elsewhere/b.png");

        assertThat(links(covert)).singleElement().extracting(CaseLink::other).isEqualTo(overt);
        assertThat(node.auditActions(covert)).contains("case.linked");
        assertThat(node.auditActions(overt)).doesNotContain("case.linked");
        assertThat(told).as("no return, no strike, no shorter deadline").isEmpty();
    }

    @Test
    void proposesAnEarlierCaseWithTheSamePictureSavedSmallerAndWorse() {
        served.put("/a.png", FILE);
        served.put("/b.jpg", Drawing.asJpeg(PdqTest.smaller(PICTURE, 320, 240), 0.5f));
        CaseReference earlier = captured("/a.png");

        CaseReference later = captured("/b.jpg");

        assertThat(matches(later)).singleElement().satisfies(match -> {
            assertThat(match.other()).isEqualTo(earlier);
            assertThat(match.exact()).isFalse();
            assertThat(match.distance()).isBetween(1, 31);
            assertThat(told).containsExactly(later + " " + earlier + " false " + match.distance());
            assertThat(links(earlier))
                    .extracting(CaseLink::detail)
                    .containsExactly("Same media (distance " + match.distance() + " of 256)");
        });
    }

    @Test
    void tellsOfEachPairOnceAndKeepsItsNearestFiles() {
        served.put("/a.png", FILE);
        served.put("/worse.jpg", Drawing.asJpeg(PdqTest.smaller(PICTURE, 320, 240), 0.5f));
        served.put("/same.png", FILE);
        CaseReference earlier = captured("/a.png", "/worse.jpg");

        CaseReference later = captured("/worse.jpg", "/same.png");

        assertThat(matches(later)).singleElement().extracting(MediaMatch::exact).isEqualTo(true);
        assertThat(told).hasSize(1);
        assertThat(links(earlier)).hasSize(1);
    }

    @Test
    void proposesNothingForOtherPicturesPlainSurfacesAndTheCaseItself() {
        byte[] white = Drawing.as("png", plain(640, 480, 0xffffff));
        served.put("/a.png", FILE);
        served.put("/other.png", Drawing.as("png", Drawing.of(2, 640, 480)));
        served.put("/white.png", white);
        served.put("/whitish.png", Drawing.as("png", plain(320, 240, 0xfffffe)));
        CaseReference first = captured("/a.png", "/a.png?again", "/white.png");

        CaseReference second = captured("/other.png", "/whitish.png");

        assertThat(states(first)).containsExactly("COMPARED", "COMPARED", "COMPARED");
        assertThat(states(second)).containsExactly("COMPARED", "COMPARED");
        assertThat(matches(first)).isEmpty();
        assertThat(matches(second)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void comparesVideosByteForByte() {
        byte[] video = new byte[5000];
        Arrays.fill(video, (byte) 7);
        served.put("/a.mp4", video);
        served.put("/b.mp4", video);
        CaseReference earlier = captured("/a.mp4");

        CaseReference later = captured("/b.mp4");

        assertThat(matches(later)).singleElement().extracting(MediaMatch::other).isEqualTo(earlier);
        assertThat(node.jdbc()
                        .sql("select media_type from media where case_reference = ?")
                        .params(later.value())
                        .query(String.class)
                        .single())
                .isEqualTo("video/mp4");
    }

    @Test
    void takesALogInWallForNoMedia() {
        served.put("/a.png", "<html>Please sign in</html>".getBytes(StandardCharsets.UTF_8));
        CaseReference one = captured("/a.png");
        CaseReference other = captured("/a.png?other");

        assertThat(states(one)).containsExactly("FAILED");
        assertThat(matches(other)).isEmpty();
        assertThat(node.auditActions(one)).endsWith("media.failed");
    }

    @Test
    void asksNotTwiceForWhatIsNotThereAndAgainWhenTheHostIsIll() {
        served.put("/busy/a.png", FILE);
        CaseReference missing = captured("/missing.png");
        assertThat(states(missing)).containsExactly("FAILED");
        assertThat(asked).containsEntry("/missing.png", 1);

        CaseReference busy = captured("/busy/a.png");
        assertThat(states(busy)).containsExactly("REQUESTED");
        clock.advance(Duration.ofSeconds(5));
        round();
        clock.advance(Duration.ofSeconds(30));
        round();

        assertThat(asked).containsEntry("/busy/a.png", 3);
        assertThat(states(busy)).containsExactly("FAILED");
    }

    @Test
    void readsNoFileThatIsTooLarge() {
        byte[] large = Arrays.copyOf(FILE, 1024 * 1024 + 1);
        served.put("/large.png", large);

        CaseReference reference = captured("/large.png");

        assertThat(states(reference)).containsExactly("REQUESTED");
        assertThat(node.jdbc()
                        .sql("select detail from media")
                        .query(String.class)
                        .single())
                .contains("more than 1048576 bytes");
    }

    @Test
    void fetchesNothingInsideOurNetworkThatNoOperatorVouchedFor() {
        served.put("/a.png", FILE);
        CaseReference reference = node.flagged("alpha");
        int port = server.getAddress().getPort();

        capture(reference, List.of(URI.create("http://127.0.0.1:" + port + "/a.png")));

        assertThat(asked).isEmpty();
        assertThat(states(reference)).containsExactly("REQUESTED");
    }

    @Test
    void keepsHashesAndNeitherBytesNorAddresses() {
        served.put("/a.png", FILE);

        captured("/a.png");

        Map<String, Object> row = node.jdbc().sql("select * from media").query().singleRow();
        assertThat(row.get("url")).isNull();
        assertThat(row.get("url_hash"))
                .isEqualTo(Sha256.hex(address("/a.png").toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(row.get("sha256")).isEqualTo(Sha256.hex(FILE));
        assertThat(row.get("pdq_quality")).isEqualTo(100);
        assertThat(row.get("media_type")).isEqualTo("image/png");
        assertThat(row.get("size_in_bytes")).isEqualTo((long) FILE.length);
    }

    @Test
    void leavesFilesBeyondTheEighthAlone() {
        String[] many =
                IntStream.range(0, 12).mapToObj(number -> "/" + number + ".png").toArray(String[]::new);
        Arrays.stream(many).forEach(path -> served.put(path, FILE));

        assertThat(states(captured(many))).hasSize(8);
    }

    @Test
    void tellsAgainAListenerThatFailed() {
        served.put("/a.png", FILE);
        CaseReference earlier = captured("/a.png");
        listenerFails = true;
        CaseReference later = captured("/a.png?later");
        assertThat(matches(later)).isEmpty();
        assertThat(states(later)).containsExactly("HASHED");

        listenerFails = false;
        clock.advance(Duration.ofSeconds(5));
        round();

        assertThat(matches(later)).hasSize(1);
        assertThat(told).containsExactly(later + " " + earlier + " true 0");
        assertThat(asked).as("the file is not fetched again").containsEntry("/a.png", 2);
    }

    private void seenAgain(CaseReference newCase, CaseReference earlier, boolean exact, int distance) {
        if (listenerFails) {
            throw new IllegalStateException("as the test wants it");
        }
        told.add(newCase + " " + earlier + " " + exact + " " + distance);
    }

    private static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private CaseReference captured(String... paths) {
        CaseReference reference = node.flagged("alpha");
        capture(reference, Arrays.stream(paths).map(this::address).toList());
        return reference;
    }

    private void capture(CaseReference reference, List<URI> media) {
        alpha.captures(() -> new Capture(
                "GET statuses/{id}", 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8), Map.of(), media));
        node.inTransaction(
                () -> node.bean(Evidence.class).request(reference, "alpha", URI.create("https://alpha.example/@a/1")));
        node.bean(EvidenceWorker.class).run();
        await().atMost(SOON).until(() -> states(reference).size() > 0);
        round();
    }

    private void round() {
        node.bean(MediaWorker.class).run();
        await().atMost(SOON)
                .until(() ->
                        node.bean(Media.class).platformsDue(clock.instant()).isEmpty()
                                && node.bean(Bulkheads.class).load(Bulkheads.MEDIA) == 0);
    }

    private List<String> states(CaseReference reference) {
        return node.jdbc()
                .sql("select state from media where case_reference = ? order by media_id")
                .params(reference.value())
                .query(String.class)
                .list();
    }

    private List<MediaMatch> matches(CaseReference reference) {
        return node.bean(MediaMatches.class).of(reference);
    }

    private List<CaseLink> links(CaseReference reference) {
        return node.bean(CaseLinks.class).of(reference);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({EvidenceSettings.class, MediaSettings.class})
    static class Settings {}
}
