package org.takedownhub.platform.portal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PublicLooks.Hints;

/**
 * What a platform served by hand needs.
 *
 * @param kind       as in the settings: {@code portal}, or that of an instance that is switched off
 * @param portalUrl  option {@code portal-url}: where a person hands a notice in
 * @param look       option {@code look}: {@code never} (the default) leaves looking to people; {@code page} lets the
 *                   hub read public pages and interfaces, which say nothing on a site that hides posts behind a log-in
 * @param controlUrl option {@code control-url}: an address of the same site that is always there; one that the hub
 *                   knows, or the front page, unless set
 * @param software   option {@code software}: {@code discourse} or {@code lemmy} where the site runs it
 */
record PortalSettings(
        String kind, Optional<URI> portalUrl, LookMode look, Optional<URI> controlUrl, Optional<String> software) {

    private static final String ADDRESS = "must be an http or https address";

    private static final List<String> SOFTWARE = List.of("discourse", "lemmy");

    enum LookMode {
        NEVER,
        PAGE
    }

    static PortalSettings of(String instance, PlatformSettings settings) {
        return new PortalSettings(
                settings.kind(),
                address(instance, settings, "portal-url"),
                mode(instance, settings),
                address(instance, settings, "control-url"),
                software(instance, settings));
    }

    Hints hints() {
        return new Hints(controlUrl, software);
    }

    private static Optional<String> software(String instance, PlatformSettings settings) {
        Optional<String> software = Optional.ofNullable(settings.options().get("software"));
        if (software.filter(name -> !SOFTWARE.contains(name)).isPresent()) {
            throw impossible(instance, "software", "must be one of " + String.join(", ", SOFTWARE));
        }
        return software;
    }

    private static LookMode mode(String instance, PlatformSettings settings) {
        String text = settings.options().getOrDefault("look", "never");
        for (LookMode mode : LookMode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        throw impossible(instance, "look", "must be never or page");
    }

    private static Optional<URI> address(String instance, PlatformSettings settings, String option) {
        String text = settings.options().get(option);
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(
                    impossible(instance, option, ADDRESS).getMessage(), e);
        }
        throw impossible(instance, option, ADDRESS);
    }

    private static IllegalStateException impossible(String instance, String option, String why) {
        return new IllegalStateException(
                "The setting takedown.platforms." + instance + ".options." + option + " " + why);
    }
}
