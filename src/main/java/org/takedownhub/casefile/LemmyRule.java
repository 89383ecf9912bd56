package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lemmy numbers posts and comments per instance; the same post has another number on every other one, so keys are weak.
 * {@code /post/5} is too common a path to be believed on any host: a host counts when its name or a list says so.
 * Elsewhere the general rule gives such an address a key of its own, which does for it as well.
 */
final class LemmyRule implements PlatformRule {

    private static final Pattern NAMED = Pattern.compile("(?:.*[.-])?(?:lemmy|feddit)[a-z0-9-]*\\..+");
    private static final Set<String> LISTED = Set.of(
            "beehaw.org",
            "discuss.tchncs.de",
            "hexbear.net",
            "infosec.pub",
            "lemm.ee",
            "mander.xyz",
            "midwest.social",
            "programming.dev",
            "sh.itjust.works",
            "slrpnk.net",
            "sopuli.xyz",
            "startrek.website",
            "ttrpg.network");
    private static final Pattern PATH = Pattern.compile("/(post|comment)/([1-9][0-9]{0,17})");
    private static final Pattern COMMENT_BELOW_POST = Pattern.compile("/post/[1-9][0-9]{0,17}/([1-9][0-9]{0,17})");

    @Override
    public Set<String> hosts() {
        return Set.of();
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        if (!LISTED.contains(address.host()) && !NAMED.matcher(address.host()).matches()) {
            return Optional.empty();
        }
        Matcher below = COMMENT_BELOW_POST.matcher(address.shape());
        if (below.matches()) {
            return found(address, "comment", below.group(1));
        }
        Matcher path = PATH.matcher(address.shape());
        return path.matches() ? found(address, path.group(1), path.group(2)) : Optional.empty();
    }

    private static Optional<ContentIdentity> found(WebAddress address, String type, String number) {
        return PlatformRule.weak(
                ContentKey.of("ap", type, address.authority() + "/" + number),
                address.scheme() + "://" + address.authority() + "/" + type + "/" + number,
                null);
    }
}
