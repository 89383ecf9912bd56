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

    private Wrappers() {}

    /** The address inside, decoded once, when this one is a wrapper that holds one. */
    static Optional<String> inner(WebAddress address) {
        return parameter(address).or(() -> amp(address));
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
