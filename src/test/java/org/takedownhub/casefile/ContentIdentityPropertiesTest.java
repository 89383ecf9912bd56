package org.takedownhub.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Laws that hold for every address, tried on random ones. The seed is fixed, so that a build is repeatable, and
 * {@code -Didentity.seed=…} tries others; every failure names its seed and round.
 */
class ContentIdentityPropertiesTest {

    private static final long SEED = Long.getLong("identity.seed", 20261122L);
    private static final int ROUNDS = 1_500;
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String FLICKR = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

    /**
     * Items of one kind.
     *
     * @param id        makes the id of another item
     * @param key       of the item with an id
     * @param spellings addresses without scheme; {@code {}} stands for the id, {@code ?} is there when parameters are
     */
    private record Kind(
            Function<Random, String> id, Function<String, String> key, Function<String, List<String>> spellings) {

        private static Kind of(Function<Random, String> id, String key, String... spellings) {
            return new Kind(id, text -> key.replace("{}", text), text -> List.of(spellings).stream()
                    .map(spelling -> spelling.replace("{}", text))
                    .toList());
        }
    }

    private static final List<Kind> KINDS = List.of(
            Kind.of(
                    random -> text(random, BASE64URL, 11, 11),
                    "yt:video:{}",
                    "www.youtube.com/watch?v={}",
                    "m.youtube.com/shorts/{}",
                    "youtu.be/{}",
                    "www.youtube-nocookie.com/embed/{}",
                    "music.youtube.com/watch?app=desktop&v={}",
                    "www.youtube.com/live/{}"),
            Kind.of(
                    random -> number(random, 15, 19),
                    "x:status:{}",
                    "x.com/someone/status/{}",
                    "twitter.com/i/web/status/{}",
                    "mobile.twitter.com/other/statuses/{}",
                    "fxtwitter.com/a/status/{}/photo/1",
                    "platform.twitter.com/embed/Tweet.html?id={}"),
            Kind.of(
                    random -> number(random, 15, 21),
                    "tiktok:item:{}",
                    "www.tiktok.com/@some.one/video/{}",
                    "m.tiktok.com/v/{}.html",
                    "www.tiktok.com/@a/photo/{}",
                    "www.tiktok.com/embed/v2/{}",
                    "www.tiktokv.com/share/video/{}"),
            new Kind(
                    random -> new BigInteger(63, random).setBit(31).toString(),
                    id -> "ig:media:" + id,
                    id -> List.of(
                            "www.instagram.com/p/" + MediaCode.code(id) + "/",
                            "instagram.com/someone/reel/" + MediaCode.code(id),
                            "www.instagram.com/tv/A" + MediaCode.code(id),
                            "instagr.am/p/" + MediaCode.code(id))),
            new Kind(
                    random -> new BigInteger(63, random).setBit(31).toString(),
                    id -> "threads:media:" + id,
                    id -> List.of(
                            "www.threads.net/@someone/post/" + MediaCode.code(id),
                            "threads.com/t/" + MediaCode.code(id))),
            Kind.of(
                    random -> number(random, 10, 16),
                    "fb:video:{}",
                    "www.facebook.com/watch/?v={}",
                    "m.facebook.com/reel/{}",
                    "web.facebook.com/someone/videos/{}"),
            Kind.of(
                    random -> number(random, 10, 16),
                    "fb:photo:{}",
                    "www.facebook.com/photo?fbid={}",
                    "mbasic.facebook.com/someone/photos/a.1/{}"),
            Kind.of(
                    random -> text(random, BASE64URL, 10, 40),
                    "snap:spotlight:{}",
                    "www.snapchat.com/spotlight/{}",
                    "snapchat.com/@someone/spotlight/{}"),
            Kind.of(
                    random -> text(random, LOWER, 6, 8),
                    "reddit:t3:{}",
                    "www.reddit.com/r/Knives/comments/{}/a_title",
                    "old.reddit.com/comments/{}",
                    "redd.it/{}"),
            Kind.of(
                    random -> text(random, LOWER, 6, 8),
                    "reddit:t1:{}",
                    "www.reddit.com/r/knives/comments/1abcde/a_title/{}",
                    "np.reddit.com/comments/1abcde/comment/{}"),
            Kind.of(
                    random -> "did:plc:" + text(random, "abcdefghijklmnopqrstuvwxyz234567", 24, 24),
                    "at:post:{}/3krkeyabc2d2x",
                    "bsky.app/profile/{}/post/3krkeyabc2d2x",
                    "deer.social/profile/{}/post/3krkeyabc2d2x/liked-by"),
            Kind.of(
                    random -> number(random, 5, 18),
                    "ap:status:mastodon.example/{}",
                    "mastodon.example/@bob/{}",
                    "mastodon.example/users/bob/statuses/{}",
                    "mastodon.example/web/statuses/{}"),
            new Kind(
                    random -> new UUID(random.nextLong(), random.nextLong()).toString(),
                    id -> "pt:video:" + id,
                    id -> List.of(
                            "peertube.example/w/" + flickr(id),
                            "peertube.example/videos/watch/" + id,
                            "peertube.example/videos/embed/" + id.toUpperCase(Locale.ROOT))),
            Kind.of(random -> number(random, 5, 12), "ap:post:lemmy.example/{}", "lemmy.example/post/{}"),
            Kind.of(
                    random -> number(random, 6, 11),
                    "vimeo:video:{}",
                    "vimeo.com/{}",
                    "player.vimeo.com/video/{}",
                    "vimeo.com/channels/some/{}"),
            Kind.of(
                    random -> "x" + text(random, LOWER, 6, 6),
                    "dm:video:{}",
                    "www.dailymotion.com/video/{}",
                    "dai.ly/{}",
                    "geo.dailymotion.com/player.html?video={}"),
            Kind.of(
                    random -> text(random, BASE64URL, 12, 40),
                    "twitch:clip:{}",
                    "clips.twitch.tv/{}",
                    "www.twitch.tv/someone/clip/{}",
                    "clips.twitch.tv/embed?clip={}"),
            Kind.of(
                    random -> number(random, 8, 11),
                    "twitch:vod:{}",
                    "www.twitch.tv/videos/{}",
                    "player.twitch.tv/?video=v{}"),
            Kind.of(
                    random -> number(random, 1, 9),
                    "tg:msg:somechannel:{}",
                    "t.me/SomeChannel/{}",
                    "telegram.me/s/somechannel/{}",
                    "somechannel.t.me/{}"),
            Kind.of(
                    random -> number(random, 17, 19),
                    "discord:msg:100000000000000001:100000000000000002:{}",
                    "discord.com/channels/100000000000000001/100000000000000002/{}",
                    "ptb.discord.com/channels/100000000000000001/100000000000000002/{}"),
            Kind.of(
                    random -> number(random, 14, 14),
                    "archive:wayback:{}/x:status:20",
                    "web.archive.org/web/{}/https://x.com/jack/status/20",
                    "web.archive.org/web/{}if_/http://twitter.com/i/status/20"),
            Kind.of(random -> text(random, BASE64URL, 5, 12), "short:link:bit.ly/{}", "bit.ly/{}", "www.bit.ly/{}"),
            Kind.of(
                    random -> text(random, LOWER, 3, 20),
                    "web:url:https://forum.example.org/t/{}?a=1&b=2",
                    "forum.example.org/t/{}?a=1&b=2",
                    "Forum.Example.org/x/../t/{}?b=2&a=1"));

