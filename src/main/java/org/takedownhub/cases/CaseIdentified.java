package org.takedownhub.cases;

import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;

/** An open case was given another identity; published in the transaction that does it. */
record CaseIdentified(CaseReference reference, ContentIdentity identity) {}
