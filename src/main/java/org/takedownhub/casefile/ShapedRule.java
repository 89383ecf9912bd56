package org.takedownhub.casefile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A platform whose items are told by the path alone: a list of shapes, of which the first that fits counts. */
final class ShapedRule implements PlatformRule {

    /**
     * One shape of path. In {@code id}, {@code url} and {@code account}, {@code $1} stands for the first group.
     *
     * @param parameter when not empty, the shape needs it, and the path reads {@code /path?parameter=value}
     * @param foldsCase the platform tells no case apart in this path
     * @param account   empty when the path does not tell
     */
    private record Shape(
            Set<String> hosts,
            Pattern path,
            String parameter,
            boolean foldsCase,
            String type,
            String id,
            String url,
            String account,
            boolean weak) {

        private Shape withAccount(String template) {
            return new Shape(hosts, path, parameter, foldsCase, type, id, url, template, weak);
        }

        private Shape whateverTheCase() {
            return new Shape(hosts, path, parameter, true, type, id, url, account, weak);
        }

        private Shape untilAsked() {
            return new Shape(hosts, path, parameter, foldsCase, type, id, url, account, true);
        }

        private Optional<ContentIdentity> identify(String platform, WebAddress address) {
            if (!hosts.contains(address.site())) {
                return Optional.empty();
            }
            String text = parameter.isEmpty()
                    ? address.shape()
                    : address.shape() + "?" + parameter + "="
                            + address.parameter(parameter).orElse("");
            Matcher matcher = path.matcher(foldsCase ? UrlText.lowerCase(text) : text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String owner = UrlText.lowerCase(matcher.replaceFirst(account));
            ContentKey key = ContentKey.of(platform, type, matcher.replaceFirst(id));
            String accountKey = owner.isEmpty() ? null : platform + ":account:" + owner;
            String canonicalUrl = matcher.replaceFirst(url);
            return weak
                    ? PlatformRule.weak(key, canonicalUrl, accountKey)
                    : PlatformRule.certain(key, canonicalUrl, accountKey);
        }
    }

    private static final String BASE_36 = "([0-9a-z]{1,13})";
    private static final String SNOWFLAKE = "([0-9]{15,21})";
    private static final String[] REDDIT = {
        "reddit.com",
        "old.reddit.com",
        "new.reddit.com",
        "np.reddit.com",
        "sh.reddit.com",
        "i.reddit.com",
        "rxddit.com",
        "vxreddit.com"
    };
    private static final String[] TELEGRAM = {"t.me", "telegram.me", "telegram.dog"};
    private static final String[] DISCORD = {"discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"};
    private static final String DISCORD_CHANNEL = "/channels/(@me|[0-9]{15,21})/" + SNOWFLAKE;
    private static final String VIDEO_AT_VIMEO =
            "(?:video/|channels/[^/]+/|groups/[^/]+/videos/|(?:showcase|album)/[^/]+/video/|manage/videos/)?([0-9]{4,12})";
    private static final String DAILYMOTION = "([a-zA-Z0-9]{5,20})";

    /** Every platform of this kind. */
    static final List<PlatformRule> ALL = List.of(
            new ShapedRule(
                    "reddit",
                    on(REDDIT)
                            .item(
                                    "/(?:(?:r|u|user)/[^/]+/)?comments/" + BASE_36 + "/[^/]+/" + BASE_36,
                                    "t1",
                                    "$2",
                                    "https://www.reddit.com/comments/$1/_/$2")
                            .whateverTheCase(),
                    on(REDDIT)
                            .item(
                                    "/(?:(?:r|u|user)/[^/]+/)?(?:comments|gallery)/" + BASE_36 + "(?:/[^/]*)?",
                                    "t3",
                                    "$1",
                                    "https://www.reddit.com/comments/$1")
                            .whateverTheCase(),
                    on("v.redd.it").item("/([a-z0-9]{10,20})(?:/.*)?", "video", "$1", "https://v.redd.it/$1"),
                    on("i.redd.it", "preview.redd.it")
                            .item(
                                    "/(?:[^/]*-)?([a-z0-9]{10,20})\\.(?:jpe?g|png|gif|webp|mp4)",
                                    "image",
                                    "$1",
                                    "https://i.redd.it/$1.jpg"),
                    on("redd.it")
                            .item("/" + BASE_36, "t3", "$1", "https://www.reddit.com/comments/$1")
                            .whateverTheCase(),
                    on(REDDIT)
                            .item("/(?:u|user)/([0-9a-z_-]{3,20})", "account", "$1", "https://www.reddit.com/user/$1")
                            .whateverTheCase()
                            .withAccount("$1")
                            .untilAsked()),
            new ShapedRule(
                    "snap",
                    on("snapchat.com", "story.snapchat.com")
                            .item(
                                    "/(?:@([A-Za-z0-9._-]{3,15})/)?spotlight/([A-Za-z0-9_-]{5,200})",
                                    "spotlight",
                                    "$2",
                                    "https://www.snapchat.com/spotlight/$2")
                            .withAccount("$1"),
                    on("story.snapchat.com", "snapchat.com")
                            .item(
                                    "/([spo])/([A-Za-z0-9:_-]{4,200}(?:/[A-Za-z0-9:_-]{1,200})?)",
                                    "story",
                                    "$1/$2",
                                    "https://story.snapchat.com/$1/$2"),
                    on("snapchat.com")
                            .item("/(?:add/|@)([a-z0-9._-]{3,15})", "account", "$1", "https://www.snapchat.com/@$1")
                            .whateverTheCase()
                            .withAccount("$1")
                            .untilAsked()),
            new ShapedRule(
                    "vimeo",
                    // A video that is not listed cannot be seen without the second part.
                    on("vimeo.com", "player.vimeo.com")
                            .itemWith(
                                    "h",
                                    "/" + VIDEO_AT_VIMEO + "\\?h=([0-9a-f]{6,20})",
                                    "video",
                                    "$1",
                                    "https://vimeo.com/$1/$2"),
                    on("vimeo.com", "player.vimeo.com")
                            .item(
                                    "/" + VIDEO_AT_VIMEO + "(/[0-9a-f]{6,20})?",
                                    "video",
                                    "$1",
                                    "https://vimeo.com/$1$2")),
            new ShapedRule(
                    "dm",
                    on("dailymotion.com", "touch.dailymotion.com", "geo.dailymotion.com")
                            .item(
                                    "/(?:(?:embed|swf)/)?video/" + DAILYMOTION + "(?:_[^/]*)?",
                                    "video",
                                    "$1",
                                    "https://www.dailymotion.com/video/$1"),
                    on("geo.dailymotion.com", "dailymotion.com")
                            .itemWith(
                                    "video",
                                    "/player(?:/[A-Za-z0-9]+)?(?:\\.html)?\\?video=" + DAILYMOTION,
                                    "video",
                                    "$1",
                                    "https://www.dailymotion.com/video/$1"),
                    on("dai.ly").item("/" + DAILYMOTION, "video", "$1", "https://www.dailymotion.com/video/$1")),
            new ShapedRule(
                    "twitch",
                    on("clips.twitch.tv")
                            .itemWith(
                                    "clip",
                                    "/embed\\?clip=([A-Za-z0-9_-]{5,100})",
                                    "clip",
                                    "$1",
                                    "https://clips.twitch.tv/$1"),
                    on("clips.twitch.tv")
                            .item("/(?!embed$)([A-Za-z0-9_-]{5,100})", "clip", "$1", "https://clips.twitch.tv/$1"),
                    on("twitch.tv", "go.twitch.tv")
                            .item(
                                    "/(?:([A-Za-z0-9_]{3,25})/)?clip/([A-Za-z0-9_-]{5,100})",
                                    "clip",
                                    "$2",
                                    "https://clips.twitch.tv/$2")
                            .withAccount("$1"),
                    on("twitch.tv", "go.twitch.tv")
                            .item(
                                    "/(?:[^/]+/)?(?:videos|v|video)/v?([0-9]{5,12})",
                                    "vod",
                                    "$1",
                                    "https://www.twitch.tv/videos/$1"),
                    on("player.twitch.tv")
                            .itemWith(
                                    "video",
                                    "/\\?video=v?([0-9]{5,12})",
                                    "vod",
                                    "$1",
                                    "https://www.twitch.tv/videos/$1"),
                    on("twitch.tv", "go.twitch.tv")
                            .item(
                                    "/(?!(?:directory|videos|settings|downloads|search|clip)$)([a-z0-9_]{3,25})",
                                    "account",
                                    "$1",
                                    "https://www.twitch.tv/$1")
                            .whateverTheCase()
                            .withAccount("$1")
                            .untilAsked()),
            new ShapedRule(
                    "tg",
                    on(TELEGRAM)
                            .itemWith(
                                    "comment",
                                    "/(?:s/)?([a-z][a-z0-9_]{3,31})/([0-9]{1,12})\\?comment=([0-9]{1,12})",
                                    "comment",
                                    "$1:$2:$3",
                                    "https://t.me/$1/$2?comment=$3")
                            .whateverTheCase(),
                    on(TELEGRAM)
                            .itemWith(
                                    "comment",
                                    "/c/([0-9]{5,20})/([0-9]{1,12})\\?comment=([0-9]{1,12})",
                                    "comment",
                                    "c/$1:$2:$3",
                                    "https://t.me/c/$1/$2?comment=$3"),
                    on(TELEGRAM)
                            .item(
                                    "/c/([0-9]{5,20})(?:/[0-9]{1,12})?/([0-9]{1,12})",
                                    "priv",
                                    "$1:$2",
                                    "https://t.me/c/$1/$2"),
                    on(TELEGRAM)
                            .item(
                                    "/(?:\\+|joinchat/)(?![0-9]+$)([A-Za-z0-9_-]{10,40})",
                                    "invite",
                                    "$1",
                                    "https://t.me/+$1"),
                    on(TELEGRAM)
                            .item(
                                    "/(?:s/)?([a-z][a-z0-9_]{3,31})(?:/[0-9]{1,12})?/([0-9]{1,12})",
                                    "msg",
                                    "$1:$2",
                                    "https://t.me/$1/$2")
                            .whateverTheCase()
                            .withAccount("$1"),
                    on(TELEGRAM)
                            .item("/(?:s/)?([a-z][a-z0-9_]{3,31})", "account", "$1", "https://t.me/$1")
                            .whateverTheCase()
                            .withAccount("$1")
                            .untilAsked()),
            new ShapedRule(
                    "discord",
                    on(DISCORD)
                            .item(
                                    DISCORD_CHANNEL + "/" + SNOWFLAKE,
                                    "msg",
                                    "$1:$2:$3",
                                    "https://discord.com/channels/$1/$2/$3"),
                    on(DISCORD).item(DISCORD_CHANNEL, "channel", "$1:$2", "https://discord.com/channels/$1/$2"),
                    on("cdn.discordapp.com", "media.discordapp.net")
                            .item(
                                    "/attachments/" + SNOWFLAKE + "/" + SNOWFLAKE + "/([A-Za-z0-9._-]{1,200})",
                                    "file",
                                    "$1:$2:$3",
                                    "https://cdn.discordapp.com/attachments/$1/$2/$3"),
                    on(DISCORD).item("/invite/([A-Za-z0-9-]{2,40})", "invite", "$1", "https://discord.gg/$1"),
                    on("discord.gg")
                            .item("/(?:invite/)?([A-Za-z0-9-]{2,40})", "invite", "$1", "https://discord.gg/$1")));

    private final String platform;
    private final List<Shape> shapes;

    private ShapedRule(String platform, Shape... shapes) {
        this.platform = platform;
        this.shapes = List.of(shapes);
    }

    @Override
    public Set<String> hosts() {
        return shapes.stream().flatMap(shape -> shape.hosts().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        return shapes.stream()
                .map(shape -> shape.identify(platform, address))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Hosts on(String... hosts) {
        return new Hosts(Arrays.stream(hosts).collect(Collectors.toUnmodifiableSet()));
    }

    private record Hosts(Set<String> names) {

        private Shape item(String path, String type, String id, String url) {
            return itemWith("", path, type, id, url);
        }

        private Shape itemWith(String parameter, String path, String type, String id, String url) {
            return new Shape(names, Pattern.compile(path), parameter, false, type, id, url, "", false);
        }
    }
}
