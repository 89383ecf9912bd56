package org.takedownhub.casefile;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Facebook: videos and photos have numbers of their own; a post is its owner and a number. An owner's name has to be
 * looked up, and an id that starts with {@code pfbid} is sealed and differs from reader to reader, so both are weak.
 */
final class FacebookRule implements PlatformRule {

    private static final String SITE = "https://www.facebook.com/";
    private static final String NAME = "([A-Za-z0-9.-]{1,80})";
    private static final String NUMBER = "([0-9]{5,20})";
    private static final String POST_ID = "([0-9]{5,20}|pfbid[A-Za-z0-9]{10,120})";
    private static final Pattern VIDEO_PATH =
            Pattern.compile("/(?:reel|(?:" + NAME + "/)?videos(?:/[^/]+)?)/" + NUMBER + "(?:/.*)?");
    private static final Pattern PHOTO_PATH = Pattern.compile("/" + NAME + "/photos/(?:[^/]+/)?" + NUMBER + "(?:/.*)?");
    private static final Pattern POST_PATH = Pattern.compile("/" + NAME + "/posts/(?:[^/]+/)?" + POST_ID + "(?:/.*)?");
    private static final Pattern GROUP_PATH =
            Pattern.compile("/groups/" + NAME + "/(?:posts|permalink)/" + POST_ID + "(?:/.*)?");

    private static final Pattern GROUP_HOME = Pattern.compile("/groups/" + NAME);

    @Override
    public Set<String> hosts() {
        return Set.of("facebook.com", "web.facebook.com", "mbasic.facebook.com", "touch.facebook.com", "fb.com");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        Optional<String> comment = parameter(address, "comment_id", NUMBER);
        return item(address).map(item -> comment.map(id -> comment(item, id)).orElse(item));
    }

    private static Optional<ContentIdentity> item(WebAddress address) {
        String shape = address.shape();
        Matcher group = GROUP_PATH.matcher(shape);
        if (group.matches()) {
            String url = SITE + "groups/" + group.group(1) + "/posts/" + group.group(2) + "/";
            return post(group.group(1), group.group(2), url, null);
        }
        Matcher video = VIDEO_PATH.matcher(shape);
        if (video.matches()) {
            return video(video.group(2), video.group(1));
        }
        Matcher photo = PHOTO_PATH.matcher(shape);
        if (photo.matches()) {
            return photo(photo.group(2), photo.group(1));
        }
        Matcher post = POST_PATH.matcher(shape);
        if (post.matches()) {
            String url = SITE + post.group(1) + "/posts/" + post.group(2);
            return post(post.group(1), post.group(2), url, account(post.group(1)));
        }
        return byParameters(shape, address);
    }

    private static Optional<ContentIdentity> byParameters(String shape, WebAddress address) {
        return switch (shape) {
            case "/watch", "/video.php", "/watch/live" -> parameter(address, "v", NUMBER)
                    .flatMap(id -> video(id, null));
            case "/photo", "/photo.php" -> parameter(address, "fbid", NUMBER).flatMap(id -> photo(id, null));
            case "/permalink.php", "/story.php" -> parameter(address, "story_fbid", POST_ID)
                    .flatMap(id -> parameter(address, "id", NUMBER)
                            .flatMap(owner -> post(
                                    owner,
                                    id,
                                    SITE + "permalink.php?story_fbid=" + id + "&id=" + owner,
                                    account(owner))));
            case "/profile.php" -> parameter(address, "id", NUMBER)
                    .flatMap(id -> PlatformRule.certain(
                            ContentKey.of("fb", "account", id), SITE + "profile.php?id=" + id, account(id)));
            default -> groupPostByParameter(shape, address);
        };
    }

    private static Optional<ContentIdentity> groupPostByParameter(String shape, WebAddress address) {
        Matcher group = GROUP_HOME.matcher(shape);
        if (!group.matches()) {
            return Optional.empty();
        }
        return parameter(address, "multi_permalinks", POST_ID)
                .or(() -> address.parameter("view")
                        .filter("permalink"::equals)
                        .flatMap(view -> parameter(address, "id", POST_ID)))
                .flatMap(
                        id -> post(group.group(1), id, SITE + "groups/" + group.group(1) + "/posts/" + id + "/", null));
    }

    private static Optional<ContentIdentity> video(String id, @Nullable String owner) {
        return PlatformRule.certain(
                ContentKey.of("fb", "video", id), SITE + "watch/?v=" + id, owner == null ? null : account(owner));
    }

    private static Optional<ContentIdentity> photo(String id, @Nullable String owner) {
        return PlatformRule.certain(
                ContentKey.of("fb", "photo", id), SITE + "photo/?fbid=" + id, owner == null ? null : account(owner));
    }

    private static Optional<ContentIdentity> post(String owner, String id, String url, @Nullable String account) {
        ContentKey key = ContentKey.of("fb", "post", UrlText.lowerCase(owner) + "_" + id);
        return owner.matches(NUMBER) && id.matches(NUMBER)
                ? PlatformRule.certain(key, url, account)
                : PlatformRule.weak(key, url, account);
    }

    /** Who wrote the comment the address does not tell. */
    private static ContentIdentity comment(ContentIdentity item, String id) {
        String url = item.canonicalUrl().toString();
        return new ContentIdentity(
                ContentKey.of("fb", "comment", item.key().id() + ":" + id),
                URI.create(url + (url.indexOf('?') < 0 ? "?" : "&") + "comment_id=" + id),
                item.host(),
                Optional.empty(),
                item.weak());
    }

    private static String account(String owner) {
        return "fb:account:" + UrlText.lowerCase(owner);
    }

    private static Optional<String> parameter(WebAddress address, String name, String form) {
        return address.parameter(name).filter(value -> value.matches(form));
    }
}
