package org.takedownhub.notice;

import org.takedownhub.casefile.CaseReference;

/** Takes a notice back from a recipient, however far it has come: before an answer, after a removal, after closing. */
public interface NoticeWithdrawal {

    /**
     * Withdraws, in the caller's transaction. The figures follow: a removal that rested on the notice counts as
     * withdrawn from here on, with what was counted before kept beside it.
     *
     * @param reason for the record, not for the recipient
     * @return false when it was withdrawn before
     */
    boolean takeBack(CaseReference reference, int recipientNumber, String reason);
}
