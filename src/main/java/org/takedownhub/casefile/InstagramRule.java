package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instagram: the short code in the address is the media's 64-bit number written in base64url. */
final class InstagramRule implements PlatformRule {

    private static final String SITE = "https://www.instagram.com/";
    private static final Pattern MEDIA_PATH = Pattern.compile(
            "/(?:([A-Za-z0-9_.]{1,30})/)?(?:p|reels?|tv)/([A-Za-z0-9_-]{5,60})(?:/c/([0-9]{5,25}))?(?:/.*)?");
    private static final Pattern STORY_PATH = Pattern.compile("/stories/([A-Za-z0-9_.]{1,30})/([0-9]{5,25})(?:/.*)?");
    private static final Pattern ACCOUNT_PATH = Pattern.compile("/([A-Za-z0-9_.]{1,30})(?:/(?:reels|tagged|live))?");
    private static final Set<String> PAGES = Set.of(
            "p",
            "reel",
            "reels",
            "tv",
            "stories",
            "explore",
            "accounts",
            "direct",
            "about",
            "legal",
            "share",
            "developer");

    @Override
    public Set<String> hosts() {
        return Set.of("instagram.com", "instagr.am", "ddinstagram.com", "kkinstagram.com");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        Matcher media = MEDIA_PATH.matcher(address.shape());
        if (media.matches()) {
            return MediaCode.number(media.group(2)).flatMap(number -> media(number, media.group(1), media.group(3)));
        }
        Matcher story = STORY_PATH.matcher(address.shape());
        if (story.matches()) {
            return story(UrlText.lowerCase(story.group(1)), story.group(2));
        }
        if (address.segment(0).equals("s") && address.segments().size() == 2) {
            return address.parameter("story_media_id")
                    .filter(id -> id.matches("[0-9]{5,25}(_[0-9]{1,25})?"))
                    .map(id -> id.replaceFirst("_.*", ""))
                    .flatMap(id -> PlatformRule.weak(
                            ContentKey.of("ig", "story", id), SITE + "s/_?story_media_id=" + id, null));
        }
        Matcher account = ACCOUNT_PATH.matcher(address.shape());
        if (account.matches() && !PAGES.contains(UrlText.lowerCase(account.group(1)))) {
            ContentKey key = ContentKey.of("ig", "account", UrlText.lowerCase(account.group(1)));
            return PlatformRule.weak(key, SITE + key.id() + "/", key.value());
        }
        return Optional.empty();
    }

    private static Optional<ContentIdentity> media(String number, @Nullable String name, @Nullable String comment) {
        String url = SITE + "p/" + MediaCode.code(number) + "/";
        String account = name == null ? null : "ig:account:" + UrlText.lowerCase(name);
        return comment == null
                ? PlatformRule.certain(ContentKey.of("ig", "media", number), url, account)
                : PlatformRule.certain(
                        ContentKey.of("ig", "comment", number + ":" + comment), url + "c/" + comment + "/", account);
    }

    private static Optional<ContentIdentity> story(String name, String number) {
        if (name.equals("highlights")) {
            return PlatformRule.certain(
                    ContentKey.of("ig", "highlight", number), SITE + "stories/highlights/" + number + "/", null);
        }
        return PlatformRule.certain(
                ContentKey.of("ig", "story", number),
                SITE + "stories/" + name + "/" + number + "/",
                "ig:account:" + name);
    }
}
