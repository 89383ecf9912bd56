package org.takedownhub.platform.portal;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Packet;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.Vantages;

/**
 * A platform without an API for reports: a person hands the notice in. The hub itself looks where something public can
 * tell ({@link PublicLooks}); for the rest, a person looks, too.
 */
final class PortalPlatform implements Platform {

    private static final Map<String, String> PAGE = Map.of("Accept", "text/html, application/xhtml+xml, */*;q=0.8");

    private final String instance;
    private final PortalSettings settings;
    private final SafeHttp http;
    private final PublicLooks looks;
    private final Vantages vantages;

    PortalPlatform(String instance, PortalSettings settings, SafeHttp http, PublicLooks looks, Vantages vantages) {
        this.instance = instance;
        this.settings = settings;
        this.http = http;
        this.looks = looks;
        this.vantages = vantages;
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
                        ? "public pages and interfaces are watched where they can say anything"
                        : "a person looks whether content is still up");
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return new NeedsPerson(instance + " takes no reports over an API: hand the notice in "
                + settings.portalUrl().map(url -> "at " + url).orElse("the way the platform asks for"));
    }

    @Override
    public Optional<Packet> packet(Content content, Category category, String explanation) {
        return PortalForm.of(content.key().platform())
                .map(form -> form.filled(settings.portalUrl().map(URI::toString), content, category, explanation));
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return look(contents, vantages.home());
    }

    @Override
    public List<Look> look(List<Content> contents, Vantage vantage) {
        if (settings.look() == PortalSettings.LookMode.NEVER) {
            return contents.stream()
                    .map(content ->
                            Look.unknown(UnknownReason.NO_INTERFACE, "Only a person can see whether it is still up"))
                    .toList();
        }
        return looks.look(contents, vantage, settings.hints());
    }

    @Override
    public boolean differsByCountry() {
        return settings.look() == PortalSettings.LookMode.PAGE;
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
