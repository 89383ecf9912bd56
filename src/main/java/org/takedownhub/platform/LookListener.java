package org.takedownhub.platform;

import java.time.Instant;
import org.takedownhub.casefile.CaseReference;

/** Told of every look that is made before a notice goes out, in a transaction of its own. */
public interface LookListener {

    void looked(CaseReference reference, int recipientNumber, Platform platform, Look look, Instant at);
}
