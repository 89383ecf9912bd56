package org.takedownhub.identity;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.cases.ContentAddresses;
import org.takedownhub.identity.Resolution.Unresolved;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** Asks the network what is behind an address. */
@Component
class IdentityResolver {

    private final Function<String, ContentIdentity> identities;
    private final ShortLinks shortLinks;
    private final Handles handles;
    private final RemoteViews remoteViews;

    @Autowired
    IdentityResolver(ContentAddresses addresses, IdentitySettings settings, Clock clock) {
        this(addresses::identify, settings, clock, over(client(settings, clock)));
    }

    IdentityResolver(Function<String, ContentIdentity> identities, IdentitySettings settings, Clock clock, Web web) {
        Pages pages = new Pages(web, clock);
        this.identities = identities;
        this.shortLinks = new ShortLinks(web, identities, settings.userAgent(), clock);
        this.handles = new Handles(pages, settings.plcDirectory());
        this.remoteViews = new RemoteViews(pages);
    }

    Resolution resolve(Question question) {
        try {
            return switch (question.kind()) {
                case SHORT_LINK -> shortLinks.follow(question.url());
                case AT_HANDLE -> handles.resolve(
                        identities.apply(question.url().toString()));
                case REMOTE_VIEW -> remoteViews.resolve(
                        identities.apply(question.url().toString()));
            };
        } catch (PlatformUnavailable e) {
            return new Unresolved(String.valueOf(e.getMessage()), List.of(), false, e.retryAt());
        }
    }

    static Web over(SafeHttp http) {
        return new Web() {
            @Override
            public Response headers(Request request) {
                return http.headers(request);
            }

            @Override
            public Response read(Request request) {
                return http.read(request);
            }
        };
    }

    /** @param trusted origins inside our network that may be asked all the same */
    static SafeHttp client(IdentitySettings settings, Clock clock, URI... trusted) {
        return SafeHttp.of(
                "identity",
                new PlatformSettings(
                        "identity",
                        true,
                        settings.plcDirectory(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        settings.timeout(),
                        1,
                        Map.of("requests-per-minute", Integer.toString(settings.requestsPerMinute()))),
                clock,
                trusted);
    }
}
