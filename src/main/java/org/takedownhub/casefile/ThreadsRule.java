package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Threads: the same short codes as Instagram, in a space of their own. */
final class ThreadsRule implements PlatformRule {

    private static final String SITE = "https://www.threads.com/";
    private static final Pattern MEDIA_PATH =
            Pattern.compile("/(?:@([A-Za-z0-9_.]{1,30})/post|t)/([A-Za-z0-9_-]{5,60})(?:/.*)?");
    private static final Pattern ACCOUNT_PATH =
            Pattern.compile("/@([A-Za-z0-9_.]{1,30})(?:/(?:replies|media|reposts))?");

    @Override
    public Set<String> hosts() {
        return Set.of("threads.com", "threads.net");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        Matcher media = MEDIA_PATH.matcher(address.shape());
        if (media.matches()) {
            String account = media.group(1) == null ? null : "threads:account:" + UrlText.lowerCase(media.group(1));
            return MediaCode.number(media.group(2))
                    .flatMap(number -> PlatformRule.certain(
                            ContentKey.of("threads", "media", number), SITE + "t/" + MediaCode.code(number), account));
        }
        Matcher account = ACCOUNT_PATH.matcher(address.shape());
        if (account.matches()) {
            ContentKey key = ContentKey.of("threads", "account", UrlText.lowerCase(account.group(1)));
            return PlatformRule.weak(key, SITE + "@" + key.id(), key.value());
        }
        return Optional.empty();
    }
}
