package org.takedownhub.escalation;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;

/** Proposals of a statutory notice that nobody decides in time. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OverdueApprovals {

    private static final String PURPOSE = "FORMAL_NOTICE_OVERDUE";

    private final Letters letters;
    private final ContactBook contacts;
    private final Audit audit;

    OverdueApprovals(Letters letters, ContactBook contacts, Audit audit) {
        this.letters = letters;
        this.contacts = contacts;
        this.audit = audit;
    }

    /** Tells the duty officers, once. Silence is no decision: the proposal stays open as long as the ladder is climbed. */
    void report(CaseReference reference, int recipientNumber) {
        letters.write(
                "formal-notice/" + reference + "/" + recipientNumber,
                reference,
                PURPOSE,
                "Duty officers",
                contacts.rung(PURPOSE),
                "Nobody has decided about the statutory notice of " + reference,
                "The ladder of " + reference + " proposed a statutory notice, and no authorised officer has decided in"
                        + " time. The task Approve formal notice is still open, and the ladder climbs on.");
        audit.record(reference, "formal-notice.overdue", "recipient " + recipientNumber);
    }
}
