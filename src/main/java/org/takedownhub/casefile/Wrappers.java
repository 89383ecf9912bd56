package org.takedownhub.casefile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that carry another one inside: outgoing-link pages, log-in walls, caches and translations. */
final class Wrappers {

    private static final String GOOGLE = "(www\\.)?google\\.([a-z]{2,3}|co\\.[a-z]{2}|com\\.[a-z]{2})";

    /** @param target the parameter with the inner address; the first one present counts */
    private record Wrapper(Pattern host, Pattern path, List<String> target) {

        private static Wrapper of(String host, String path, String... target) {
            return new Wrapper(Pattern.compile(host), Pattern.compile(path), List.of(target));
        }

        private boolean covers(WebAddress address) {
            return host.matcher(address.authority()).matches()
                    && path.matcher(address.shape()).matches();
        }
    }

    private static final List<Wrapper> WRAPPERS = List.of(
            Wrapper.of("lm?\\.(facebook|messenger)\\.com|((www|m|web)\\.)?facebook\\.com", "/l\\.php", "u"),
            Wrapper.of(
                    "((www|m|web)\\.)?facebook\\.com",
                    "/plugins/(video|post)\\.php|/sharer/sharer\\.php|/login(\\.php|/web)?",
                    "href",
                    "u",
                    "next"),
            Wrapper.of("((www|m)\\.)?(tiktok)\\.com", "/oembed|/login", "url", "redirect_url"),
            Wrapper.of("publish\\.(twitter|x)\\.com", "/(oembed)?", "url", "query"),
            Wrapper.of("((www|mobile)\\.)?(x|twitter)\\.com", "/intent/(tweet|post)|/share", "url"),
            Wrapper.of("(www\\.)?vimeo\\.com", "/api/oembed\\.(json|xml)", "url"),
            Wrapper.of("(www\\.)?dailymotion\\.com", "/services/oembed", "url"),
            Wrapper.of("((www|old|new)\\.)?reddit\\.com", "/oembed|/media|/login", "url", "dest"),
            Wrapper.of("(api|graph)\\.(instagram|facebook)\\.com", "/oembed|/.*/instagram_oembed", "url"),
            Wrapper.of("embed\\.bsky\\.app", "/oembed", "url"),
            Wrapper.of("(www\\.)?(threads)\\.(com|net)", "/login", "next"),
            Wrapper.of("(t|telegram)\\.me", "/share/url|/iv", "url"),
            Wrapper.of("accounts\\.google\\.com", "/ServiceLogin|/signin/.*", "continue"),
            Wrapper.of("l\\.(instagram|threads)\\.(com|net)", "/", "u"),
            Wrapper.of("((www|m|music)\\.)?youtube\\.com", "/redirect", "q"),
            Wrapper.of("((www|m|music)\\.)?youtube\\.com", "/attribution_link", "u"),
            Wrapper.of("((www|m|music)\\.)?youtube\\.com", "/oembed", "url"),
            Wrapper.of("consent\\.(youtube|google)\\.com", "/.*", "continue"),
            Wrapper.of("(www\\.)?instagram\\.com", "/accounts/login", "next"),
            Wrapper.of("((www|mobile)\\.)?(x|twitter)\\.com", "/i/flow/login|/login", "redirect_after_login"),
            Wrapper.of(GOOGLE, "/url", "url", "q"),
            Wrapper.of(GOOGLE, "/imgres", "imgrefurl"),
            Wrapper.of("translate\\.google\\.[a-z.]{2,6}", "/(translate|website)?", "u"),
            Wrapper.of("out\\.reddit\\.com", "/.*", "url"),
            Wrapper.of("(www\\.)?duckduckgo\\.com", "/l", "uddg"),
            Wrapper.of("(www\\.)?vk\\.com", "/away(\\.php)?", "to"),
            Wrapper.of("([a-z0-9-]+\\.)?safelinks\\.protection\\.outlook\\.com", "/.*", "url"));

