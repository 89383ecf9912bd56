package org.takedownhub.platform.cloudflare;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;
import org.takedownhub.platform.Vantages;

/** Makes the access to Cloudflare that the settings describe. */
@Component
class CloudflarePlatformFactory implements PlatformFactory {

    static final String KIND = "cloudflare";

    private final PublicLooks looks;
    private final Vantages vantages;
    private final PlatformAlarms alarms;
    private final Clock clock;

    CloudflarePlatformFactory(PublicLooks looks, Vantages vantages, PlatformAlarms alarms, Clock clock) {
        this.looks = looks;
        this.vantages = vantages;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String description() {
        return "Cloudflare, for sites behind it";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "identifier", "Our account's id, 32 hexadecimal digits", "0123456789abcdef0123456789abcdef"),
                SettingDescription.secret(
                        "secret",
                        "A token with the permissions Account, Abuse Reports, Edit and Trust and Safety Read",
                        true),
                SettingDescription.mandatory(
                        "options.name",
                        "Who reports: a role, never a person. Cloudflare may hand it on to others",
                        "Referral desk"),
                SettingDescription.mandatory(
                        "options.email",
                        "A role's mailbox, which Cloudflare may hand on as well",
                        "referrals@hub.example"),
                SettingDescription.optional(
                        "hosts", "The sites it is asked about, separated by commas", "site.example"),
                SettingDescription.optional(
                        "options.company", "The organisation that reports", "Police social-media hub"),
                SettingDescription.optional("options.country", "Its country, two letters", "GB"),
                SettingDescription.optional(
                        "options.host-notification",
                        "send-anon: the host hears of the report and not of us; send: of us, too",
                        "send-anon"),
                SettingDescription.optional("options.owner-notification", "The same for the site's owner", "send-anon"),
                SettingDescription.optional(
                        "options.type-threat",
                        "Which kind of report a category becomes, threat or general, where our own choice does not fit; type-threat, type-incitement and so on",
                        "threat"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        CloudflareSettings known = CloudflareSettings.of(instance, settings);
        return new CloudflarePlatform(
                instance,
                known,
                new CloudflareApi(known, SafeHttp.of(instance, settings, clock), clock),
                looks,
                vantages,
                alarms,
                clock);
    }
}
