package org.takedownhub.training;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things are found on this platform, and what an address of it names. */
final class Addresses {

    private static final Pattern POST =
            Pattern.compile("/(?:web/|deck/)?(?:@(?<name>[^/@]+)(?:@(?<host>[^/]+))?/(?<id>\\d{1,18})(?:/embed)?"
                    + "|users/(?<user>[^/]+)/statuses/(?<uri>\\d{1,18})(?:/activity)?"
                    + "|statuses/(?<bare>\\d{1,18}))/?");
    private static final Pattern PROFILE =
            Pattern.compile("/(?:@(?<name>[^/@]+)(?:@(?<host>[^/]+))?|users/(?<user>[^/]+))/?");

    private final String base;
    private final String authority;

    Addresses(int port) {
        authority = "localhost:" + port;
        base = "http://" + authority;
    }

    String base() {
        return base;
    }

    /** What Mastodon calls the domain: host and port. */
    String domain() {
        return authority;
    }

    String of(Post post) {
        return base + "/@" + post.author().username() + "/" + post.id();
    }

    /** The ActivityPub id of a post. */
    String uriOf(Post post) {
        return uriOf(post.author()) + "/statuses/" + post.id();
    }

    String of(Account account) {
        return base + "/@" + account.username();
    }

    /** The ActivityPub id of an account. */
    String uriOf(Account account) {
        return base + "/users/" + account.username();
    }

    String picture(String name) {
        return base + "/pictures/" + Picture.digest(name) + ".png";
    }

    /** The id of the post an address names; empty when it is not the address of a post here. */
    Optional<Long> postId(String url) {
        return path(url).map(POST::matcher).filter(Matcher::matches).map(match -> {
            String id = match.group("id") != null
                    ? match.group("id")
                    : match.group("uri") != null ? match.group("uri") : match.group("bare");
            return Long.parseLong(id);
        });
    }

    /** The name of the account an address names; empty when it is not the address of a profile here. */
    Optional<String> username(String url) {
        return path(url)
                .map(PROFILE::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group("name") != null ? match.group("name") : match.group("user"));
    }

    /** True for a Host header or an account's domain that means this platform. */
    boolean isOurs(String hostAndPort) {
        String port = authority.substring(authority.indexOf(':'));
        return hostAndPort.equalsIgnoreCase(authority)
                || hostAndPort.equals("127.0.0.1" + port)
                || hostAndPort.equals("[::1]" + port);
    }

    /** True for the Origin header of one of our own pages. */
    boolean isOurOrigin(String origin) {
        return origin.startsWith("http://") && isOurs(origin.substring("http://".length()));
    }

    private Optional<String> path(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
        boolean here = "http".equalsIgnoreCase(uri.getScheme())
                && uri.getRawAuthority() != null
                && isOurs(uri.getRawAuthority());
        return here ? Optional.ofNullable(uri.getPath()) : Optional.empty();
    }
}
