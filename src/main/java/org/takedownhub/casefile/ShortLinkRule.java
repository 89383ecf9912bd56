package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that only say where to ask: the item behind them is known once somebody followed the redirect. */
final class ShortLinkRule implements PlatformRule {

    private static final Set<String> SHORTENERS = Set.of(
            "t.co",
            "bit.ly",
            "tinyurl.com",
            "goo.gl",
            "ow.ly",
            "is.gd",
            "buff.ly",
            "cutt.ly",
            "rb.gy",
            "rebrand.ly",
            "lnkd.in",
            "vm.tiktok.com",
            "vt.tiktok.com",
            "lite.tiktok.com",
            "fb.watch",
            "fb.me",
            "reddit.app.link",
            "pin.it",
            "t.ly",
            "tiny.cc",
            "v.gd",
            "x.gd",
            "dlvr.it",
            "trib.al",
            "shorturl.at",
            "on.soundcloud.com",
            "t.snapchat.com",
            "go.bsky.app");
    private static final Pattern CODE = Pattern.compile("/([A-Za-z0-9_-]{2,100})");
    private static final Pattern T_CODE = Pattern.compile("/t/([A-Za-z0-9_-]{2,100})");
    private static final Pattern REDDIT_SHARE =
            Pattern.compile("/((?:r|u|user)/[A-Za-z0-9_-]{2,24}/s/[A-Za-z0-9]{2,40})");
    private static final Pattern META_SHARE =
            Pattern.compile("/share/((?:(?:p|reel|v|r|video)/)?[A-Za-z0-9_-]{2,100})");

    @Override
    public Set<String> hosts() {
        return SHORTENERS;
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        String site = address.site();
        if (SHORTENERS.contains(site)) {
            return link(CODE, address, site, "").or(() -> link(T_CODE, address, site, "t/"));
        }
        return switch (site) {
            case "tiktok.com" -> link(T_CODE, address, "www.tiktok.com", "t/");
            case "instagram.com" -> link(META_SHARE, address, "www.instagram.com", "share/");
            case "facebook.com" -> link(META_SHARE, address, "www.facebook.com", "share/");
            case "reddit.com" -> link(REDDIT_SHARE, address, "www.reddit.com", "");
            case "snapchat.com" -> link(T_CODE, address, "www.snapchat.com", "t/");
            default -> Optional.empty();
        };
    }

    private static Optional<ContentIdentity> link(Pattern path, WebAddress address, String host, String prefix) {
        Matcher matcher = path.matcher(address.shape());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String place = host + "/" + prefix + matcher.group(1);
        return PlatformRule.weak(ContentKey.of("short", "link", place), "https://" + place, null);
    }
}
