package org.takedownhub.platform.page;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Any other page. 410 and 404 are a miss beside a live control. 200 is no proof that the item is up: the page is
 * compared with what the site answers for an address that cannot exist, so that a shell and a "not found" that says 200
 * are told from content.
 */
final class WebPage extends ItemRecogniser {

    static final Map<String, String> PAGE =
            Map.of("Accept", "text/html, application/xhtml+xml, */*;q=0.8", "Cache-Control", "no-cache");

    private static final int MOST_HOPS = 2;
    private static final String NOWHERE = "takedownhub-no-such-page";
    private static final String NO_NUMBER = "987654321";
    private static final Pattern LAST_VALUE = Pattern.compile("[^=&]*$");
    private static final Pattern LAST_SEGMENT = Pattern.compile("[^/]+/?$");

    private final RecentPages neighbours;

    WebPage(RecentPages neighbours) {
        this.neighbours = neighbours;
    }

    @Override
    public String name() {
        return "web/1";
    }

    @Override
    public boolean reads(Content content, Hints hints) {
        return content.key().platform().equals("web");
    }

    @Override
    String site(Content content) {
        return String.valueOf(content.url().getAuthority());
    }

    @Override
    Look look(Content content, Round round) {
        URI address = content.url();
        Response answer = round.get(address, PAGE);
        for (int hop = 0; hop < MOST_HOPS && isRedirect(answer); hop++) {
            Optional<URI> next = target(address, answer);
            if (Wall.in(answer).isPresent()
                    || next.filter(to -> samePage(content.url(), to)).isEmpty()) {
                break;
            }
            address = next.get();
            answer = round.get(address, PAGE);
        }
        if (answer.status() == 200 && answer.body().length > 0) {
            return page(content, answer, round);
        }
        if ((answer.status() == 404 || answer.status() == 410)
                && Wall.in(answer).isEmpty()) {
            return Reading.missing(answer, "no such page");
        }
        return Reading.noWord(answer, round);
    }

    private Look page(Content content, Response answer, Round round) {
        if (!Page.isHtml(answer)) {
            return Reading.up(answer, "a file");
        }
        Page page = Page.of(answer);
        Optional<Wall> wall = Wall.in(page);
        if (wall.isPresent()) {
            return Reading.unknown(wall.get().reason(), answer, wall.get().words());
        }
        if (page.canonical().filter(own -> isFront(content.url(), own)).isPresent()
                || page.refreshesTo().isPresent()) {
            return Reading.unknown(UnknownReason.OTHER_PAGE, answer, "another page than the one asked for");
        }
        Optional<Page> neighbour = neighbour(content.url(), round);
        if (neighbour.filter(page::sameAs).isPresent()) {
            return page.saysNotFound() && !page.isBlank()
                    ? Reading.missing(answer, "the page this site shows for addresses it does not know")
                    : Reading.unknown(UnknownReason.SHELL, answer, "the same page as for any other address");
        }
        if (page.isBlank()
                || page.saysNotFound()
                || neighbour.filter(page::resembles).isPresent()) {
            return Reading.unknown(
                    UnknownReason.SHELL, answer, "says 200, but shows nothing, \"not found\", or what it always shows");
        }
        return Reading.up(answer, "the page");
    }

    /** The page for an address beside this one that cannot exist; empty where the site says so properly. */
    private Optional<Page> neighbour(URI address, Round round) {
        URI beside = beside(address);
        String key = round.vantage().name() + " " + beside;
        return neighbours.get(key, round.now(), () -> {
            try {
                Response answer = round.get(beside, PAGE);
                return answer.status() == 200 && Page.isHtml(answer) ? Optional.of(Page.of(answer)) : Optional.empty();
            } catch (PlatformUnavailable e) {
                return Optional.empty();
            }
        });
    }

    static URI beside(URI address) {
        String query = address.getRawQuery();
        String path = Optional.ofNullable(address.getRawPath()).orElse("/");
        String origin = address.getScheme() + "://" + address.getRawAuthority();
        if (query != null) {
            return URI.create(
                    origin + path + "?" + LAST_VALUE.matcher(query).replaceFirst(noSuch(last(query, "[=&]"))));
        }
        String parent = LAST_SEGMENT.matcher(path).replaceFirst("");
        return URI.create(origin + (parent.isEmpty() ? "/" : parent) + noSuch(last(path, "/")));
    }

    private static String last(String text, String separator) {
        String[] parts = text.split(separator);
        return parts.length == 0 ? "" : parts[parts.length - 1];
    }

    private static String noSuch(String like) {
        return like.matches("[0-9]+") ? NO_NUMBER : NOWHERE;
    }

    @Override
    boolean isControlAlive(Content content, Round round) {
        URI address = round.hints().control().orElseGet(() -> content.url().resolve("/"));
        Response answer = round.get(address, PAGE);
        for (int hop = 0; hop < MOST_HOPS && isRedirect(answer); hop++) {
            Optional<URI> next = target(address, answer);
            if (Wall.in(answer).isPresent() || next.isEmpty() || !sameHost(address, next.get())) {
                return false;
            }
            address = next.get();
            answer = round.get(address, PAGE);
        }
        return answer.status() == 200
                && answer.body().length > 0
                && Wall.in(answer).isEmpty();
    }

    private static boolean isRedirect(Response answer) {
        return answer.status() >= 300 && answer.status() < 400;
    }

    private static Optional<URI> target(URI from, Response answer) {
        try {
            return answer.header("location").map(from::resolve);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same page in another spelling: its scheme, {@code www.}, a slash at the end. */
    private static boolean samePage(URI one, URI other) {
        return sameHost(one, other)
                && bare(one.getRawPath()).equals(bare(other.getRawPath()))
                && String.valueOf(one.getRawQuery()).equals(String.valueOf(other.getRawQuery()));
    }

    private static boolean sameHost(URI one, URI other) {
        return host(one).equals(host(other));
    }

    private static String host(URI address) {
        return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    }

    private static String bare(String path) {
        return path == null ? "" : path.replaceFirst("/$", "");
    }

    private static boolean isFront(URI item, String canonical) {
        try {
            URI own = item.resolve(canonical);
            return sameHost(item, own)
                    && bare(own.getRawPath()).isEmpty()
                    && own.getRawQuery() == null
                    && !(bare(item.getRawPath()).isEmpty() && item.getRawQuery() == null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
