package org.takedownhub.removal;

import org.takedownhub.casefile.CaseReference;

/** Told, once for each such time, that nothing the watch saw for long could tell whether content is still up. */
public interface RemovalUnclear {

    /** @param why what the last look said, in words for a caseworker */
    void unclear(CaseReference reference, int recipientNumber, String why);
}
