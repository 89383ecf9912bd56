package org.takedownhub.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code identity/spellings.txt}, held to what it promises. */
class PlatformSpellingsTest {

    private static final List<String> PLATFORMS = List.of(
            "YouTube",
            "X",
            "TikTok",
            "Instagram",
            "Threads",
            "Facebook",
            "Snapchat",
            "Reddit",
            "Bluesky",
            "Fediverse",
            "PeerTube",
            "Lemmy",
            "Vimeo",
            "Dailymotion",
            "Twitch",
            "Telegram",
            "Discord",
            "Archives",
            "Wrappers",
            "Web",
            "Short links");

    record Near(String url, String key, boolean weak) {}

    record Row(String platform, String key, boolean weak, List<String> same, List<Near> near, List<String> hostile) {

        @Override
        public String toString() {
            return platform;
        }
    }

    static Stream<Row> rows() {
        return read().stream();
    }

    @Test
    void coversEveryPlatformWithEightSpellingsThreeNearMissesAndTwoHostileOnes() {
        assertThat(read()).extracting(Row::platform).containsExactlyElementsOf(PLATFORMS);
        assertThat(read()).allSatisfy(row -> {
            assertThat(row.same())
                    .as("equal spellings of %s", row)
                    .hasSizeGreaterThanOrEqualTo(8)
                    .doesNotHaveDuplicates();
            assertThat(row.near()).as("near misses of %s", row).hasSizeGreaterThanOrEqualTo(3);
            assertThat(row.hostile()).as("hostile ones of %s", row).hasSizeGreaterThanOrEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givesEverySpellingOfAnItemItsKey(Row row) {
        assertThat(row.same()).allSatisfy(spelling -> {
            ContentIdentity identity = ContentIdentities.identify(spelling);
            assertThat(identity.key()).hasToString(row.key());
            assertThat(identity.weak()).isEqualTo(row.weak());
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void givesEveryNearMissItsOwnKey(Row row) {
        assertThat(row.near()).allSatisfy(near -> {
            ContentIdentity identity = ContentIdentities.identify(near.url());
            assertThat(identity.key()).hasToString(near.key());
            assertThat(near.key()).isNotEqualTo(row.key());
            assertThat(identity.weak()).isEqualTo(near.weak());
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void refusesEveryHostileOne(Row row) {
        assertThat(row.hostile()).allSatisfy(url -> assertThatThrownBy(() -> ContentIdentities.identify(url))
                .isInstanceOf(InvalidContentUrl.class)
                .message()
                .hasSizeGreaterThan(20));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsItsOwnCanonicalAddressesBack(Row row) {
        Stream.concat(row.same().stream(), row.near().stream().map(Near::url)).forEach(url -> {
            ContentIdentity identity = ContentIdentities.identify(url);
            ContentIdentity again =
                    ContentIdentities.identify(identity.canonicalUrl().toString());
            assertThat(again.key()).as(url).isEqualTo(identity.key());
            assertThat(again.canonicalUrl()).as(url).isEqualTo(identity.canonicalUrl());
            assertThat(again.copyOf()).as(url).isEqualTo(identity.copyOf());
        });
    }

    @Test
    void linksAnArchivedPageToWhatItShows() {
        assertThat(ContentIdentities.identify(
                                "https://web.archive.org/web/20240102030405/https://x.com/a/status/1790000000000000001")
                        .copyOf())
                .contains(new ContentKey("x:status:1790000000000000001"));
        assertThat(ContentIdentities.identify("https://archive.ph/AbC12").copyOf())
                .isEmpty();
        assertThat(ContentIdentities.identify("https://youtu.be/dQw4w9WgXcQ").copyOf())
                .isEmpty();
    }

    @Test
    void keepsTheSecretThatAnUnlistedVimeoVideoNeeds() {
        assertThat(ContentIdentities.identify("https://player.vimeo.com/video/123456789?h=0a1b2c3d4e")
                        .canonicalUrl())
                .hasToString("https://vimeo.com/123456789/0a1b2c3d4e");
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        Optional<String> platform = Optional.empty();
        for (String line : lines()) {
            String word = line.substring(0, line.indexOf(' '));
            String rest = line.substring(line.indexOf(' ') + 1);
            switch (word) {
                case "platform" -> platform = Optional.of(rest);
                case "key" -> rows.add(new Row(
                        platform.orElseThrow(),
                        rest.substring(rest.indexOf(' ') + 1),
                        rest.startsWith("weak "),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>()));
                case "same" -> last(rows).same().add(rest);
                case "near" -> last(rows).near().add(near(rest));
                case "hostile" -> last(rows).hostile().add(rest);
                default -> throw new IllegalStateException("Not a line of the table: " + line);
            }
        }
        return rows;
    }

    private static Row last(List<Row> rows) {
        return rows.get(rows.size() - 1);
    }

    private static Near near(String text) {
        String[] parts = text.split(" => ");
        return new Near(parts[0], parts[1].replace(" *", ""), parts[1].endsWith(" *"));
    }

    private static List<String> lines() {
        try (InputStream table = PlatformSpellingsTest.class.getResourceAsStream("/identity/spellings.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The table of spellings cannot be read", e);
        }
    }
}
