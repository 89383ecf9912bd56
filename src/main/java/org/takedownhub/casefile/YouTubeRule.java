package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** YouTube: video ids have 11 characters and tell case apart; channel ids start with UC; names have to be looked up. */
final class YouTubeRule implements PlatformRule {

    private static final String SITE = "https://www.youtube.com";
    private static final Pattern VIDEO_ID = Pattern.compile("[A-Za-z0-9_-]{11}");
    private static final Pattern VIDEO_PATH =
            Pattern.compile("/(?:watch|shorts|live|embed|v|e)/([A-Za-z0-9_-]{11})(?:/.*)?");
    private static final Pattern SHORT_PATH = Pattern.compile("/([A-Za-z0-9_-]{11})(?:/.*)?");
    private static final Pattern COMMENT_ID = Pattern.compile("[A-Za-z0-9_-]{10,80}(?:\\.[A-Za-z0-9_-]{10,80})?");
    private static final Pattern PLAYLIST_ID = Pattern.compile("[A-Za-z0-9_-]{2,80}");
    private static final Pattern CHANNEL_PATH = Pattern.compile("/channel/(UC[A-Za-z0-9_-]{22})(?:/.*)?");
    private static final Pattern POST_PATH = Pattern.compile("/post/(Ug[A-Za-z0-9_-]{10,80})");
    private static final Pattern NAMED_PATH = Pattern.compile("/(c/|user/|@)([\\p{L}\\p{M}\\p{N}._·-]{1,100})(?:/.*)?");
    private static final Pattern CLIP_PATH = Pattern.compile("/clip/([A-Za-z0-9_-]{10,80})");

    @Override
    public Set<String> hosts() {
        return Set.of(
                "youtube.com",
                "music.youtube.com",
                "gaming.youtube.com",
                "youtubekids.com",
                "youtube-nocookie.com",
                "youtu.be",
                "yewtu.be",
                "inv.nadeko.net",
                "piped.video");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        return video(address)
                .map(id -> videoOrComment(id, address))
                .or(() -> playlist(address))
                .or(() -> post(address))
                .or(() -> channel(address));
    }

    private static Optional<String> video(WebAddress address) {
        String shape = address.shape();
        if (address.site().equals("youtu.be")) {
            return firstGroup(SHORT_PATH, shape);
        }
        if (shape.equals("/watch") || shape.equals("/")) {
            return address.parameter("v").filter(id -> VIDEO_ID.matcher(id).matches());
        }
        return firstGroup(VIDEO_PATH, shape).filter(id -> !shape.startsWith("/embed/videoseries"));
    }

    private static ContentIdentity videoOrComment(String id, WebAddress address) {
        Optional<String> comment =
                address.parameter("lc").filter(text -> COMMENT_ID.matcher(text).matches());
        String watch = SITE + "/watch?v=" + id;
        return comment.map(lc ->
                        PlatformRule.certain(ContentKey.of("yt", "comment", id + ":" + lc), watch + "&lc=" + lc, null))
                .orElseGet(() -> PlatformRule.certain(ContentKey.of("yt", "video", id), watch, null))
                .orElseThrow();
    }

    private static Optional<ContentIdentity> playlist(WebAddress address) {
        if (!address.shape().matches("/(playlist|watch|embed/videoseries)?")) {
            return Optional.empty();
        }
        return address.parameter("list")
                .filter(list -> PLAYLIST_ID.matcher(list).matches())
                .flatMap(list -> PlatformRule.certain(
                        ContentKey.of("yt", "playlist", list), SITE + "/playlist?list=" + list, null));
    }

    private static Optional<ContentIdentity> post(WebAddress address) {
        Optional<String> id = firstGroup(POST_PATH, address.shape());
        if (address.shape().matches("/channel/[^/]+/community")) {
            id = address.parameter("lb")
                    .filter(lb -> POST_PATH.matcher("/post/" + lb).matches());
        }
        return id.flatMap(
                post -> PlatformRule.certain(ContentKey.of("yt", "post", post), SITE + "/post/" + post, null));
    }

    private static Optional<ContentIdentity> channel(WebAddress address) {
        String shape = address.shape();
        Matcher channel = CHANNEL_PATH.matcher(shape);
        if (channel.matches()) {
            String id = channel.group(1);
            return PlatformRule.certain(
                    ContentKey.of("yt", "channel", id), SITE + "/channel/" + id, "yt:account:" + id);
        }
        Matcher clip = CLIP_PATH.matcher(shape);
        if (clip.matches()) {
            return PlatformRule.weak(ContentKey.of("yt", "clip", clip.group(1)), SITE + "/clip/" + clip.group(1), null);
        }
        Matcher named = NAMED_PATH.matcher(shape);
        if (named.matches()) {
            String name = UrlText.lowerCase(named.group(2));
            String type =
                    switch (named.group(1)) {
                        case "c/" -> "custom";
                        case "user/" -> "user";
                        default -> "handle";
                    };
            String url = SITE + "/" + named.group(1) + UrlText.normalised(name, "");
            return PlatformRule.weak(ContentKey.of("yt", type, name), url, "yt:account:" + named.group(1) + name);
        }
        return Optional.empty();
    }

    private static Optional<String> firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
