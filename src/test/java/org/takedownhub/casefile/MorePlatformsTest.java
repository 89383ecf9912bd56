package org.takedownhub.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Platforms without a connector: people hand notices in there, but their duplicates meet all the same. */
class MorePlatformsTest {

    static Stream<Arguments> spellings() {
        return Stream.<Stream<Arguments>>of(
                        oneKey(
                                "reddit:t3:1abcde",
                                "https://www.reddit.com/r/Knives/comments/1abcde/some_title/",
                                "https://old.reddit.com/r/knives/comments/1abcde",
                                "https://new.reddit.com/r/knives/comments/1ABCDE/",
                                "https://np.reddit.com/r/knives/comments/1abcde/other_title/?context=3",
                                "https://www.reddit.com/comments/1abcde",
                                "reddit.com/user/someone/comments/1abcde/title/",
                                "https://redd.it/1abcde",
                                "https://www.reddit.com/gallery/1abcde",
                                "https://out.reddit.com/t3_x?url=https%3A%2F%2Fredd.it%2F1abcde&token=x"),
                        oneKey(
                                "reddit:t1:kx1y2z3",
                                "https://www.reddit.com/r/knives/comments/1abcde/some_title/kx1y2z3/",
                                "https://old.reddit.com/r/knives/comments/1abcde/_/KX1Y2Z3/?context=3"),
                        oneKey(
                                "threads:media:3141803384566559780",
                                "https://www.threads.net/@some.one/post/CuZ7YhDNbQk",
                                "https://www.threads.com/@Some.One/post/CuZ7YhDNbQk?igshid=abc",
                                "https://threads.net/t/CuZ7YhDNbQk/",
                                "threads.com/t/CuZ7YhDNbQk",
                                "https://l.threads.com/?u=https%3A%2F%2Fwww.threads.net%2Ft%2FCuZ7YhDNbQk"),
                        oneKey(
                                "fb:video:1234567890123456",
                                "https://www.facebook.com/watch/?v=1234567890123456",
                                "https://m.facebook.com/watch?v=1234567890123456&ref=sharing",
                                "https://www.facebook.com/someone/videos/1234567890123456/",
                                "https://web.facebook.com/someone/videos/a-title/1234567890123456",
                                "https://www.facebook.com/reel/1234567890123456?mibextid=x",
                                "https://www.facebook.com/video.php?v=1234567890123456",
                                "facebook.com/reel/1234567890123456"),
                        oneKey(
                                "fb:photo:1234567890123456",
                                "https://www.facebook.com/photo?fbid=1234567890123456&set=a.1",
                                "https://www.facebook.com/photo.php?fbid=1234567890123456",
                                "https://mbasic.facebook.com/someone/photos/a.1.2/1234567890123456/"),
                        oneKey(
                                "fb:post:10001234567_1234567890123456",
                                "https://www.facebook.com/permalink.php?story_fbid=1234567890123456&id=10001234567",
                                "https://m.facebook.com/story.php?id=10001234567&story_fbid=1234567890123456",
                                "https://www.facebook.com/10001234567/posts/1234567890123456",
                                "https://www.facebook.com/groups/10001234567/permalink/1234567890123456/"),
                        oneKey(
                                "snap:spotlight:W7_EDlXWTBiXAEEniNoMPwAAYaWd1",
                                "https://www.snapchat.com/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYaWd1",
                                "https://snapchat.com/@someone/spotlight/W7_EDlXWTBiXAEEniNoMPwAAYaWd1?share_id=x"),
                        oneKey(
                                "vimeo:video:123456789",
                                "https://vimeo.com/123456789",
                                "https://vimeo.com/123456789/0a1b2c3d4e",
                                "https://player.vimeo.com/video/123456789?h=0a1b2c3d4e",
                                "https://vimeo.com/channels/staffpicks/123456789",
                                "https://vimeo.com/groups/some/videos/123456789"),
                        oneKey(
                                "dm:video:x8abcde",
                                "https://www.dailymotion.com/video/x8abcde",
                                "https://www.dailymotion.com/video/x8abcde_a-title_news",
                                "https://www.dailymotion.com/embed/video/x8abcde",
                                "https://dai.ly/x8abcde"),
                        oneKey(
                                "twitch:clip:SomeFunnySlug-abc_1",
                                "https://clips.twitch.tv/SomeFunnySlug-abc_1",
                                "https://www.twitch.tv/Someone/clip/SomeFunnySlug-abc_1?filter=clips",
                                "https://m.twitch.tv/someone/clip/SomeFunnySlug-abc_1"),
                        oneKey(
                                "twitch:vod:1234567890",
                                "https://www.twitch.tv/videos/1234567890?t=1h2m",
                                "https://www.twitch.tv/someone/v/1234567890"),
                        oneKey(
                                "tg:msg:somechannel:42",
                                "https://t.me/SomeChannel/42",
                                "https://t.me/s/somechannel/42",
                                "https://telegram.me/somechannel/42",
                                "t.me/somechannel/42?single",
                                "https://t.me/somechannel/7/42"),
                        oneKey(
                                "tg:invite:AbCdEfGhIjKlMnOp",
                                "https://t.me/+AbCdEfGhIjKlMnOp",
                                "https://t.me/joinchat/AbCdEfGhIjKlMnOp"),
                        oneKey(
                                "discord:msg:100000000000000001:100000000000000002:100000000000000003",
                                "https://discord.com/channels/100000000000000001/100000000000000002/100000000000000003",
                                "https://ptb.discord.com/channels/100000000000000001/100000000000000002/100000000000000003",
                                "https://discordapp.com/channels/100000000000000001/100000000000000002/100000000000000003"),
                        oneKey(
                                "discord:invite:AbCdEf",
                                "https://discord.gg/AbCdEf",
                                "https://discord.com/invite/AbCdEf"),
                        oneKey(
                                "pt:video:9c9de5e8-0a1e-484a-b099-e80766180a6d",
                                "https://peertube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
                                "https://peertube.example/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
                                "https://peertube.example/videos/embed/9C9DE5E8-0A1E-484A-B099-E80766180A6D?start=5",
                                "https://other.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
                                "https://peertube.example/api/v1/videos/kkGMgK9ZtnKfYAgnEtQxbv"))
                .flatMap(Function.identity());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void readsEverySpellingOfOneItem(String key, String spelling) {
        ContentIdentity identity = ContentIdentities.identify(spelling);

        assertThat(identity.key()).hasToString(key);
        assertThat(ContentIdentities.identify(identity.canonicalUrl().toString())
                        .key())
                .isEqualTo(identity.key());
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.reddit.com/r/knives/comments/1abcdf/, reddit:t3:1abcdf",
        "https://www.reddit.com/user/SomeOne, reddit:account:someone",
        "https://www.reddit.com/r/knives, web:url:https://reddit.com/r/knives",
        "https://www.reddit.com/r/knives/s/AbC123, short:link:www.reddit.com/r/knives/s/AbC123",
        "https://www.facebook.com/watch/?v=1234567890123456&comment_id=555555, fb:comment:1234567890123456:555555",
        "https://www.facebook.com/some.one/posts/1234567890123456, fb:post:some.one_1234567890123456",
        "https://www.facebook.com/share/v/AbCdEf123/, short:link:www.facebook.com/share/v/AbCdEf123",
        "https://fb.watch/AbC-123_/, short:link:fb.watch/AbC-123_",
        "https://www.facebook.com/some.one, web:url:https://facebook.com/some.one",
        "https://t.me/somechannel/42?comment=7, tg:comment:somechannel:42:7",
        "https://t.me/somechannel/42?comment=8, tg:comment:somechannel:42:8",
        "https://t.me/c/1234567890/42, tg:priv:1234567890:42",
        "https://t.me/somechannel, tg:account:somechannel",
        "https://discord.gg/abcdef, discord:invite:abcdef",
        "https://www.snapchat.com/t/AbCdEf, short:link:www.snapchat.com/t/AbCdEf",
        "https://www.twitch.tv/directory, web:url:https://twitch.tv/directory",
        "https://www.threads.net/@Some.One, threads:account:some.one",
        "https://peertube.example/w/kkGMgK9ZtnKfYAgnEtQxb1, pt:video:9c9de5e8-0a1e-484a-b099-e80766180a50",
        "https://peertube.example/w/ZZZZZZZZZZZZZZZZZZZZZZ, web:url:https://peertube.example/w/ZZZZZZZZZZZZZZZZZZZZZZ",
    })
    void keepsNearMissesApart(String url, String key) {
        assertThat(ContentIdentities.identify(url).key()).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.facebook.com/some.one/posts/1234567890123456",
                "https://www.facebook.com/10001234567/posts/pfbid02AbCdEfGhIjKlMn",
                "https://www.reddit.com/user/someone",
                "https://t.me/somechannel",
                "https://peertube.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
                "https://fb.watch/AbC123/"
            })
    void marksWhatOnlyThePlatformCanSettleAsWeak(String url) {
        assertThat(ContentIdentities.identify(url).weak()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.twitch.tv/Someone/clip/SomeFunnySlug, twitch:account:someone",
        "https://t.me/SomeChannel/42, tg:account:somechannel",
        "https://www.snapchat.com/@someone/spotlight/W7_EDlXWTBiX, snap:account:someone",
        "https://www.threads.net/@Some.One/post/CuZ7YhDNbQk, threads:account:some.one",
        "https://www.facebook.com/some.one/videos/1234567890123456, fb:account:some.one",
    })
    void namesTheAccountWhereTheAddressTells(String url, String account) {
        assertThat(ContentIdentities.identify(url).accountKey()).contains(account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.reddit.com.evil.example/r/knives/comments/1abcde",
                "https://reddit.com@evil.example/r/knives/comments/1abcde",
                "https://fаcebook.com/reel/1234567890123456",
                "https://www.facebook.com.evil.example/reel/1234567890123456",
                "https://t.me:pass@evil.example/somechannel/42",
                "https://тwitch.tv/videos/1234567890"
            })
    void refusesWhatPosesAsThem(String url) {
        assertThatThrownBy(() -> ContentIdentities.identify(url)).isInstanceOf(InvalidContentUrl.class);
    }

    private static Stream<Arguments> oneKey(String key, String... spellings) {
        return Arrays.stream(spellings).map(spelling -> Arguments.of(key, spelling));
    }
}
