package org.takedownhub.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.identity.Resolution.Found;
import org.takedownhub.identity.Resolution.Unresolved;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * Follows a short link until it names an item: at most five redirects, headers only, without cookies, and never to an
 * address inside our network. The item itself is not asked for. A page that is no item of a platform we know is left
 * again only for one that is, so that nobody's log-in page becomes the content.
 */
final class ShortLinks {

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Web web;
    private final Function<String, ContentIdentity> identities;
    private final Map<String, String> asBrowser;
    private final Clock clock;

    ShortLinks(Web web, Function<String, ContentIdentity> identities, String userAgent, Clock clock) {
        this.web = web;
        this.identities = identities;
        this.asBrowser = Map.of("User-Agent", userAgent, "Accept", "text/html, */*;q=0.8", "Accept-Language", "en-GB");
        this.clock = clock;
    }

    Resolution follow(URI start) {
        List<Hop> chain = new ArrayList<>();
        URI at = start;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            Optional<URI> next;
            try {
                next = target(at, chain);
            } catch (PlatformUnavailable e) {
                return new Unresolved(String.valueOf(e.getMessage()), chain, false, e.retryAt());
            }
            if (next.isEmpty()) {
                return redirects == 0
                        ? Unresolved.forNow("The link answered, but did not say where it leads", chain)
                        : item(at, chain);
            }
            Place place = place(next.get());
            if (place == Place.ITEM) {
                return new Found(next.get(), chain);
            }
            if (redirects > 0 && place(at) == Place.PAGE && place != Place.LINK) {
                return item(at, chain);
            }
            if (place == Place.NONE) {
                return Unresolved.forGood("The link leads to something that is no address of content", chain);
            }
            at = next.get();
        }
        return Unresolved.forGood("The link redirects more than " + MOST_REDIRECTS + " times", chain);
    }

    private Resolution item(URI at, List<Hop> chain) {
        return switch (place(at)) {
            case ITEM, PAGE -> new Found(at, chain);
            default -> Unresolved.forNow("The link led to " + at.getHost() + ", but not to an item there", chain);
        };
    }

    /** Asks for the headers only; then with GET, as some do not answer HEAD; then under our own name, as one asks for. */
    private Optional<URI> target(URI url, List<Hop> chain) {
        for (Request request : List.of(
                new Request("HEAD", url, asBrowser, null),
                Request.get(url, asBrowser),
                Request.get(url, Map.of("Accept", "*/*")))) {
            Response answer = headers(request, chain);
            Optional<String> location = answer.header("location");
            if (REDIRECTS.contains(answer.status()) && location.isPresent()) {
                return Optional.of(target(url, location.get(), chain));
            }
            if (answer.status() == 429 || answer.status() == 503) {
                throw new PlatformUnavailable(
                        url.getHost() + " asks to come back later", answer.retryAfter(clock.instant()));
            }
        }
        return Optional.empty();
    }

    private Response headers(Request request, List<Hop> chain) {
        try {
            Response answer = web.headers(request);
            chain.add(new Hop(
                    request.method(), request.uri(), answer.status(), answer.header("location"), clock.instant()));
            return answer;
        } catch (PlatformUnavailable e) {
            chain.add(
                    new Hop(request.method(), request.uri(), 0, Optional.ofNullable(e.getMessage()), clock.instant()));
            throw e;
        }
    }

    private static URI target(URI from, String location, List<Hop> chain) {
        StringBuilder ascii = new StringBuilder();
        // A header is read byte by byte: what is no ASCII is one octet of UTF-8 each.
        location.strip()
                .chars()
                .forEach(octet -> ascii.append(
                        octet > ' ' && octet < 0x7F
                                ? String.valueOf((char) octet)
                                : String.format(Locale.ROOT, "%%%02X", octet & 0xFF)));
        try {
            if (ascii.length() <= ContentIdentities.MAX_URL_LENGTH) {
                return from.resolve(new URI(ascii.toString()));
            }
        } catch (URISyntaxException e) {
            throw new PlatformUnavailable("The link leads to something that is no address", e);
        }
        throw new PlatformUnavailable("The link leads to an address that is too long", Optional.empty());
    }

    private enum Place {
        /** An item of a platform we know. */
        ITEM,
        /** A page that may be anything. */
        PAGE,
        /** Another short link. */
        LINK,
        /** A platform's site or a front page: no item. */
        NOWHERE,
        /** No address of content at all. */
        NONE
    }

    private Place place(URI url) {
        ContentIdentity identity;
        try {
            identity = identities.apply(url.toString());
        } catch (InvalidContentUrl e) {
            return Place.NONE;
        }
        boolean frontPage = identity.canonicalUrl().getPath() == null
                || identity.canonicalUrl().getPath().length() <= 1
                        && identity.canonicalUrl().getQuery() == null;
        return switch (identity.key().platform()) {
            case "short" -> Place.LINK;
            case "web" -> identity.weak() || frontPage ? Place.NOWHERE : Place.PAGE;
            default -> Place.ITEM;
        };
    }
}
