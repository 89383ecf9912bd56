package org.takedownhub.flagging;

import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentKey;

/**
 * What became of a flag.
 *
 * @param duplicate the content was an open case already, and the flag has joined it
 */
public record Flagged(String flagId, CaseReference caseReference, ContentKey contentKey, boolean duplicate) {}
