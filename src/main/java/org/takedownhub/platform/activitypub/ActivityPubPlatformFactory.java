package org.takedownhub.platform.activitypub;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the entries that report into the fediverse. */
@Component
class ActivityPubPlatformFactory implements PlatformFactory {

    static final String KIND = "activitypub";

    private final Clock clock;
    private final Map<String, String> instancesByName = new ConcurrentHashMap<>();

    ActivityPubPlatformFactory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * Anybody may run a server of the fediverse: what looks like one by its address is tried. A host that an entry of the
     * settings names, such as a Mastodon server with an account of ours, stays with that entry.
     */
    @Override
    public Set<String> keyFamilies() {
        return Set.of("ap", "pt");
    }

    @Override
    public String description() {
        return "Every fediverse server that no other entry names";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "options.public-url",
                        "The address under which the whole internet reaches this hub; it cannot change later without becoming another sender",
                        "https://hub.example"),
                SettingDescription.secret("secret", "Our actor's RSA key in PEM (PKCS #8, at least 2048 bits)", true),
                SettingDescription.optional("identifier", "Our actor's name: a role, never a person's", "referrals"),
                SettingDescription.optional(
                        "options.actor-title", "What moderators read as the sender's name", "Takedown referrals"),
                SettingDescription.optional(
                        "options.actor-summary",
                        "Who that is, and how to reach the office behind it",
                        "Referral unit, reach us at desk@hub.example"),
                SettingDescription.optional(
                        "options.signature",
                        "cavage or rfc9421: what a host that we do not know yet gets first",
                        "cavage"),
                SettingDescription.optional(
                        "base-url", "One server that may lie inside our network", "https://social.example"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        ActivityPubSettings own = ActivityPubSettings.of(instance, settings);
        String other = instancesByName.putIfAbsent(own.name(), instance);
        if (other != null && !other.equals(instance)) {
            throw new IllegalStateException("The setting takedown.platforms." + instance + ".identifier is "
                    + own.name() + ", as takedown.platforms." + other + ".identifier is already");
        }
        return new ActivityPubPlatform(instance, own, SafeHttp.of(instance, settings, clock, own.publicUrl()), clock);
    }
}
