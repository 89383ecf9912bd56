package org.takedownhub.platform;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An item as fetched.
 *
 * @param method     how, such as {@code GET statuses/{id}}
 * @param body       the answer's bytes, within the size limit
 * @param identities what the platform calls the item, where the answer tells
 * @param media      where its pictures and videos are, the item's own order; hostile until proven otherwise, never
 *                   fetched outside {@link SafeHttp} and never with credentials
 */
public record Capture(
        String method, int httpStatus, String mediaType, byte[] body, Map<String, String> identities, List<URI> media) {

    public Capture {
        identities = Map.copyOf(identities);
        media = List.copyOf(media);
    }

    /** An item that is all in its answer. */
    public Capture(String method, int httpStatus, String mediaType, byte[] body, Map<String, String> identities) {
        this(method, httpStatus, mediaType, body, identities, List.of());
    }
}
