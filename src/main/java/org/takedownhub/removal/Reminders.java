package org.takedownhub.removal;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** Reminders before the end of a recipient's time, one for each period. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Reminders {

    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final Audit audit;

    Reminders(Notices notices, Letters letters, ContactDirectory contacts, Audit audit) {
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.audit = audit;
    }

    void remind(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        String due = recipient.dueAt().map(Object::toString).orElse("soon");
        letters.write(
                key(reference, recipientNumber, due),
                reference,
                "REMINDER",
                recipient.name(),
                contacts.mailOf(recipient),
                "Reminder " + reference + ": removal due " + due,
                "The content referred under " + reference + " is still up. Removal is due before " + due + " (UTC).\n\n"
                        + recipient.explanation());
        audit.record(reference, "removal.reminded", "recipient " + recipientNumber + ", due " + due);
    }

    /** Whether the reminder of the period that ends then has gone out. */
    @Transactional(readOnly = true)
    boolean sent(CaseReference reference, int recipientNumber, Instant dueAt) {
        return letters.exists(key(reference, recipientNumber, dueAt.toString()));
    }

    private static String key(CaseReference reference, int recipientNumber, String due) {
        return "reminder/" + reference + "/" + recipientNumber + "/" + due;
    }
}
