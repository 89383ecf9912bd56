package org.takedownhub.platform.portal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;
import org.takedownhub.platform.Vantages;

/** Makes the platforms that people serve by hand. */
@Component
class PortalPlatformFactory implements PlatformFactory {

    private static final String REQUESTS_PER_MINUTE = "300";

    private final SafeHttp pages;
    private final PublicLooks looks;
    private final Vantages vantages;

    @Autowired
    PortalPlatformFactory(PublicLooks looks, Vantages vantages, Clock clock) {
        this(SafeHttp.of(Platforms.PORTAL, shared(), clock), looks, vantages);
    }

    /** @param pages fetches pages of hosts that no operator vouched for: one client and one budget for all of them */
    PortalPlatformFactory(SafeHttp pages, PublicLooks looks, Vantages vantages) {
        this.pages = pages;
        this.looks = looks;
        this.vantages = vantages;
    }

    @Override
    public String kind() {
        return Platforms.PORTAL;
    }

    @Override
    public String description() {
        return "A platform that people serve by hand, through its own form or portal";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "hosts", "The hosts of its content, separated by commas", "tiktok.com,www.tiktok.com"),
                SettingDescription.optional(
                        "options.portal-url", "Where a person hands a notice in", "https://report.example/form"),
                SettingDescription.optional(
                        "options.look",
                        "page lets the hub read the public page to see whether content is still up; never leaves looking"
                                + " to people",
                        "never"),
                SettingDescription.optional(
                        "options.control-url",
                        "An address of the same site that is always there; the hub knows one, or takes the front page,"
                                + " unless set",
                        "https://www.tiktok.com/@tiktok/video/7000000000000000000"),
                SettingDescription.optional(
                        "options.software", "What the site runs, where it is discourse or lemmy", "discourse"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        return new PortalPlatform(instance, PortalSettings.of(instance, settings), pages, looks, vantages);
    }

    private static PlatformSettings shared() {
        return new PlatformSettings(
                Platforms.PORTAL,
                true,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(10),
                2,
                Map.of("requests-per-minute", REQUESTS_PER_MINUTE));
    }
}
