package org.takedownhub.casefile;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TikTok: videos and photo posts share one space of numbers. */
final class TikTokRule implements PlatformRule {

    private static final Pattern ITEM_PATH =
            Pattern.compile("/(?:@([A-Za-z0-9_.]{0,50})/(?:video|photo)|v|embed(?:/v[0-9])?"
                    + "|player/v[0-9]|(?:i18n/)?share/(?:video|photo|item))/([1-9][0-9]{14,20})(?:\\.html)?(?:/.*)?");
    private static final Pattern ACCOUNT_PATH = Pattern.compile("/@([A-Za-z0-9_.]{1,50})(?:/live)?");

    @Override
    public Set<String> hosts() {
        return Set.of("tiktok.com", "tiktokv.com", "vxtiktok.com", "tnktok.com");
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        // The feed tells by a parameter which item is open.
        Matcher item = ITEM_PATH.matcher(
                address.shape().equals("/foryou")
                        ? "/v/" + address.parameter("item_id").orElse("")
                        : address.shape());
        if (item.matches()) {
            String name = item.group(1) == null ? "" : UrlText.lowerCase(item.group(1));
            return PlatformRule.certain(
                    ContentKey.of("tiktok", "item", item.group(2)),
                    "https://www.tiktok.com/@" + name + "/video/" + item.group(2),
                    name.isEmpty() ? null : "tiktok:account:" + name);
        }
        Matcher account = ACCOUNT_PATH.matcher(address.shape());
        if (account.matches()) {
            ContentKey key = ContentKey.of("tiktok", "account", UrlText.lowerCase(account.group(1)));
            return PlatformRule.weak(key, "https://www.tiktok.com/@" + key.id(), key.value());
        }
        return Optional.empty();
    }
}
