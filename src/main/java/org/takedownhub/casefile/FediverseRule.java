package org.takedownhub.casefile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Mastodon and the rest of the fediverse, known by the shape of the path on any host. Without asking the origin, an item
 * is its host and the number that host gave it, so every key here is weak: the same post has other numbers elsewhere.
 */
final class FediverseRule implements PlatformRule {

    private static final String USER = "([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?)";
    private static final String AT_HOST = "(?:@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?))?";
    /** Numbers (Mastodon, Pixelfed) or 26 characters of Crockford's base 32 (GoToSocial). */
    private static final String NUMBER = "([0-9]{1,20}|[0-9A-HJKMNP-TV-Z]{26})";

    private static final String REST = "(?:/.*)?";

    private static final Pattern STATUS =
            Pattern.compile("/(?:web/|deck/)?@" + USER + AT_HOST + "/(?:statuses/)?" + NUMBER + REST);
    private static final Pattern STATUS_OF_USER = Pattern.compile("/users/" + USER + "/statuses/" + NUMBER + REST);
    private static final Pattern STATUS_OF_NOBODY =
            Pattern.compile("/(?:web/statuses|deck/statuses|statuses|api/v1/statuses)/" + NUMBER + REST);
    private static final Pattern NOTICE = Pattern.compile("/notice/([A-Za-z0-9]{1,30})");
    private static final Pattern NOTE = Pattern.compile("/notes/((?=[a-z]*[0-9])[a-z0-9]{10,26})");
    private static final Pattern OBJECT =
            Pattern.compile("/objects/([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})");
    private static final Pattern ACCOUNT = Pattern.compile("/(?:(?:web/|deck/)?@|users/)" + USER + AT_HOST);

    @Override
    public Set<String> hosts() {
        return Set.of();
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        String origin = address.scheme() + "://" + address.authority();
        List<Function<String, Optional<ContentIdentity>>> readings = List.of(
                shape -> match(STATUS, shape).flatMap(found -> status(address, origin, found)),
                shape -> match(STATUS_OF_USER, shape)
                        .flatMap(found -> found(
                                address,
                                "status",
                                found.group(2),
                                origin + "/@" + found.group(1) + "/" + found.group(2),
                                account(found.group(1), address.authority()))),
                shape -> match(STATUS_OF_NOBODY, shape)
                        .flatMap(found -> found(
                                address, "status", found.group(1), origin + "/web/statuses/" + found.group(1), null)),
                shape -> match(NOTICE, shape)
                        .flatMap(found ->
                                found(address, "notice", found.group(1), origin + "/notice/" + found.group(1), null)),
                shape -> match(NOTE, shape)
                        .flatMap(found ->
                                found(address, "note", found.group(1), origin + "/notes/" + found.group(1), null)),
                shape -> match(OBJECT, shape)
                        .flatMap(found -> found(
                                address,
                                "object",
                                UrlText.lowerCase(found.group(1)),
                                origin + "/objects/" + UrlText.lowerCase(found.group(1)),
                                null)),
                shape -> match(ACCOUNT, shape).flatMap(found -> account(address, origin, found)));
        return readings.stream()
                .map(reading -> reading.apply(address.shape()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ContentIdentity> status(WebAddress address, String origin, MatchResult found) {
        String user = found.group(1);
        String home = found.group(2);
        return found(
                address,
                "status",
                found.group(3),
                origin + "/@" + user + (home == null ? "" : "@" + UrlText.lowerCase(home)) + "/" + found.group(3),
                account(user, home == null ? address.authority() : home));
    }

    private static Optional<ContentIdentity> account(WebAddress address, String origin, MatchResult found) {
        String home = found.group(2) == null ? address.authority() : found.group(2);
        String key = account(found.group(1), home);
        String name = found.group(1) + (found.group(2) == null ? "" : "@" + UrlText.lowerCase(home));
        return PlatformRule.weak(new ContentKey(key), origin + "/@" + name, key);
    }

    private static Optional<ContentIdentity> found(
            WebAddress address, String type, String id, String url, @Nullable String accountKey) {
        return PlatformRule.weak(ContentKey.of("ap", type, address.authority() + "/" + id), url, accountKey);
    }

    private static String account(String user, String host) {
        return "ap:account:" + UrlText.lowerCase(user) + "@" + UrlText.lowerCase(host);
    }

    private static Optional<MatchResult> match(Pattern pattern, String shape) {
        Matcher matcher = pattern.matcher(shape);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }
}
