package org.takedownhub.casefile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address in parts, in one spelling (RFC 3986 section 6.2.2).
 *
 * @param scheme     {@code http} or {@code https}
 * @param host       as {@link HostNames#normalised} writes it
 * @param port       empty when it is the scheme's own
 * @param path       normalised, starts with a slash, no dot segments
 * @param segments   the path's non-empty parts, decoded once
 * @param parameters the query's non-empty pairs, in their order
 * @param fragment   decoded; empty when there is none
 */
record WebAddress(
        String scheme,
        String host,
        Optional<Integer> port,
        String path,
        List<String> segments,
        List<Parameter> parameters,
        String fragment) {

    private static final Pattern WEB =
            Pattern.compile("(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST_FIRST = Pattern.compile("([^/?#:@]+)(:[0-9]*)?([/?#].*)?");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(:[0-9]{0,5})?");
    private static final String PATH_PLAIN = "/!$&'()*+,;=:@";
    private static final String QUERY_PLAIN = PATH_PLAIN + "?";

    /** One pair of the query, normalised; {@code text} is how it stands in the address. */
    record Parameter(String name, String value, String text) {

        private static Parameter of(String text) {
            int equals = text.indexOf('=');
            return new Parameter(
                    decoded(equals < 0 ? text : text.substring(0, equals)),
                    equals < 0 ? "" : decoded(text.substring(equals + 1)),
                    text);
        }

        private static String decoded(String part) {
            return UrlText.decoded(part.replace('+', ' '));
        }
    }

    /**
     * Reads a cleaned text. A known host without a scheme reads as https.
     *
     * @param knownHosts hosts that count as known, {@code host} or {@code host:port}
     */
    static WebAddress parse(String text, Set<String> knownHosts) {
        Matcher web = WEB.matcher(text);
        if (web.matches()) {
            return read(web);
        }
        refuseSchemeWithoutSlashes(text);
        Matcher hostFirst = HOST_FIRST.matcher(text);
        if (hostFirst.matches()) {
            Matcher asHttps = WEB.matcher("https://" + text);
            if (asHttps.matches() && hostFirst.group(1).indexOf('.') != 0) {
                WebAddress address = read(asHttps);
                if (knownHosts.contains(address.authority()) || knownHosts.contains(address.site())) {
                    return address;
                }
                refuseImitation(address, knownHosts);
                if (address.host().indexOf('.') > 0) {
                    throw new InvalidContentUrl(
                            "%s is not a platform we know by its bare name: put https:// in front of the address"
                                    .formatted(address.authority()));
                }
            }
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches()
                && scheme.group(1).length() <= 20
                && scheme.group(1).indexOf('.') < 0) {
            throw new InvalidContentUrl(
                    "An address starting with \"%s:\" does not lead to a post: send one that starts with https://, http:// or at://"
                            .formatted(scheme.group(1)));
        }
        if (text.matches("[^/?#]*@.*")) {
            throw userInfo();
        }
        throw new InvalidContentUrl(
                "This is a part of an address: send the complete one, starting with https:// and the host");
    }

    static void refuseImitation(WebAddress address, Set<String> knownHosts) {
        HostNames.imitatedBy(address.host(), knownHosts).ifPresent(known -> {
            throw new InvalidContentUrl(
                    "The host %s poses as %s but is another one: check where the post really is and send that address"
                            .formatted(address.host(), known));
        });
    }

    private static void refuseSchemeWithoutSlashes(String text) {
        String start = UrlText.lowerCase(text.substring(0, Math.min(text.length(), 8)));
        if (start.startsWith("http:") || start.startsWith("https:") || text.startsWith("//")) {
            throw new InvalidContentUrl("The address does not start with https:// and a host: write it out completely");
        }
        if (start.startsWith("hxxp")) {
            throw new InvalidContentUrl(
                    "The address is written so that nobody can click it: write http in place of hxxp");
        }
    }

    private static WebAddress read(Matcher web) {
        String scheme = UrlText.lowerCase(web.group(1));
        if (web.group(2).indexOf('@') >= 0) {
            throw userInfo();
        }
        Matcher authority = AUTHORITY.matcher(web.group(2));
        if (!authority.matches() || authority.group(1).isEmpty()) {
            throw new InvalidContentUrl("The address names no valid host after https://: copy it again completely");
        }
        Optional<Integer> port =
                port(authority.group(2)).filter(number -> number != ("https".equals(scheme) ? 443 : 80));
        String path = withoutDotSegments(UrlText.normalised(web.group(3), PATH_PLAIN));
        List<String> segments = Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(UrlText::decoded)
                .toList();
        String query = web.group(4) == null ? "" : web.group(4).substring(1);
        List<Parameter> parameters = Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> Parameter.of(UrlText.normalised(pair, QUERY_PLAIN)))
                .toList();
        String fragment = web.group(5) == null
                ? ""
                : UrlText.decoded(UrlText.normalised(web.group(5).substring(1), QUERY_PLAIN));
        return new WebAddress(
                scheme, HostNames.normalised(authority.group(1)), port, path, segments, parameters, fragment);
    }

    private static InvalidContentUrl userInfo() {
        return new InvalidContentUrl(
                "The address has a name or password before an @ in its host, which hides the real host: remove everything up to the @ if you do mean that host");
    }

    private static Optional<Integer> port(@Nullable String text) {
        if (text == null || text.length() < 2) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(1));
        if (port < 1 || port > 65_535) {
            throw new InvalidContentUrl("The port after the host lies between 1 and 65535: correct it or leave it out");
        }
        return Optional.of(port);
    }

    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int at = 1; at < parts.length; at++) {
            boolean last = at == parts.length - 1;
            if (parts[at].equals("..")) {
                kept.pollLast();
            } else if (!parts[at].equals(".")) {
                kept.addLast(parts[at]);
                continue;
            }
            if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The host, with the port when it is not the scheme's own. */
    String authority() {
        return host + port.map(number -> ":" + number).orElse("");
    }

    /** The host without the prefix that platforms use for their site for telephones. */
    String site() {
        if (port.isPresent()) {
            return authority();
        }
        return host.replaceFirst("^(www|m|mobile|amp)\\.(?=.+\\.)", "");
    }

    /** The first value of a parameter, decoded. */
    Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** The n-th part of the path, from 0; empty text when there is none. */
    String segment(int index) {
        return index < segments.size() ? segments.get(index) : "";
    }

    /** The path in a form that patterns read well: decoded parts joined by slashes, none of which holds a slash of its own. */
    String shape() {
        return segments.stream()
                .map(segment -> segment.indexOf('/') < 0 ? segment : "\u0000")
                .collect(Collectors.joining("/", "/", ""));
    }

    /** The fragment with its {@code #} where it reads like a path; else empty text: it then only points into the page. */
    String route() {
        return fragment.startsWith("/") || fragment.startsWith("!/")
                ? "#" + UrlText.normalised(fragment.replace("%", "%25"), QUERY_PLAIN)
                : "";
    }

    /** The query of the parameters that are left, sorted by name, with its question mark; empty text when none is left. */
    static String query(List<Parameter> parameters) {
        List<Parameter> sorted = new ArrayList<>(parameters);
        sorted.sort(Comparator.comparing(Parameter::name));
        return sorted.stream().map(Parameter::text).collect(Collectors.joining("&", sorted.isEmpty() ? "" : "?", ""));
    }
}
