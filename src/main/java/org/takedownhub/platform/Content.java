package org.takedownhub.platform;

import java.net.URI;
import java.util.Map;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentKey;

/**
 * An item as a platform sees it.
 *
 * @param reference  the case it belongs to
 * @param url        the canonical address; hostile until proven otherwise, never fetched outside {@link SafeHttp}
 * @param identities what the platform itself called the item when last asked (local id, account id, uri, cid …); may
 *                   be empty
 */
public record Content(CaseReference reference, ContentKey key, URI url, Map<String, String> identities) {

    public Content {
        identities = Map.copyOf(identities);
    }
}
