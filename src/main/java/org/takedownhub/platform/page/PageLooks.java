package org.takedownhub.platform.page;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookSettings;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;

/** Gives each item to the recogniser that knows its platform. */
@Component
public final class PageLooks implements PublicLooks {

    private static final String REQUESTS_PER_MINUTE = "600";

    /** Sites that show nothing to a stranger, or one shell for every address, and have no interface that tells. */
    private static final Set<String> WALLED = Set.of(
            "discord.com",
            "discord.gg",
            "facebook.com",
            "fb.watch",
            "instagram.com",
            "linkedin.com",
            "pinterest.com",
            "reddit.com",
            "snapchat.com",
            "t.me",
            "telegram.me",
            "threads.com",
            "threads.net",
            "tiktok.com",
            "twitch.tv",
            "twitter.com",
            "vk.com",
            "whatsapp.com",
            "x.com",
            "youtu.be",
            "youtube.com");

    private final Round.Fetch fetch;
    private final HostPaces paces;
    private final Clock clock;
    private final List<Recogniser> recognisers;

    @Autowired
    PageLooks(LookSettings settings, PlatformsSettings platforms, Clock clock) {
        this(client(platforms, clock), settings, clock);
    }

    /** @param http fetches pages of hosts that no operator vouched for: one client for all of them */
    public PageLooks(SafeHttp http, LookSettings settings, Clock clock) {
        this((request, vantage) -> http.from(vantage).read(request), settings, clock);
    }

    PageLooks(Round.Fetch fetch, LookSettings settings, Clock clock) {
        this.fetch = fetch;
        this.paces = new HostPaces(settings.requestsPerMinute(), clock);
        this.clock = clock;
        Optional<Recogniser> api = Optional.ofNullable(settings.xSecret())
                .map(reference -> new XApi(Secret.of("takedown.looks.x-secret", reference)));
        this.recognisers = Stream.concat(
                        api.stream(),
                        Stream.of(
                                new OEmbed.X(),
                                new OEmbed.TikTok(),
                                new OEmbed.Vimeo(),
                                new OEmbed.YouTube(),
                                new TelegramEmbed(),
                                new DailymotionApi(),
                                new InternetArchive(),
                                new Discourse(),
                                new Lemmy(),
                                new ActivityPubObject(),
                                new WebPage(new RecentPages())))
                .toList();
    }

    private static SafeHttp client(PlatformsSettings platforms, Clock clock) {
        return SafeHttp.of(
                "public-pages",
                new PlatformSettings(
                        "portal",
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
                        Map.of("requests-per-minute", REQUESTS_PER_MINUTE),
                        platforms.contactUrl()),
                clock);
    }

    @Override
    public boolean canRead(Content content, Hints hints) {
        return recogniser(content, hints).isPresent();
    }

    @Override
    public List<Look> look(List<Content> contents, Vantage vantage, Hints hints) {
        Round round = new Round(fetch, paces, vantage, hints, clock);
        Map<Recogniser, List<Integer>> shares = new LinkedHashMap<>();
        Look[] looks = new Look[contents.size()];
        for (int i = 0; i < looks.length; i++) {
            looks[i] = Look.unknown(UnknownReason.NO_INTERFACE, "Only a person can see whether it is still up")
                    .readBy("person/1");
            int index = i;
            recogniser(contents.get(i), hints)
                    .ifPresent(recogniser -> shares.computeIfAbsent(recogniser, first -> new ArrayList<>())
                            .add(index));
        }
        shares.forEach((recogniser, share) -> {
            List<Look> seen = recogniser.look(share.stream().map(contents::get).toList(), round);
            for (int i = 0; i < share.size(); i++) {
                looks[share.get(i)] = seen.get(i).readBy(recogniser.name());
            }
        });
        return List.of(looks);
    }

    private Optional<Recogniser> recogniser(Content content, Hints hints) {
        return recognisers.stream()
                .filter(recogniser -> recogniser.reads(content, hints))
                .filter(recogniser -> !(recogniser instanceof WebPage) || !walled(content))
                .findFirst();
    }

    private static boolean walled(Content content) {
        String host = String.valueOf(content.url().getHost()).toLowerCase(Locale.ROOT);
        return WALLED.stream().anyMatch(site -> host.equals(site) || host.endsWith("." + site));
    }
}
