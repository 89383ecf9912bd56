package org.takedownhub.platform;

import org.takedownhub.casefile.Category;

/**
 * What is sent to a platform about one item. Names no officer.
 *
 * @param idempotencyKey same key, same notice: 64 hex digits made from notice, recipient, rung and attempt
 * @param unlawful       true when the verdict is that the content breaks the law, false when only the platform's terms
 * @param explanation    plain text for the platform's moderators, at most 4,000 characters; a connector whose platform
 *                       takes less says so as {@link PlatformRefusal} or shortens it only where it says that it did
 */
public record Notice(
        String idempotencyKey,
        Content content,
        Category category,
        boolean unlawful,
        boolean threatToLife,
        String explanation) {}
