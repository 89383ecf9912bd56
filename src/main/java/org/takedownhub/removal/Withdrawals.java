package org.takedownhub.removal;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** Taking a notice back from one recipient or from all. */
@Component
public class Withdrawals {

    private final Notices notices;
    private final Letters letters;
    private final ContactBook contacts;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;

    Withdrawals(
            Notices notices,
            Letters letters,
            ContactBook contacts,
            Takedowns takedowns,
            Transactions transactions,
            Audit audit) {
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Withdraws.
     *
     * @param name one recipient; empty for all that are open
     * @return the names of the recipients it was withdrawn from
     * @throws NothingToSettle there is no open notice
     */
    public List<String> withdraw(CaseReference reference, String reason, Optional<String> name) {
        return transactions.run(() -> {
            List<Recipient> open = notices.of(reference).stream()
                    .filter(Recipient::open)
                    .filter(recipient -> name.isEmpty() || recipient.name().equals(name.get()))
                    .toList();
            if (open.isEmpty()) {
                throw new NothingToSettle("Case " + reference + " has no open notice to withdraw"
                        + name.map(named -> " from " + named).orElse(""));
            }
            List<String> withdrawn = open.stream()
                    .filter(recipient -> withdraw(recipient, reason))
                    .map(Recipient::name)
                    .toList();
            if (withdrawn.isEmpty()) {
                throw new NothingToSettle("Case " + reference + " has just been settled otherwise");
            }
            return withdrawn;
        });
    }

    /** False when somebody else was faster. */
    private boolean withdraw(Recipient recipient, String reason) {
        CaseReference reference = recipient.reference();
        if (!notices.settle(reference, recipient.number(), Outcome.WITHDRAWN, null, null)) {
            return false;
        }
        audit.record(reference, "notice.withdrawn", recipient.name() + ": " + reason);
        if (recipient.givenAt().isPresent()) {
            letters.write(
                    "withdrawal/" + reference + "/" + recipient.number(),
                    reference,
                    "WITHDRAWAL",
                    recipient.name(),
                    contacts.platform(recipient.platform()),
                    "Withdrawal of " + reference,
                    "The notice with reference " + reference + " is withdrawn. Nothing more is asked of you.");
        }
        takedowns.noticeSettled(reference, recipient.number());
        return true;
    }
}
