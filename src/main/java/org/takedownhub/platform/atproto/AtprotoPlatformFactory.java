package org.takedownhub.platform.atproto;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

@Component
class AtprotoPlatformFactory implements PlatformFactory {

    static final String KIND = "atproto";

    private final Clock clock;

    AtprotoPlatformFactory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The network is one: a post is the same post on every web address that shows it. */
    @Override
    public Set<String> keyFamilies() {
        return Set.of("at");
    }

    @Override
    public String description() {
        return "A moderation service of the AT Protocol, such as that of Bluesky";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "base-url", "The PDS of the account we report with", "https://bsky.social"),
                SettingDescription.mandatory("identifier", "That account's handle or DID", "hub.police.example"),
                SettingDescription.secret("secret", "Its app password", true),
                SettingDescription.mandatory(
                        "labeler",
                        "DID of the moderation service that gets our reports and whose labels count",
                        "did:plc:ar7c4by46qjdydhdevvrndac"),
                SettingDescription.mandatory("labeler-url", "Where that service answers", "https://mod.bsky.app"),
                SettingDescription.optional(
                        "hosts", "Web addresses that show its posts, separated by commas", "bsky.app"),
                SettingDescription.optional(
                        "options.plc-url", "The directory that says where repositories are", "https://plc.directory"),
                SettingDescription.optional(
                        "options.appview-url",
                        "An app view, which shows 25 live posts in one request",
                        "https://public.api.bsky.app"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        AtprotoSettings own = AtprotoSettings.of(instance, settings);
        return new AtprotoPlatform(own, SafeHttp.of(instance, settings, clock, own.origins()), clock);
    }
}