    private static final Pattern AMP_VIEWER = Pattern.compile("/amp/(s/)?([^/]+\\.[^/]+.*)");
    private static final Pattern AMP_CACHE = Pattern.compile("/[civ]/(s/)?([^/]+\\.[^/]+.*)");

    private static final Pattern GOOGLE_CACHE = Pattern.compile("cache:(?:[A-Za-z0-9_-]{12}:)?([^ ]+)(?: .*)?");
    private static final Pattern TELEGRAM_NAME = Pattern.compile("([a-z][a-z0-9_]{3,31})\\.t\\.me");
    private static final Pattern TELEGRAM_PEER = Pattern.compile("-100([0-9]{5,17})_([0-9]{1,12})");
    private static final String TRANSLATED = ".translate.goog";

    private Wrappers() {}

    /** The address inside, decoded once, when this one is a wrapper that holds one. */
    static Optional<String> inner(WebAddress address) {
        return parameter(address)
                .or(() -> amp(address))
                .or(() -> googleCache(address))
                .or(() -> translated(address))
                .or(() -> telegram(address));
    }

    private static Optional<String> googleCache(WebAddress address) {
        if (!address.authority().equals("webcache.googleusercontent.com")) {
            return Optional.empty();
        }
        return address.parameter("q")
                .map(GOOGLE_CACHE::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .map(inner -> inner.contains("://") ? inner : "http://" + inner);
    }

    /** Google writes the host in one label: dots as hyphens, hyphens doubled. */
    private static Optional<String> translated(WebAddress address) {
        if (!address.authority().endsWith(TRANSLATED)) {
            return Optional.empty();
        }
        String label = address.host().substring(0, address.host().length() - TRANSLATED.length());
        String host = label.replace("--", "\u0000").replace('-', '.').replace('\u0000', '-');
        return Optional.of("https://" + host + address.path()
                + WebAddress.query(address.parameters().stream()
                        .filter(parameter -> !parameter.name().startsWith("_x_tr_"))
                        .toList()));
    }

    /** A channel's own host, and Telegram's web app, which tells everything behind the hash. */
    private static Optional<String> telegram(WebAddress address) {
        Matcher name = TELEGRAM_NAME.matcher(address.authority());
        if (name.matches()) {
            return Optional.of(
                    "https://t.me/" + name.group(1) + address.path() + WebAddress.query(address.parameters()));
        }
        if (!address.authority().equals("web.telegram.org")) {
            return Optional.empty();
        }
        Matcher peer = TELEGRAM_PEER.matcher(address.fragment());
        if (peer.matches()) {
            return Optional.of("https://t.me/c/" + peer.group(1) + "/" + peer.group(2));
        }
        if (address.fragment().startsWith("?tgaddr=tg://")) {
            return Optional.of(address.fragment().substring("?tgaddr=".length()));
        }
        if (address.fragment().matches("@[A-Za-z][A-Za-z0-9_]{3,31}")) {
            return Optional.of("https://t.me/" + address.fragment().substring(1));
        }
        throw new InvalidContentUrl(
                "This address of Telegram's web app names no message: copy the link of the message, t.me/…");
    }

    private static Optional<String> parameter(WebAddress address) {
        return WRAPPERS.stream()
                .filter(wrapper -> wrapper.covers(address))
                .flatMap(wrapper -> wrapper.target().stream())
                .map(address::parameter)
                .flatMap(Optional::stream)
                .filter(inner -> !inner.isBlank())
                .findFirst()
                .map(inner -> inner.startsWith("/") && !inner.startsWith("//")
                        ? "https://" + address.authority() + inner
                        : inner);
    }

    private static Optional<String> amp(WebAddress address) {
        boolean viewer = address.authority().matches(GOOGLE);
        if (!viewer && !address.authority().endsWith(".cdn.ampproject.org")) {
            return Optional.empty();
        }
        Matcher path = (viewer ? AMP_VIEWER : AMP_CACHE).matcher(address.path());
        return path.matches()
                ? Optional.of((path.group(1) == null ? "http://" : "https://")
                        + path.group(2)
                        + WebAddress.query(address.parameters()))
                : Optional.empty();
    }
}
