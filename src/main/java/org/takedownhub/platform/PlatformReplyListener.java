package org.takedownhub.platform;

import org.takedownhub.casefile.CaseReference;

/**
 * Told about what a platform said to a report, once for each reply: it remembers {@link PlatformReply#key()}. Called
 * outside of any transaction; if it throws, the reply is told again later.
 */
public interface PlatformReplyListener {

    void replied(CaseReference reference, int recipientNumber, PlatformReply reply);
}
