package org.takedownhub.casefile;

import java.net.URI;
import java.util.Optional;

/**
 * What an address says about the content behind it, found without any network.
 *
 * @param key          the identity two spellings of one item share
 * @param canonicalUrl the address as the platform itself would write it
 * @param host         lower-case ASCII host of the canonical address, with {@code :port} when it is not the scheme's own;
 *                     {@code bsky.app} for an at:// address, which has none
 * @param accountKey   who posted it, where the address tells: {@code platform:account:id}
 * @param weak         true when the key may change once the platform has been asked (a handle, a remote view, a short link)
 *                     or when a platform's host was recognised, but no item on it
 * @param copyOf       for an archived page the key of what it shows, where the address tells
 */
public record ContentIdentity(
        ContentKey key,
        URI canonicalUrl,
        String host,
        Optional<String> accountKey,
        boolean weak,
        Optional<ContentKey> copyOf) {

    /** An original. */
    public ContentIdentity(ContentKey key, URI canonicalUrl, String host, Optional<String> accountKey, boolean weak) {
        this(key, canonicalUrl, host, accountKey, weak, Optional.empty());
    }
}
