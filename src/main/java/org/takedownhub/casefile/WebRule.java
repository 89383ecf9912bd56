package org.takedownhub.casefile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The general rule for every other site: the address itself, without fragment and trackers, its parameters sorted. */
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
        String path = address.path() + WebAddress.query(kept);
        String site = platformSites.contains(address.site()) ? address.site() : address.authority();
        if (path.length() > ContentIdentities.MAX_URL_LENGTH) {
            throw new InvalidContentUrl(
                    "The address is longer than %,d characters once its letters are percent-encoded: send a shorter one"
                            .formatted(ContentIdentities.MAX_URL_LENGTH));
        }
        // The key leaves the scheme out of the comparison; the address keeps it, because some sites have no https.
        return PlatformRule.certain(
                ContentKey.of("web", "url", "https://" + site + path),
                address.scheme() + "://" + address.authority() + path,
                null);
    }

    private static boolean isTracker(WebAddress.Parameter parameter) {
        String name = UrlText.lowerCase(parameter.name());
        return name.startsWith("utm_")
                || TRACKERS.contains(name)
                || TRACKERS_WHEN_SMALL.contains(name) && parameter.value().matches("[0-9]{0,2}");
    }
}
