package org.takedownhub.casefile;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one platform writes the addresses of its items. */
interface PlatformRule {

    /** Hosts of the rule, lower case, without {@code www.}, {@code m.}, {@code mobile.} and {@code amp.}. */
    Set<String> hosts();

    /** The item behind the address, or empty when this rule knows no item of that shape. */
    Optional<ContentIdentity> identify(WebAddress address);

    /** A key that stays whatever the platform answers later. */
    static Optional<ContentIdentity> certain(ContentKey key, String canonicalUrl, @Nullable String accountKey) {
        return Optional.of(identity(key, canonicalUrl, accountKey, false));
    }

    /** A key that may change once the platform was asked. */
    static Optional<ContentIdentity> weak(ContentKey key, String canonicalUrl, @Nullable String accountKey) {
        return Optional.of(identity(key, canonicalUrl, accountKey, true));
    }

    private static ContentIdentity identity(
            ContentKey key, String canonicalUrl, @Nullable String accountKey, boolean weak) {
        URI url = URI.create(canonicalUrl);
        return new ContentIdentity(key, url, url.getRawAuthority(), Optional.ofNullable(accountKey), weak);
    }
}
