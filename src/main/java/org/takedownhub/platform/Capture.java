package org.takedownhub.platform;

import java.util.Map;

/**
 * An item as fetched.
 *
 * @param method     how, such as {@code GET statuses/{id}}
 * @param body       the answer's bytes, within the size limit
 * @param identities what the platform calls the item, where the answer tells
 */
public record Capture(String method, int httpStatus, String mediaType, byte[] body, Map<String, String> identities) {

    public Capture {
        identities = Map.copyOf(identities);
    }
}
