package org.takedownhub.removal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** More time for a recipient, given by the issuer where the rule of its clock lets the issuer. */
@Component
public class Extensions {

    private final Notices notices;
    private final RemovalClock removalClock;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;

    Extensions(
            Notices notices, RemovalClock removalClock, Takedowns takedowns, Transactions transactions, Audit audit) {
        this.notices = notices;
        this.removalClock = removalClock;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * What became of an extension.
     *
     * @param before when removal was due until now
     * @param dueAt  when it is due from now on
     */
    public record Extended(String recipient, Instant before, Instant dueAt) {}

    /**
     * Moves the end of a recipient's time to later. A recipient that has been escalated already is waited for again.
     *
     * @param name  the recipient, needed when more than one is open
     * @param until the first instant that is overdue from now on, UTC
     * @throws NothingToSettle   no notice has been given, all are settled, or the case is just moving on
     * @throws UnknownRecipient  there is no such recipient
     * @throws ExtensionRefused  the rule lets nobody extend, or no clock runs
     * @throws ExtensionTooEarly the end would not be later
     */
    public Extended extend(CaseReference reference, Optional<String> name, Instant until, String reason) {
        return transactions.run(() -> {
            Recipient recipient = addressed(reference, name);
            Instant before = recipient.dueAt().orElse(until);
            RemovalClock.Alarms alarms = removalClock.extend(recipient, until, reason);
            audit.record(
                    reference,
                    "clock.extension-granted",
                    recipient.name() + " has until " + until + " instead of " + before + ": " + reason);
            if (!takedowns.dueMoved(reference, recipient.number(), alarms.removalDueAt(), alarms.reminderDueAt())) {
                throw new NothingToSettle("Nothing waits for " + recipient.name() + " in case " + reference
                        + " at this moment; look at the case and try again");
            }
            return new Extended(recipient.name(), before, until);
        });
    }

    private Recipient addressed(CaseReference reference, Optional<String> name) {
        List<Recipient> open = notices.of(reference).stream()
                .filter(recipient ->
                        recipient.outcome().isEmpty() && recipient.givenAt().isPresent())
                .toList();
        if (open.isEmpty()) {
            throw new NothingToSettle("Case " + reference + " has no open notice whose time could be extended");
        }
        List<Recipient> meant = open.stream()
                .filter(recipient -> name.isEmpty() || recipient.name().equals(name.get()))
                .toList();
        if (meant.size() != 1) {
            throw new UnknownRecipient("Name one of the open recipients of case " + reference + ": "
                    + open.stream().map(Recipient::name).collect(Collectors.joining(", ")));
        }
        return meant.get(0);
    }
}
