package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** X, once Twitter: a post is its number; the name in front of it may be anything and does not count. */
final class XRule implements PlatformRule {

    private static final String ID = "([1-9][0-9]{0,19})";
    private static final Pattern STATUS_PATH =
            Pattern.compile("/(?:i/web/|i/|([A-Za-z0-9_]{1,50})/)?status(?:es)?/" + ID + "(?:/.*)?");
    private static final Pattern SPACE_PATH = Pattern.compile("/i/spaces/([A-Za-z0-9]{8,20})(?:/.*)?");
    private static final Pattern NUMBERED_ACCOUNT = Pattern.compile("/i/user/" + ID);
    private static final Pattern ACCOUNT_PATH =
            Pattern.compile("/@?([A-Za-z0-9_]{1,15})(?:/(?:with_replies|media|likes|highlights|articles))?");
    /** First parts of the path that are pages of the platform, not names of accounts. */
    private static final Set<String> PAGES = Set.of(
            "i",
            "home",
            "explore",
            "search",
            "hashtag",
            "intent",
            "share",
            "login",
            "signup",
            "settings",
            "messages",
            "notifications",
            "compose",
            "tos",
            "privacy",
            "about",
            "jobs",
            "download",
            "account",
            "logout",
            "oauth");

    @Override
    public Set<String> hosts() {
        return Set.of(
                "x.com",
                "twitter.com",
                "platform.twitter.com",
                "fxtwitter.com",
                "vxtwitter.com",
                "fixupx.com",
                "fixvx.com",
                "twittpr.com",
                "nitter.net",
                "nitter.poast.org",
                "nitter.privacydev.net",
                "xcancel.com");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        String shape = address.fragment().startsWith("!/")
                ? address.fragment().substring(1).replaceFirst("\\?.*", "")
                : address.shape();
        Matcher status = STATUS_PATH.matcher(shape);
        if (status.matches()) {
            return status(status.group(2), Optional.ofNullable(status.group(1)));
        }
        if (shape.equalsIgnoreCase("/embed/Tweet.html")) {
            return address.parameter("id").filter(id -> id.matches(ID)).flatMap(id -> status(id, Optional.empty()));
        }
        Matcher space = SPACE_PATH.matcher(shape);
        if (space.matches()) {
            return PlatformRule.certain(
                    ContentKey.of("x", "space", space.group(1)), "https://x.com/i/spaces/" + space.group(1), null);
        }
        Matcher numbered = NUMBERED_ACCOUNT.matcher(shape);
        if (numbered.matches()) {
            ContentKey key = ContentKey.of("x", "account", numbered.group(1));
            return PlatformRule.certain(key, "https://x.com/i/user/" + key.id(), key.value());
        }
        Matcher account = ACCOUNT_PATH.matcher(shape);
        if (account.matches() && !PAGES.contains(UrlText.lowerCase(account.group(1)))) {
            ContentKey key = ContentKey.of("x", "account", UrlText.lowerCase(account.group(1)));
            return PlatformRule.weak(key, "https://x.com/" + key.id(), key.value());
        }
        return Optional.empty();
    }

    private static Optional<ContentIdentity> status(String id, Optional<String> name) {
        Optional<String> account = name.map(UrlText::lowerCase).filter(text -> !PAGES.contains(text));
        return PlatformRule.certain(
                ContentKey.of("x", "status", id),
                "https://x.com/i/status/" + id,
                account.map(text -> "x:account:" + text).orElse(null));
    }
}
