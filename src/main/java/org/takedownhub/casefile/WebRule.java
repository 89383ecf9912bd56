package org.takedownhub.casefile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The general rule for every other site: the address itself, without fragment and trackers, its parameters sorted. A
 * fragment that reads like a path is kept, because some sites tell their pages apart by nothing else. On a platform's
 * own site the key is weak: there is an item, but in a form that no rule knows.
 */
final class WebRule implements PlatformRule {

    private static final Set<String> TRACKERS = Set.of(
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "igsh",
            "igshid",
            "mibextid",
            "si",
            "ref",
            "ref_src",
            "ref_url",
            "share_id",
            "feature",
            "_r",
            "_t",
            "is_from_webapp",
            "sender_device",
            "rdt",
            "cmpid");
    /** Trackers on X and Reddit when they hold a small number; elsewhere {@code ?s=} is a search or an item. */
    private static final Set<String> TRACKERS_WHEN_SMALL = Set.of("s", "context");

    private final Set<String> platformSites;

    WebRule(Set<String> platformSites) {
        this.platformSites = platformSites;
    }

    @Override
    public Set<String> hosts() {
        return Set.of();
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        List<WebAddress.Parameter> kept = address.parameters().stream()
                .filter(parameter -> !isTracker(parameter))
                .toList();
        String path = withPlainEnd(address.path() + WebAddress.query(kept) + address.route());
        boolean platform = platformSites.contains(address.site());
        String site = platform ? address.site() : address.authority();
        String url = address.scheme() + "://" + address.authority() + path;
        if (url.length() > ContentIdentities.MAX_URL_LENGTH) {
            throw tooLong();
        }
        // The key leaves the scheme out of the comparison; the address keeps it, because some sites have no https.
        ContentKey key = ContentKey.of("web", "url", "https://" + site + path);
        return platform ? PlatformRule.weak(key, url, null) : PlatformRule.certain(key, url, null);
    }

    /** A comma or semicolon at the end would read as left there by copying. */
    private static String withPlainEnd(String path) {
        String start = path.substring(0, path.length() - 1);
        return path.endsWith(",") ? start + "%2C" : path.endsWith(";") ? start + "%3B" : path;
    }

    static InvalidContentUrl tooLong() {
        return new InvalidContentUrl(
                "The address is longer than %,d characters once its letters are percent-encoded: send a shorter one"
                        .formatted(ContentIdentities.MAX_URL_LENGTH));
    }

    private static boolean isTracker(WebAddress.Parameter parameter) {
        String name = UrlText.lowerCase(parameter.name());
        return name.startsWith("utm_")
                || TRACKERS.contains(name)
                || TRACKERS_WHEN_SMALL.contains(name) && parameter.value().matches("[0-9]{0,2}");
    }
}
