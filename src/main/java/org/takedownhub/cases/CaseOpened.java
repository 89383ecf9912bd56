package org.takedownhub.cases;

import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;

/**
 * A case was opened; published in the transaction that does it.
 *
 * @param platform the platform instance that serves the content
 */
public record CaseOpened(CaseReference reference, ContentIdentity identity, String platform) {}
