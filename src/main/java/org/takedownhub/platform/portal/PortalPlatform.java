package org.takedownhub.platform.portal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * A platform without an API for reports: a person hands the notice in, and mostly a person looks, too. The hub itself
 * reads a public page only where that can say anything: a plain web page answers 410 or 404 when it is gone, an
 * ActivityPub object (ActivityPub section 6.4) also as a {@code Tombstone}. Sites that hide posts behind a log-in
 * answer the same whether the post is there or not.
 */
final class PortalPlatform implements Platform {

    /** Families of content keys whose addresses answer for themselves. */
    private static final Set<String> READABLE = Set.of("web", "ap");

    /** Sites with a log-in wall, or with one shell for every address, found or not. */
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

    private static final Map<String, String> PAGE = Map.of("Accept", "text/html, application/xhtml+xml, */*;q=0.8");
    private static final Map<String, String> OBJECT = Map.of("Accept", "application/activity+json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String instance;
    private final PortalSettings settings;
    private final SafeHttp http;

    PortalPlatform(String instance, PortalSettings settings, SafeHttp http) {
        this.instance = instance;
        this.settings = settings;
        this.http = http;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return settings.kind();
    }

    @Override
    public Channel channel() {
        return Channel.PORTAL;
    }

    @Override
    public List<String> capabilities() {
        return List.of(
                "notices are handed in by a person",
                settings.look() == PortalSettings.LookMode.PAGE
                        ? "the public page is watched where it can say anything"
                        : "a person looks whether content is still up");
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return new NeedsPerson(instance + " takes no reports over an API: hand the notice in "
                + settings.portalUrl().map(url -> "at " + url).orElse("the way the platform asks for"));
    }

    /** Looks at each item; items of one site share one look at its control page. */
    @Override
    public List<Look> look(List<Content> contents) {
        Map<URI, Boolean> controls = new HashMap<>();
        List<Look> looks = new ArrayList<>();
        for (Content content : contents) {
            looks.add(look(content, controls));
        }
        return looks;
    }

    private Look look(Content content, Map<URI, Boolean> controls) {
        if (settings.look() == PortalSettings.LookMode.NEVER
                || !READABLE.contains(content.key().platform())
                || walled(content.url())) {
            return Look.unknown(UnknownReason.NO_INTERFACE, "Only a person can see whether it is still up");
        }
        boolean object = isObject(content.key());
        try {
            Response answer = http.read(Request.get(content.url(), object ? OBJECT : PAGE));
            Availability availability = object ? ofObject(answer) : ofPage(answer);
            boolean alive = availability.isMiss()
                    ? controls.computeIfAbsent(control(content.url()), this::alive)
                    : availability == Availability.AVAILABLE;
            return new Look(
                    availability,
                    alive,
                    OptionalInt.of(answer.status()),
                    (object ? "GET of the ActivityPub object: " : "GET of the page: ") + answer.status(),
                    Optional.of(answer.bodyHash()));
        } catch (PlatformUnavailable e) {
            return Look.unknown(UnknownReason.UNREACHABLE, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isObject(ContentKey key) {
        return key.platform().equals("ap");
    }

    private static Availability ofPage(Response answer) {
        return switch (answer.status()) {
            case 200 -> answer.body().length == 0 ? Availability.UNKNOWN : Availability.AVAILABLE;
            case 404, 410 -> Availability.GONE_UNATTRIBUTED;
            case 451 -> Availability.GEO_BLOCKED;
            default -> Availability.UNKNOWN;
        };
    }

    /** A server that answers a request for an object with a page has said nothing about the object. */
    private static Availability ofObject(Response answer) {
        if (answer.status() != 200) {
            return ofPage(answer);
        }
        String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/activity+json") && !type.startsWith("application/ld+json")) {
            return Availability.UNKNOWN;
        }
        try {
            String objectType = JSON.readTree(answer.body()).path("type").asText();
            if (objectType.isEmpty()) {
                return Availability.UNKNOWN;
            }
            return objectType.equals("Tombstone") ? Availability.GONE_UNATTRIBUTED : Availability.AVAILABLE;
        } catch (IOException e) {
            return Availability.UNKNOWN;
        }
    }

    private URI control(URI url) {
        return settings.controlUrl().orElseGet(() -> url.resolve("/"));
    }

    private boolean alive(URI control) {
        try {
            Response answer = http.read(Request.get(control, PAGE));
            return answer.status() == 200 && answer.body().length > 0;
        } catch (PlatformUnavailable e) {
            return false;
        }
    }

    private static boolean walled(URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return WALLED.stream().anyMatch(site -> host.equals(site) || host.endsWith("." + site));
    }

    @Override
    public Capture capture(Content content) {
        Response answer = http.read(Request.get(content.url(), PAGE));
        if (answer.status() != 200) {
            throw new PlatformUnavailable(
                    "The page answered with HTTP " + answer.status() + " instead of the content", Optional.empty());
        }
        String mediaType = answer.header("content-type").orElse("application/octet-stream");
        return new Capture(
                "GET of the page",
                answer.status(),
                mediaType,
                answer.body(),
                Map.of(),
                mediaType.toLowerCase(Locale.ROOT).startsWith("image/") ? List.of(content.url()) : List.of());
    }

    /** There is nothing to connect to: a person does. */
    @Override
    public void checkConnection() {}
}
