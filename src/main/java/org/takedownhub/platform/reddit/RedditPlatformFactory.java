package org.takedownhub.platform.reddit;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SettingDescription;

/** Makes the access to Reddit that the settings describe. */
@Component
class RedditPlatformFactory implements PlatformFactory {

    static final String KIND = "reddit";

    private final PlatformAlarms alarms;
    private final Clock clock;

    RedditPlatformFactory(PlatformAlarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> keyFamilies() {
        return Set.of("reddit");
    }

    @Override
    public String description() {
        return "Reddit, once it has approved our client";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.mandatory(
                        "options.approval",
                        "granted, once Reddit has approved the client; before that it must not be used",
                        "granted"),
                SettingDescription.mandatory("identifier", "The client's id", "abcDEF123"),
                SettingDescription.secret(
                        "secret", "A refresh token of our account with the scopes read and report", true),
                SettingDescription.secret("options.client-secret", "The secret of the client", true),
                SettingDescription.mandatory(
                        "options.account", "Our user name, which the API wants to know", "referral_desk"),
                SettingDescription.mandatory(
                        "options.control-post",
                        "Id of a post that stays up, without t3_; a miss counts only beside it",
                        "1abcde"),
                SettingDescription.optional(
                        "hosts", "The hosts of its posts, separated by commas", "reddit.com,www.reddit.com"),
                SettingDescription.optional(
                        "options.reason-threat",
                        "What to report a category as, in the words of Reddit; reason-threat, reason-incitement and so on",
                        "Threatening violence"),
                SettingDescription.optional("options.requests-per-minute", "How many calls we make in a minute", "50"));
    }

    @Override
    public Platform create(String instance, PlatformSettings settings) {
        RedditSettings known = RedditSettings.of(instance, settings);
        RedditApi api = new RedditApi(known, SafeHttp.of(instance, settings, clock, known.tokenUrl()), clock);
        return new RedditPlatform(instance, known, api, alarms, clock);
    }
}
