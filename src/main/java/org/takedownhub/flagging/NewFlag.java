package org.takedownhub.flagging;

import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.Source;

/**
 * Somebody's report of content, checked by {@link FlagRules}.
 *
 * @param url               as the reporter wrote it
 * @param reportingForce    the police force that asks for removal
 * @param reporterReference the reporter's own number for it
 */
public record NewFlag(
        ContentIdentity identity,
        String url,
        String reason,
        Category category,
        Source source,
        Optional<String> reportingForce,
        boolean threatToLife,
        Optional<String> reporterReference) {}
