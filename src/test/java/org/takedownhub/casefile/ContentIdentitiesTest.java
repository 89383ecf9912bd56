package org.takedownhub.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIdentitiesTest {

    private static final Set<String> CONFIGURED = Set.of("localhost:8090", "Social.Example");

    @Nested
    class YouTube {

        private static final String ID = "dQw4w9WgXcQ";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                    "http://youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
                    "youtube.com/watch?app=desktop&v=dQw4w9WgXcQ#at=3",
                    "HTTPS://M.YouTube.COM:443/watch?v=dQw4w9WgXcQ",
                    "https://youtu.be/dQw4w9WgXcQ?si=abcdefgh&t=10",
                    "youtu.be/dQw4w9WgXcQ",
                    "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
                    "https://www.youtube.com/live/dQw4w9WgXcQ",
                    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=5",
                    "https://www.youtube.com/v/dQw4w9WgXcQ",
                    "https://www.youtube.com/e/dQw4w9WgXcQ",
                    "https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=PLabc",
                    "https://www.youtube.com/watch?v=%64Qw4w9WgXcQ",
                    "https://www.youtube.com./watch?v=dQw4w9WgXcQ",
                    "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ%26feature%3Dshare",
                    "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ",
                    "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ",
                    "https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ&h=AT0",
                    "https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ",
                    "<https://youtu.be/dQw4w9WgXcQ>",
                    "\u200b \"https://youtu.be/dQw4w9WgXcQ\",\n",
                    "https://ｙｏｕｔｕｂｅ.com/watch?v=dQw4w9WgXcQ"
                })
        void readsEverySpellingOfOneVideo(String spelling) {
            ContentIdentity identity = ContentIdentities.identify(spelling);

            assertThat(identity.key()).hasToString("yt:video:dQw4w9WgXcQ");
            assertThat(identity.canonicalUrl()).hasToString("https://www.youtube.com/watch?v=dQw4w9WgXcQ");
            assertThat(identity.host()).isEqualTo("www.youtube.com");
            assertThat(identity.weak()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "https://www.youtube.com/watch?v=dqw4w9wgxcq, yt:video:dqw4w9wgxcq",
            "https://www.youtube.com/watch?v=dQw4w9WgXcR, yt:video:dQw4w9WgXcR",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgxAbCdEfGhIjKlMnOp4AaABAg, yt:comment:dQw4w9WgXcQ:UgxAbCdEfGhIjKlMnOp4AaABAg",
            "https://www.youtube.com/playlist?list=PLdQw4w9WgXcQ, yt:playlist:PLdQw4w9WgXcQ",
            "https://www.youtube.com/watch?list=PLdQw4w9WgXcQ, yt:playlist:PLdQw4w9WgXcQ",
            "https://www.youtube.com/embed/videoseries?list=PLdQw4w9WgXcQ, yt:playlist:PLdQw4w9WgXcQ",
            "https://www.youtube.com/post/UgkxAbCdEfGhIjKlMnOpQrStUv, yt:post:UgkxAbCdEfGhIjKlMnOpQrStUv",
            "https://www.youtube.com/watch?v=dQw4w9WgXc, web:url:https://youtube.com/watch?v=dQw4w9WgXc",
            "https://www.youtube.com/watch?v=dQw4w9WgXc%2551, web:url:https://youtube.com/watch?v=dQw4w9WgXc%2551",
            "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ, web:url:https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
            "https://example.org/watch?v=dQw4w9WgXcQ, web:url:https://example.org/watch?v=dQw4w9WgXcQ",
            "https://notyoutube.com/watch?v=dQw4w9WgXcQ, web:url:https://notyoutube.com/watch?v=dQw4w9WgXcQ",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @Test
        void namesTheChannelWhereTheAddressTells() {
            ContentIdentity channel =
                    ContentIdentities.identify("https://www.youtube.com/channel/UCuAXFkgsw1L7xaCfnd5JJOw/videos");

            assertThat(channel.key()).hasToString("yt:channel:UCuAXFkgsw1L7xaCfnd5JJOw");
            assertThat(channel.accountKey()).contains("yt:account:UCuAXFkgsw1L7xaCfnd5JJOw");
            assertThat(channel.weak()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "https://www.youtube.com/@SomeName/videos, yt:handle:somename",
            "https://www.youtube.com/c/SomeName, yt:custom:somename",
            "https://www.youtube.com/user/SomeName, yt:user:somename",
            "https://www.youtube.com/clip/UgkxAbCdEfGhIj, yt:clip:UgkxAbCdEfGhIj",
        })
        void marksWhatHasToBeLookedUpAsWeak(String url, String key) {
            ContentIdentity identity = ContentIdentities.identify(url);

            assertThat(identity.key()).hasToString(key);
            assertThat(identity.weak()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://youtube.com@evil.example/watch?v=" + ID,
                    "https://www.youtube.com:x@evil.example/watch?v=" + ID,
                    "https://youtube.com\\@evil.example/watch?v=" + ID,
                    "https://youtube.com.evil.example/watch?v=" + ID,
                    "https://www.youtube.com.evil.example/watch?v=" + ID,
                    "https://yоutube.com/watch?v=" + ID,
                    "https://www.youtubе.com/watch?v=" + ID,
                    "https://xn--yutube-wqf.com/watch?v=" + ID,
                    "https://yóutube.com/watch?v=" + ID,
                    "youtu\u200bbe.com/watch?v=" + ID,
                    "https://www.youtube.com/redirect?q=javascript%3Aalert(1)",
                })
        void refusesWhatPosesAsYouTube(String url) {
            assertRefused(url);
        }
    }

    @Nested
    class X {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://x.com/SomeOne/status/1790000000000000001",
                    "https://twitter.com/someone/status/1790000000000000001?s=20&t=abc",
                    "https://mobile.twitter.com/other/statuses/1790000000000000001",
                    "https://www.x.com/someone/status/1790000000000000001/photo/1",
                    "https://x.com/someone/status/1790000000000000001/video/2",
                    "https://x.com/i/status/1790000000000000001",
                    "https://x.com/i/web/status/1790000000000000001",
                    "x.com/someone/status/1790000000000000001",
                    "https://vxtwitter.com/someone/status/1790000000000000001",
                    "https://fxtwitter.com/someone/status/1790000000000000001",
                    "https://nitter.net/someone/status/1790000000000000001#m",
                    "https://twitter.com/#!/someone/status/1790000000000000001",
                    "https://platform.twitter.com/embed/Tweet.html?id=1790000000000000001",
                    "https://x.com/i/flow/login?redirect_after_login=%2Fsomeone%2Fstatus%2F1790000000000000001",
                    "https://x.com//someone//status/1790000000000000001/"
                })
        void readsEverySpellingOfOnePost(String spelling) {
            ContentIdentity identity = ContentIdentities.identify(spelling);

            assertThat(identity.key()).hasToString("x:status:1790000000000000001");
            assertThat(identity.host()).isEqualTo("x.com");
            assertThat(identity.weak()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "https://x.com/someone/status/1790000000000000002, x:status:1790000000000000002",
            "https://x.com/someone/status/179000000000000000, x:status:179000000000000000",
            "https://x.com/i/user/1790000000000000001, x:account:1790000000000000001",
            "https://x.com/1790000001, x:account:1790000001",
            "https://x.com/someone/status/17900x, web:url:https://x.com/someone/status/17900x",
            "https://ax.com/someone/status/1790000000000000001, web:url:https://ax.com/someone/status/1790000000000000001",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @Test
        void namesTheAccountWithoutMakingItPartOfThePost() {
            assertThat(ContentIdentities.identify("https://x.com/SomeOne/status/1")
                            .accountKey())
                    .contains("x:account:someone");
            assertThat(ContentIdentities.identify("https://x.com/i/web/status/1")
                            .accountKey())
                    .isEmpty();
            assertThat(ContentIdentities.identify("https://x.com/SomeOne").weak())
                    .isTrue();
        }

        @Test
        void leavesAShortLinkToBeResolved() {
            ContentIdentity identity = ContentIdentities.identify("https://t.co/AbC123?x=1");

            assertThat(identity.key()).hasToString("short:link:t.co/AbC123");
            assertThat(identity.weak()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://x.com@evil.example/someone/status/1",
                    "https://х.com/someone/status/1",
                    "https://twitter.com.evil.example/someone/status/1"
                })
        void refusesWhatPosesAsX(String url) {
            assertRefused(url);
        }
    }

    @Nested
    class TikTok {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://www.tiktok.com/@Some.One/video/7300000000000000001",
                    "https://www.tiktok.com/@some.one/photo/7300000000000000001?lang=en",
                    "https://m.tiktok.com/v/7300000000000000001.html",
                    "https://www.tiktok.com/embed/7300000000000000001",
                    "https://www.tiktok.com/embed/v2/7300000000000000001",
                    "https://www.tiktok.com/player/v1/7300000000000000001?autoplay=1",
                    "https://www.tiktokv.com/share/video/7300000000000000001/",
                    "https://m.tiktok.com/i18n/share/video/7300000000000000001/",
                    "tiktok.com/@some.one/video/7300000000000000001?is_from_webapp=1&sender_device=pc",
                    "https://www.tiktok.com/%40some.one/video/7300000000000000001",
                    "https://www.tiktok.com/@/video/7300000000000000001"
                })
        void readsEverySpellingOfOneItem(String spelling) {
            assertThat(ContentIdentities.identify(spelling).key()).hasToString("tiktok:item:7300000000000000001");
        }

        @ParameterizedTest
        @CsvSource({
            "https://www.tiktok.com/@some.one/video/7300000000000000002, tiktok:item:7300000000000000002",
            "https://www.tiktok.com/@some.one, tiktok:account:some.one",
            "https://www.tiktok.com/@some.one/video/73000000000000, web:url:https://tiktok.com/@some.one/video/73000000000000",
            "https://vm.tiktok.com/ZMabc123/, short:link:vm.tiktok.com/ZMabc123",
            "https://vm.tiktok.com/ZMABC123/, short:link:vm.tiktok.com/ZMABC123",
            "https://www.tiktok.com/t/ZTabc123/, short:link:www.tiktok.com/t/ZTabc123",
            "https://tiktok.com/t/ZTabc123, short:link:www.tiktok.com/t/ZTabc123",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @Test
        void namesTheAccount() {
            assertThat(ContentIdentities.identify("https://www.tiktok.com/@Some.One/video/7300000000000000001")
                            .accountKey())
                    .contains("tiktok:account:some.one");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://tiktok.com@evil.example/@a/video/7300000000000000001",
                    "https://www.tiktok.com.evil.example/@a/video/7300000000000000001",
                    "https://tіktok.com/@a/video/7300000000000000001"
                })
        void refusesWhatPosesAsTikTok(String url) {
            assertRefused(url);
        }
    }

    @Nested
    class Instagram {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://www.instagram.com/p/CuZ7YhDNbQk/",
                    "https://instagram.com/p/CuZ7YhDNbQk",
                    "http://www.instagram.com/reel/CuZ7YhDNbQk/?igsh=MzRlODBiNWFlZA==",
                    "https://www.instagram.com/reels/CuZ7YhDNbQk/",
                    "https://www.instagram.com/tv/CuZ7YhDNbQk/",
                    "https://www.instagram.com/Some.One/p/CuZ7YhDNbQk/?img_index=2",
                    "https://www.instagram.com/some.one/reel/CuZ7YhDNbQk/",
                    "https://instagr.am/p/CuZ7YhDNbQk/",
                    "https://www.ddinstagram.com/p/CuZ7YhDNbQk/",
                    "https://www.instagram.com/p/CuZ7YhDNbQk/embed/captioned/",
                    "https://www.instagram.com/p/ACuZ7YhDNbQk/",
                    "https://www.instagram.com/accounts/login/?next=%2Fp%2FCuZ7YhDNbQk%2F",
                    "https://l.instagram.com/?u=https%3A%2F%2Fwww.instagram.com%2Fp%2FCuZ7YhDNbQk%2F&e=AT"
                })
        void readsEverySpellingOfOnePost(String spelling) {
            ContentIdentity identity = ContentIdentities.identify(spelling);

            assertThat(identity.key()).hasToString("ig:media:3141803384566559780");
            assertThat(identity.canonicalUrl()).hasToString("https://www.instagram.com/p/CuZ7YhDNbQk/");
        }

        @ParameterizedTest
        @CsvSource({
            "https://www.instagram.com/p/B/, web:url:https://instagram.com/p/B/",
            "https://www.instagram.com/p/BAAAA/, ig:media:16777216",
            "https://www.instagram.com/p/BAAAB/, ig:media:16777217",
            "https://www.instagram.com/p/__________________/, web:url:https://instagram.com/p/__________________/",
            "https://www.instagram.com/stories/Some.One/3141803384566559780/, ig:story:3141803384566559780",
            "https://www.instagram.com/stories/highlights/17900000000000001/, ig:highlight:17900000000000001",
            "https://www.instagram.com/p/BAAAA/c/17900000000000001/, ig:comment:16777216:17900000000000001",
            "https://www.instagram.com/some.one/, ig:account:some.one",
            "https://www.instagram.com/share/p/BAAAAcode, short:link:www.instagram.com/share/p/BAAAAcode",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @Test
        void readsTheCodeOfAPrivateAccountWithoutItsSecret() {
            assertThat(ContentIdentities.identify(
                                    "https://www.instagram.com/p/CuZ7YhDNbQkABCDEFGHIJKLMNOPQRSTUVWXYZ01/")
                            .key())
                    .hasToString("ig:media:3141803384566559780");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://instagram.com@evil.example/p/CuZ7YhDNbQk/",
                    "https://www.instagram.com.evil.example/p/CuZ7YhDNbQk/",
                    "https://instаgram.com/p/CuZ7YhDNbQk/"
                })
        void refusesWhatPosesAsInstagram(String url) {
            assertRefused(url);
        }
    }

    @Nested
    class Bluesky {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x",
                    "https://bsky.app/profile/did%3Aplc%3Az72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x",
                    "http://www.bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x/",
                    "bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x",
                    "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x?ref_src=embed",
                    "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x/liked-by",
                    "https://deer.social/profile/did:plc:z72i7hdynmk6r22z27h6tvur/post/3krkeyabc2d2x",
                    "at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3krkeyabc2d2x",
                    "AT://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3krkeyabc2d2x",
                    " <at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3krkeyabc2d2x> "
                })
        void readsEverySpellingOfOnePost(String spelling) {
            ContentIdentity identity = ContentIdentities.identify(spelling);

            assertThat(identity.key()).hasToString("at:post:did:plc:z72i7hdynmk6r22z27h6tvur/3krkeyabc2d2x");
            assertThat(identity.host()).isEqualTo("bsky.app");
            assertThat(identity.accountKey()).contains("at:account:did:plc:z72i7hdynmk6r22z27h6tvur");
            assertThat(identity.weak()).isFalse();
        }

        @Test
        void givesARecordWithoutAPageTheHostOfTheApp() {
            ContentIdentity identity = ContentIdentities.identify("at://did:plc:abc/chat.example.note/3krkey");

            assertThat(identity.canonicalUrl()).hasToString("at://did:plc:abc/chat.example.note/3krkey");
            assertThat(identity.host()).isEqualTo("bsky.app");
        }

        @Test
        void marksAHandleAsWeakUntilItIsResolved() {
            ContentIdentity identity =
                    ContentIdentities.identify("https://bsky.app/profile/Alice.Bsky.Social/post/3krkeyabc2d2x");

            assertThat(identity.key()).hasToString("at:post:alice.bsky.social/3krkeyabc2d2x");
            assertThat(identity.accountKey()).contains("at:account:alice.bsky.social");
            assertThat(identity.weak()).isTrue();
            assertThat(ContentIdentities.identify("at://alice.bsky.social/app.bsky.feed.post/3krkeyabc2d2x"))
                    .isEqualTo(identity);
        }

        @ParameterizedTest
        @CsvSource({
            "https://bsky.app/profile/did:plc:abc/post/3krkey, at:post:did:plc:abc/3krkey",
            "https://bsky.app/profile/did:plc:abc/post/3KRKEY, at:post:did:plc:abc/3KRKEY",
            "https://bsky.app/profile/did:plc:abd/post/3krkey, at:post:did:plc:abd/3krkey",
            "https://bsky.app/profile/did:plc:abc/feed/3krkey, at:feed:did:plc:abc/3krkey",
            "at://did:plc:abc/app.bsky.graph.list/3krkey, at:list:did:plc:abc/3krkey",
            "https://bsky.app/profile/did:plc:abc/lists/3krkey, at:list:did:plc:abc/3krkey",
            "at://did:plc:abc/chat.example.note/3krkey, at:record:did:plc:abc/chat.example.note/3krkey",
            "at://did:plc:abc, at:account:did:plc:abc",
            "https://bsky.app/profile/did:plc:abc, at:account:did:plc:abc",
            "at://did:web:localhost%3A2583/app.bsky.feed.post/3krkey, at:post:did:web:localhost%3A2583/3krkey",
            "https://bsky.app/profile/nodot/post/3krkey, web:url:https://bsky.app/profile/nodot/post/3krkey",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://bsky.app@evil.example/profile/did:plc:abc/post/3krkey",
                    "https://bsky.app.evil.example/profile/did:plc:abc/post/3krkey",
                    "https://bѕky.app/profile/did:plc:abc/post/3krkey",
                    "at://did:plc:abc/app.bsky.feed.post/..",
                    "at://did:plc:abc/app.bsky.feed.post/3krkey/../x",
                    "at://user@did:plc:abc/app.bsky.feed.post/3krkey",
                    "at://"
                })
        void refusesWhatPosesAsBluesky(String url) {
            assertRefused(url);
        }
    }

    @Nested
    class Fediverse {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:8090/@Bob/123",
                    "https://localhost:8090/@bob/123",
                    "localhost:8090/@bob/123",
                    "LOCALHOST:8090/@bob/123#detail",
                    "http://localhost:8090/users/bob/statuses/123",
                    "http://localhost:8090/users/bob/statuses/123/activity",
                    "http://localhost:8090/web/statuses/123",
                    "http://localhost:8090/web/@bob/123",
                    "http://localhost:8090/deck/@bob/123",
                    "http://localhost:8090/@bob/123/embed?x=1",
                    "http://localhost:8090/%40bob/123",
                    "http://localhost:8090/@bob@far.example/123",
                    "http://localhost:8090/api/v1/statuses/123"
                })
        void readsEverySpellingOfOneStatus(String spelling) {
            ContentIdentity identity = ContentIdentities.identify(spelling, CONFIGURED);

            assertThat(identity.key()).hasToString("ap:status:localhost:8090/123");
            assertThat(identity.host()).isEqualTo("localhost:8090");
            assertThat(identity.weak()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "https://mastodon.example/@bob/124, ap:status:mastodon.example/124",
            "https://other.example/@bob/123, ap:status:other.example/123",
            "https://www.mastodon.example/@bob/123, ap:status:www.mastodon.example/123",
            "https://mastodon.example:8443/@bob/123, ap:status:mastodon.example:8443/123",
            "https://mastodon.example/@bob, ap:account:bob@mastodon.example",
            "https://mastodon.example/users/Bob, ap:account:bob@mastodon.example",
            "https://mastodon.example/@bob@Far.Example, ap:account:bob@far.example",
            "https://gts.example/@bob/statuses/01HZX8Q3V4W5Y6Z7A8B9C0D1E2, ap:status:gts.example/01HZX8Q3V4W5Y6Z7A8B9C0D1E2",
            "https://pl.example/notice/AbC9xYz, ap:notice:pl.example/AbC9xYz",
            "https://mk.example/notes/9abcdefghi, ap:note:mk.example/9abcdefghi",
            "https://pl.example/objects/0B7E6F1C-1111-4222-8333-944445555666, ap:object:pl.example/0b7e6f1c-1111-4222-8333-944445555666",
            "https://blog.example/notes/introduction, web:url:https://blog.example/notes/introduction",
            "https://blog.example/@bob/an-essay, web:url:https://blog.example/@bob/an-essay",
            "https://bücher.example/@bob/123, ap:status:xn--bcher-kva.example/123",
        })
        void keepsNearMissesApart(String url, String key) {
            assertThat(ContentIdentities.identify(url).key()).hasToString(key);
        }

        @Test
        void namesTheAccountAtItsOwnHost() {
            assertThat(ContentIdentities.identify("https://one.example/@Bob/123")
                            .accountKey())
                    .contains("ap:account:bob@one.example");
            assertThat(ContentIdentities.identify("https://one.example/@bob@two.example/123")
                            .accountKey())
                    .contains("ap:account:bob@two.example");
        }

        @Test
        void takesAConfiguredHostWithoutAScheme() {
            assertThat(ContentIdentities.identify("social.example/@bob/5", CONFIGURED)
                            .canonicalUrl())
                    .hasToString("https://social.example/@bob/5");
            assertRefused("social.example/@bob/5");
            assertRefused("localhost:8090/@bob/5");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://social.example@evil.example/@bob/123",
                    "https://social.example.evil.example/@bob/123",
                    "https://sociаl.example/@bob/123"
                })
        void refusesWhatPosesAsAConfiguredHost(String url) {
            assertThatThrownBy(() -> ContentIdentities.identify(url, CONFIGURED))
                    .isInstanceOf(InvalidContentUrl.class);
        }
    }

    @Nested
    class AnyOtherSite {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://forum.example.org/t/knives?a=1&b=2",
                    "http://forum.example.org/t/knives?b=2&a=1",
                    "HTTPS://Forum.Example.ORG:443/t/knives?a=1&b=2#post-3",
                    "http://forum.example.org:80/t/knives?a=1&b=2&utm_source=mail&UTM_campaign=x",
                    "https://forum.example.org/t/kn%69ves?a=1&b=2&fbclid=abc",
                    "https://forum.example.org/x/../t/./knives?a=1&b=2",
                    "https://forum.example.org./t/knives?&a=1&&b=2&",
                    "https://www.google.com/amp/s/forum.example.org/t/knives?a=1&b=2",
                    "https://forum-example-org.cdn.ampproject.org/c/s/forum.example.org/t/knives?a=1&b=2",
                    "https://www.google.com/url?q=https%3A%2F%2Fforum.example.org%2Ft%2Fknives%3Fa%3D1%26b%3D2"
                })
        void readsEverySpellingOfOnePage(String spelling) {
            assertThat(ContentIdentities.identify(spelling).key())
                    .hasToString("web:url:https://forum.example.org/t/knives?a=1&b=2");
        }

        @ParameterizedTest
        @CsvSource({
            "https://forum.example.org/T/knives, web:url:https://forum.example.org/T/knives",
            "https://forum.example.org/t/knives?c=1, web:url:https://forum.example.org/t/knives?c=1",
            "https://forum.example.org/t/knives?a=2&a=1, web:url:https://forum.example.org/t/knives?a=2&a=1",
            "https://forum.example.org/t%2Fknives, web:url:https://forum.example.org/t%2Fknives",
            "https://forum.example.org/t%252Fknives, web:url:https://forum.example.org/t%252Fknives",
            "https://forum.example.org/?s=knives, web:url:https://forum.example.org/?s=knives",
            "https://www.forum.example.org/t/knives, web:url:https://www.forum.example.org/t/knives",
            "https://forum.example.org:8443/t, web:url:https://forum.example.org:8443/t",
            "https://forum.example.org, web:url:https://forum.example.org/",
            "https://forum.example.org/messer/größe, web:url:https://forum.example.org/messer/gr%C3%B6%C3%9Fe",
            "https://forum.example.org/a[1]|b, web:url:https://forum.example.org/a%5B1%5D%7Cb",
            "https://пример.example/a, web:url:https://xn--e1afmkfd.example/a",
            "https://[2001:DB8::1]/a, web:url:https://[2001:db8:0:0:0:0:0:1]/a",
            "https://192.0.2.7/a, web:url:https://192.0.2.7/a",
            "https://t.co.uk/a, web:url:https://t.co.uk/a",
        })
        void changesNothingThatMayMatter(String url, String key) {
            ContentIdentity identity = ContentIdentities.identify(url);

            assertThat(identity.key()).hasToString(key);
            assertThat(identity.weak()).isFalse();
            assertThat(identity.accountKey()).isEmpty();
        }

        @Test
        void keepsTheSchemeInTheAddressButNotInTheKey() {
            assertThat(ContentIdentities.identify("http://forum.example.org/t").canonicalUrl())
                    .hasToString("http://forum.example.org/t");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''                                        | is empty",
                    "'   '                                     | is empty",
                    "javascript:alert(1)                       | starting with \"javascript:\"",
                    "JaVaScRiPt:alert(1)                       | does not lead to a post",
                    "data:text/html,hello                      | starting with \"data:\"",
                    "file:///etc/passwd                        | starting with \"file:\"",
                    "ftp://example.org/a                       | starting with \"ftp:\"",
                    "mailto:a@example.org                      | starting with \"mailto:\"",
                    "/watch?v=dQw4w9WgXcQ                      | part of an address",
                    "watch?v=dQw4w9WgXcQ                       | part of an address",
                    "../a                                      | part of an address",
                    "//www.youtube.com/watch?v=dQw4w9WgXcQ     | write it out completely",
                    "https:www.youtube.com/watch               | write it out completely",
                    "https:///watch                            | names no valid host",
                    "https://                                  | names no valid host",
                    "forum.example.org/a                       | put https:// in front",
                    "hxxps://forum.example.org/a               | in place of hxxp",
                    "https://a:b@forum.example.org/            | before an @",
                    "someone@forum.example.org                 | before an @",
                    "https://forum.example.org/a b             | a space at position 28",
                    "https://forum.example.org/a%0d%0ab        | encoded control character",
                    "https://forum.example.org/a%zz            | percent sign at position 28",
                    "https://forum.example.org/a%4             | percent sign at position 28",
                    "https://forum%2Eexample.org/a             | percent signs",
                    "https://forum..example.org/a              | not a valid name",
                    "https://-forum.example.org/a              | not a valid name",
                    "https://forum.example.org:99999/a         | between 1 and 65535",
                    "https://forum.example.org:http/a          | names no valid host",
                    "https://2130706433/a                      | number in disguise",
                    "https://0x7f.0.0.1/a                      | number in disguise",
                    "https://127.0.0.01/a                      | number in disguise",
                    "https://[::1                              | names no valid host",
                    "https://[12345::]/a                       | not an IPv6 address",
                    "https://straße.example/a                  | xn-- form",
                })
        void refusesWhatCannotBeAPostAndSaysTheFix(String url, String message) {
            assertThatThrownBy(() -> ContentIdentities.identify(url))
                    .isInstanceOf(InvalidContentUrl.class)
                    .hasMessageContaining(message);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://example.org/a\u200bb",
                    "https://example.org/a\u00adb",
                    "https://example.org/a\u202eb",
                    "https://exam\u200dple.org/",
                    "https://example.org/a\u0000b",
                    "https://example.org/a\nb",
                    "https://example.org/a\u2028b",
                    "https://example.org/\ud800x"
                })
        void refusesCharactersNobodySees(String url) {
            assertRefused(url);
        }

        @Test
        void takesTwoThousandCharactersAndNotOneMore() {
            String longest = "https://example.org/" + "a".repeat(1980);

            assertThatCode(() -> ContentIdentities.identify(longest)).doesNotThrowAnyException();
            assertThatThrownBy(() -> ContentIdentities.identify(longest + "a")).hasMessageContaining("2,000");
            assertThatThrownBy(() -> ContentIdentities.identify("https://example.org/" + "字".repeat(700)))
                    .hasMessageContaining("percent-encoded");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a.",
                    "a-",
                    "did:plc:",
                    "%41",
                    "/..",
                    "/a",
                    "@a",
                    "?a=",
                    "&a",
                    "1",
                    "(",
                    "[",
                    "a@a.",
                    "%25",
                    "\"",
                    "xn--a."
                })
        void staysQuickAndCalmOnLongRepetitions(String piece) {
            for (String start : List.of(
                    "https://",
                    "https://e.example/",
                    "https://e.example/@",
                    "at://",
                    "https://bsky.app/profile/",
                    "")) {
                String text = start + piece.repeat(1900 / piece.length());
                assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                    try {
                        assertThat(ContentIdentities.identify(text).key()).isNotNull();
                    } catch (InvalidContentUrl refused) {
                        assertThat(refused).hasMessageMatching("(?s).{20,300}");
                    }
                });
            }
        }

        @Test
        void unwrapsOnlySoManyTimes() {
            assertThat(ContentIdentities.identify(wrapped("https://example.org/", 3))
                            .key())
                    .hasToString("web:url:https://example.org/");
            assertRefused(wrapped("https://example.org/", 6));
        }

        private static String wrapped(String url, int times) {
            String result = url;
            for (int turn = 0; turn < times; turn++) {
                result = "https://l.facebook.com/l.php?u="
                        + result.replace("%", "%25").replace("?", "%3F");
            }
            return result;
        }
    }

    @Nested
    class Always {

        private static final int ROUNDS = 5_000;
        private static final List<String> STARTS = List.of(
                "https://",
                "http://",
                "",
                "at://",
                "https://www.youtube.com/",
                "https://x.com/",
                "localhost:8090/",
                "https://www.instagram.com/",
                "https://bsky.app/profile/",
                "https://www.tiktok.com/",
                "//",
                "https://example.org/");
        private static final List<String> PIECES = List.of(
                "@",
                ":",
                "/",
                "//",
                "?",
                "#",
                "&",
                "=",
                "%",
                "%20",
                "%2F",
                "%41",
                "%E2%80%8B",
                "..",
                ".",
                "watch?v=",
                "status/",
                "p/",
                "video/",
                "did:plc:",
                "post/",
                "3krkey",
                "dQw4w9WgXcQ",
                "7300000000000000001",
                "user",
                "é",
                "字",
                "а",
                "[",
                "]",
                "\\",
                " ",
                "\u200b",
                "\t",
                "+",
                "a.b",
                "x.com",
                "1",
                "utm_x=1",
                "|",
                "\ud83d\ude00",
                "{",
                "\"",
                "xn--",
                "-");

        @Test
        void eitherRefusesByNameOrGivesAKeyThatItsOwnCanonicalAddressGivesAgain() {
            Random random = new Random(20261122);
            int identified = 0;
            for (int round = 0; round < ROUNDS; round++) {
                StringBuilder text = new StringBuilder(STARTS.get(random.nextInt(STARTS.size())));
                for (int piece = random.nextInt(9); piece > 0; piece--) {
                    text.append(PIECES.get(random.nextInt(PIECES.size())));
                }
                ContentIdentity identity;
                try {
                    identity = ContentIdentities.identify(text.toString(), CONFIGURED);
                } catch (InvalidContentUrl refused) {
                    assertThat(refused).hasMessageMatching("(?s).{20,300}");
                    continue;
                }
                identified++;
                ContentIdentity again =
                        ContentIdentities.identify(identity.canonicalUrl().toString(), CONFIGURED);
                assertThat(again.key()).as(text.toString()).isEqualTo(identity.key());
                assertThat(again.canonicalUrl()).as(text.toString()).isEqualTo(identity.canonicalUrl());
            }
            assertThat(identified).isGreaterThan(ROUNDS / 10);
        }

        @Test
        void findsOneKeyHoweverARandomVideoIsSpelled() {
            Random random = new Random(7);
            for (int round = 0; round < 500; round++) {
                String id = randomId(random);
                List<String> spellings = List.of(
                        "https://www.youtube.com/watch?v=" + id,
                        "youtu.be/" + id + "?t=" + random.nextInt(500),
                        "http://m.youtube.com/shorts/" + id + "#x",
                        "https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2F" + id,
                        "https://www.youtube.com/watch?utm_source=x&v=%" + Integer.toHexString(id.charAt(0))
                                + id.substring(1));
                assertThat(spellings)
                        .extracting(spelling ->
                                ContentIdentities.identify(spelling).key().value())
                        .containsOnly("yt:video:" + id);
            }
        }

        private static String randomId(Random random) {
            String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            StringBuilder id = new StringBuilder();
            while (id.length() < 11) {
                id.append(digits.charAt(random.nextInt(digits.length())));
            }
            return id.toString();
        }
    }

    private static void assertRefused(String url) {
        assertThatThrownBy(() -> ContentIdentities.identify(url)).isInstanceOf(InvalidContentUrl.class);
    }
}
