package org.takedownhub.casefile;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Archives keep copies under addresses of their own. A copy is an item by itself, to be asked of the archive; where its
 * address tells what it shows, it is linked to that.
 */
final class ArchiveRule implements PlatformRule {

    private static final Set<String> TODAY =
            Set.of("archive.today", "archive.ph", "archive.is", "archive.li", "archive.vn", "archive.fo", "archive.md");
    private static final String WAYBACK = "web.archive.org";
    private static final Pattern WAYBACK_PATH =
            Pattern.compile("/web/(?:([0-9]{1,14})(?:[a-z]{2}_)?\\*?/|\\*/)?((?:[^/]+\\.[^/]+|[A-Za-z]+:).*)");
    private static final Pattern TODAY_PATH =
            Pattern.compile("/(?:([0-9]{4}[0-9.-]{0,15})|newest|oldest|timegate)/((?:[^/]+\\.[^/]+|[A-Za-z]+:).*)");
    private static final Pattern TODAY_CODE = Pattern.compile("/(?:wip/)?([A-Za-z0-9]{4,6})(?:/image|/scr\\.png)?");
    private static final Pattern ITEM =
            Pattern.compile("/(?:details|download|embed|stream|metadata)/([A-Za-z0-9][A-Za-z0-9._-]{1,99})(?:/.*)?");
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)(https?):/+(.*)");
    private static final int COMPLETE = 14;

    @Override
    public Set<String> hosts() {
        return Set.of(
                WAYBACK,
                "archive.org",
                "archive.today",
                "archive.ph",
                "archive.is",
                "archive.li",
                "archive.vn",
                "archive.fo",
                "archive.md");
    }

    /** The copies whose address does not tell what they show. */
    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        Matcher code = TODAY_CODE.matcher(address.shape());
        if (TODAY.contains(address.site()) && code.matches()) {
            return PlatformRule.certain(
                    ContentKey.of("archive", "today", code.group(1)), "https://archive.ph/" + code.group(1), null);
        }
        Matcher item = ITEM.matcher(address.shape());
        if (address.site().equals("archive.org") && item.matches()) {
            return PlatformRule.certain(
                    ContentKey.of("archive", "item", item.group(1)),
                    "https://archive.org/details/" + item.group(1),
                    null);
        }
        return Optional.empty();
    }

    /** The copy behind an address that holds the address of the original. */
    static Optional<Capture> capture(WebAddress address) {
        if (address.site().equals(WAYBACK)) {
            return capture("wayback", "https://web.archive.org/web/", WAYBACK_PATH, address);
        }
        return TODAY.contains(address.site())
                ? capture("today-of", "https://archive.ph/", TODAY_PATH, address)
                : Optional.empty();
    }

    private static Optional<Capture> capture(String type, String site, Pattern pattern, WebAddress address) {
        Matcher path = pattern.matcher(address.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String digits = path.group(1) == null ? "" : path.group(1).replaceAll("[^0-9]", "");
        String rest = path.group(2);
        String written = rest.matches("(?i)https?%3A.*") ? UrlText.decoded(rest) : rest;
        Matcher scheme = WITH_SCHEME.matcher(written);
        String original = (scheme.matches() ? scheme.group(1) + "://" + scheme.group(2) : "http://" + written)
                + WebAddress.query(address.parameters())
                + address.route();
        return Optional.of(new Capture(type, site, digits, original));
    }

    /**
     * @param digits   the instant of the copy, UTC, as {@code yyyyMMddHHmmss}; shorter stands for the nearest one, empty for
     *                 any
     * @param original the address of what it shows
     */
    record Capture(String type, String site, String digits, String original) {

        ContentIdentity of(ContentIdentity shown) {
            String instant = digits.isEmpty() ? "newest" : digits;
            String place = type.equals("wayback") && digits.isEmpty() ? "" : instant + "/";
            boolean weak = digits.length() != COMPLETE || !type.equals("wayback");
            URI url = URI.create(site + place + shown.canonicalUrl());
            String key = "archive:" + type + ":" + instant + "/" + shown.key();
            if (key.length() > ContentKey.MAX_LENGTH) {
                throw WebRule.tooLong();
            }
            return new ContentIdentity(
                    new ContentKey(key), url, url.getRawAuthority(), Optional.empty(), weak, Optional.of(shown.key()));
        }
    }
}
