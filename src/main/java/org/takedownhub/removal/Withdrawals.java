package org.takedownhub.removal;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Involvement;
import org.takedownhub.cases.Strikes;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.NoticeWithdrawal;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** Taking a notice back from one recipient or from all, and setting right what had come of it. */
@Component
public class Withdrawals implements NoticeWithdrawal {

    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final Strikes strikes;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Involvement involvement;
    private final Actor actor;
    private final Audit audit;

    Withdrawals(
            Cases cases,
            Notices notices,
            Letters letters,
            ContactDirectory contacts,
            Strikes strikes,
            Takedowns takedowns,
            Transactions transactions,
            Involvement involvement,
            Actor actor,
            Audit audit) {
        this.cases = cases;
        this.strikes = strikes;
        this.involvement = involvement;
        this.actor = actor;
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
                    .filter(recipient -> takeBack(reference, recipient.number(), reason))
                    .map(Recipient::name)
                    .toList();
            if (withdrawn.isEmpty()) {
                throw new NothingToSettle("Case " + reference + " has just been settled otherwise");
            }
            involvement.had(reference, actor.current(), "withdrew a notice");
            return withdrawn;
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean takeBack(CaseReference reference, int recipientNumber, String reason) {
        Recipient recipient = notices.require(reference, recipientNumber);
        boolean taken =
                recipient.outcome().isPresent() ? takeBackAfterwards(recipient, reason) : withdraw(recipient, reason);
        if (taken) {
            correctCase(reference, reason);
        }
        return taken;
    }

    /** Something had come of it already: the figures are corrected, and a removal may be undone. */
    private boolean takeBackAfterwards(Recipient recipient, String reason) {
        CaseReference reference = recipient.reference();
        Optional<Outcome> before = notices.correct(reference, recipient.number(), Outcome.WITHDRAWN, reason);
        before.ifPresent(was -> {
            audit.record(reference, "notice.withdrawn", recipient.name() + ": " + reason);
            if (was == Outcome.REMOVED || was == Outcome.RESTRICTED) {
                reinstate(recipient);
            } else {
                tell(recipient);
            }
            takedowns.noticeSettled(reference, recipient.number());
        });
        return before.isPresent();
    }

    /** Tells the platform that it may put the content back. Whether it does is its own affair. */
    private void reinstate(Recipient recipient) {
        CaseReference reference = recipient.reference();
        letters.write(
                "reinstatement/" + reference + "/" + recipient.number(),
                reference,
                "REINSTATEMENT",
                recipient.name(),
                contacts.mailOf(recipient),
                "Withdrawal of " + reference + ": the content may be put back",
                "The notice with reference " + reference + " is withdrawn. As far as you removed the content, or"
                        + " restricted access to it, because of this notice, the ground for that is gone and you may"
                        + " put it back. Nothing more is asked of you.");
        audit.record(reference, "content.reinstatement-told", recipient.name());
    }

    /** The case as a whole says what is left of its recipients' outcomes. */
    private void correctCase(CaseReference reference, String reason) {
        Optional<Recipient> decisive = Recipient.decisive(notices.of(reference));
        boolean corrected = decisive.isPresent()
                && cases.correct(
                        reference,
                        decisive.get().outcome().orElseThrow(),
                        decisive.get().outcomeScope().orElse(null),
                        decisive.get().removedBy().orElse(null),
                        reason);
        if (corrected && decisive.get().outcome().get() != Outcome.REMOVED) {
            strikes.takeBack(reference);
            takedowns.returnWatchEnds(reference);
        }
    }

    /** False when somebody else was faster. */
    private boolean withdraw(Recipient recipient, String reason) {
        CaseReference reference = recipient.reference();
        if (!notices.settle(reference, recipient.number(), Outcome.WITHDRAWN, null, null)) {
            return false;
        }
        audit.record(reference, "notice.withdrawn", recipient.name() + ": " + reason);
        tell(recipient);
        takedowns.noticeSettled(reference, recipient.number());
        return true;
    }

    private void tell(Recipient recipient) {
        CaseReference reference = recipient.reference();
        if (recipient.givenAt().isPresent()) {
            letters.write(
                    "withdrawal/" + reference + "/" + recipient.number(),
                    reference,
                    "WITHDRAWAL",
                    recipient.name(),
                    contacts.mailOf(recipient),
                    "Withdrawal of " + reference,
                    "The notice with reference " + reference + " is withdrawn. Nothing more is asked of you.");
        }
    }
}