    @Test
    void givesEverySpellingOfAnItemItsKey() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Kind kind = any(random, KINDS);
            String id = kind.id().apply(random);
            String spelling = spelled(random, any(random, kind.spellings().apply(id)));
            assertThat(ContentIdentities.identify(spelling).key())
                    .as("seed %d, round %d: %s", SEED, round, spelling)
                    .hasToString(kind.key().apply(id));
        }
    }

    @Test
    void neverGivesTwoItemsOneKey() {
        Random random = new Random(SEED + 1);
        Map<String, String> itemOfKey = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            int kind = random.nextInt(KINDS.size());
            String id = KINDS.get(kind).id().apply(random);
            // A neighbour that differs in one character is the likeliest to collide.
            for (String item : List.of(id, neighbour(random, id))) {
                String spelling =
                        "https://" + any(random, KINDS.get(kind).spellings().apply(item));
                String key = ContentIdentities.identify(spelling).key().value();
                String other = itemOfKey.put(key, kind + " " + item);
                assertThat(other)
                        .as("seed %d, round %d: %s", SEED + 1, round, spelling)
                        .isIn(null, kind + " " + item);
            }
        }
        assertThat(itemOfKey).hasSizeGreaterThan(ROUNDS);
    }

    @Test
    void readsTheCanonicalAddressAsTheSameItem() {
        Random random = new Random(SEED + 2);
        for (int round = 0; round < ROUNDS; round++) {
            Kind kind = any(random, KINDS);
            String spelling =
                    spelled(random, any(random, kind.spellings().apply(kind.id().apply(random))));
            ContentIdentity identity = ContentIdentities.identify(spelling);
            ContentIdentity again =
                    ContentIdentities.identify(identity.canonicalUrl().toString());
            assertThat(again.key())
                    .as("seed %d, round %d: %s", SEED + 2, round, spelling)
                    .isEqualTo(identity.key());
            assertThat(again.canonicalUrl())
                    .as("seed %d, round %d: %s", SEED + 2, round, spelling)
                    .isEqualTo(identity.canonicalUrl());
            assertThat(again.host()).isEqualTo(identity.host());
        }
    }

    @Test
    void readsAnyTextOrRefusesItInWords() {
        Random random = new Random(SEED + 3);
        int read = 0;
        for (int round = 0; round < 3 * ROUNDS; round++) {
            String text = random.nextBoolean() ? noise(random) : damaged(random);
            try {
                ContentIdentity identity = ContentIdentities.identify(text);
                read++;
                assertThat(identity.canonicalUrl().toString())
                        .hasSizeLessThanOrEqualTo(ContentIdentities.MAX_URL_LENGTH);
                ContentIdentity again =
                        ContentIdentities.identify(identity.canonicalUrl().toString());
                assertThat(again.key())
                        .as("seed %d, round %d: %s", SEED + 3, round, text)
                        .isEqualTo(identity.key());
            } catch (InvalidContentUrl refused) {
                assertThat(refused).hasMessageMatching("(?s).{20,400}");
            }
        }
        assertThat(read).isGreaterThan(ROUNDS / 4);
    }

    @Test
    void refusesALongHostWithALongPathInsteadOfBreaking() {
        String host = ("a".repeat(60) + ".").repeat(4) + "example";
        for (int letters = 550; letters < 640; letters += 5) {
            String url = "https://" + host + "/" + "字".repeat(letters);
            try {
                assertThat(ContentIdentities.identify(url).canonicalUrl().toString())
                        .hasSizeLessThanOrEqualTo(ContentIdentities.MAX_URL_LENGTH);
            } catch (InvalidContentUrl refused) {
                assertThat(refused).hasMessageContaining("percent-encoded");
            }
        }
    }

    /** One more way to write an address that means the same. */
    private static String spelled(Random random, String address) {
        int slash = address.indexOf('/');
        String host = random.nextInt(4) == 0
                ? address.substring(0, slash).toUpperCase(Locale.ROOT)
                : address.substring(0, slash);
        String rest = encodedSomewhere(random, address.substring(slash));
        String scheme = any(random, List.of("https://", "http://", "HTTPS://"));
        String port = random.nextInt(5) == 0 ? scheme.equals("http://") ? ":80" : ":443" : "";
        String query = random.nextInt(3) == 0
                ? (rest.indexOf('?') < 0 ? "?" : "&") + any(random, List.of("utm_source=x", "fbclid=abc", "igsh=Mz"))
                : "";
        String fragment = random.nextInt(5) == 0 ? "#x" : "";
        String url = scheme + host + port + rest + query + fragment;
        for (int wrapping = random.nextInt(3); wrapping > 0; wrapping--) {
            url = any(
                            random,
                            List.of(
                                    "https://l.facebook.com/l.php?h=x&u=",
                                    "https://www.google.com/url?sa=t&q=",
                                    "https://www.youtube.com/redirect?event=x&q="))
                    + URLEncoder.encode(url, StandardCharsets.UTF_8);
        }
        return switch (random.nextInt(5)) {
            case 0 -> "<" + url + ">";
            case 1 -> " \u200b" + url + ",\n";
            default -> url;
        };
    }

    private static String encodedSomewhere(Random random, String rest) {
        int at = 1 + random.nextInt(Math.max(1, rest.length() - 1));
        boolean plain = at < rest.length() && BASE64URL.indexOf(rest.charAt(at)) >= 0;
        return plain && random.nextInt(3) == 0 && rest.indexOf("http") < 0
                ? rest.substring(0, at) + "%" + String.format("%02x", (int) rest.charAt(at)) + rest.substring(at + 1)
                : rest;
    }

    private static String neighbour(Random random, String id) {
        int at = random.nextInt(id.length());
        char old = id.charAt(at);
        String alphabet = Character.isDigit(old) ? "123456789" : Character.isLowerCase(old) ? "abcdef" : "";
        return alphabet.isEmpty() || id.startsWith("did:") && at < 8
                ? id
                : id.substring(0, at)
                        + any(random, alphabet.chars().mapToObj(c -> (char) c).toList())
                        + id.substring(at + 1);
    }

    private static String damaged(Random random) {
        Kind kind = any(random, KINDS);
        StringBuilder text = new StringBuilder(
                spelled(random, any(random, kind.spellings().apply(kind.id().apply(random)))));
        for (int blow = random.nextInt(4); blow >= 0; blow--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(
                        at, any(random, List.of("/", "?", "#", "%", "@", ":", "..", "//", "&v=", "\\", ";")));
                case 1 -> text.setLength(Math.max(1, at));
                case 2 -> text.insert(at, Character.toChars(random.nextInt(0x3000)));
                default -> text.insert(
                        at, any(random, List.of("%2F", "%00", "%C3%28", "tg://", "http://", "web/2024/")));
            }
        }
        return text.toString();
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder(any(
                random,
                List.of(
                        "",
                        "https://",
                        "at://",
                        "tg://resolve?",
                        "https://a.example/",
                        "discord://",
                        "https://web.archive.org/web/")));
        for (int left = random.nextInt(40); left > 0; left--) {
            text.append(
                    random.nextInt(3) == 0
                            ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
                            : Character.toString(0x20 + random.nextInt(0x60)));
        }
        return text.toString();
    }

    private static String flickr(String uuid) {
        BigInteger rest = new BigInteger(uuid.replace("-", ""), 16);
        StringBuilder code = new StringBuilder();
        for (int digit = 0; digit < 22; digit++) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(FLICKR.length()));
            code.append(FLICKR.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return code.reverse().toString();
    }

    private static String number(Random random, int shortest, int longest) {
        return (1 + random.nextInt(9)) + text(random, "0123456789", shortest - 1, longest - 1);
    }

    private static String text(Random random, String alphabet, int shortest, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = shortest + random.nextInt(longest - shortest + 1); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
