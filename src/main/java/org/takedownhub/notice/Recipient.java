package org.takedownhub.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;

/**
 * One recipient of a notice, with a clock, a proof of delivery and an outcome of its own. The four instants are UTC and,
 * once set, never change.
 *
 * @param number         0, 1, 2 … within the case
 * @param role           what it is to the platform; more than one may be given the same notice
 * @param address        where it is reached itself; empty for a provider, who is reached through its platform
 * @param name           what people call it: the platform instance, a content manager, a host
 * @param issuedAt       the notice was made out
 * @param givenAt        it was handed over
 * @param receivedAt     proof that it arrived
 * @param acknowledgedAt the recipient said that it has it
 * @param proof          what proves that it arrived
 * @param dueAt          the first instant that is overdue
 * @param superseded     another notice to the same took its place
 */
public record Recipient(
        CaseReference reference,
        int number,
        String noticeId,
        Instrument instrument,
        String explanation,
        ContactRole role,
        String name,
        Optional<String> address,
        Channel channel,
        String platform,
        Instant issuedAt,
        Optional<Instant> givenAt,
        Optional<Instant> receivedAt,
        Optional<ProofOfDelivery> proof,
        Optional<Instant> acknowledgedAt,
        Optional<Instant> dueAt,
        int rung,
        Optional<Outcome> outcome,
        Optional<OutcomeScope> outcomeScope,
        Optional<RemovedBy> removedBy,
        boolean superseded) {

    /** Of several recipients' outcomes a case takes the one that says most about the content. */
    private static final List<Outcome> WEIGHT = List.of(
            Outcome.REMOVED,
            Outcome.MODIFIED,
            Outcome.ALREADY_GONE,
            Outcome.RESTRICTED,
            Outcome.NOT_REMOVED,
            Outcome.REFUSED,
            Outcome.IMPOSSIBLE,
            Outcome.WITHDRAWN);

    /** The recipient whose outcome the case takes; empty while none has one. */
    public static Optional<Recipient> decisive(List<Recipient> recipients) {
        return WEIGHT.stream()
                .flatMap(outcome -> recipients.stream()
                        .filter(recipient -> recipient.outcome().equals(Optional.of(outcome)))
                        .filter(recipient -> !recipient.hasGivenWay()))
                .findFirst();
    }

    /** Not obeyed, and another notice to the same took its place, which comes out by itself. */
    private boolean hasGivenWay() {
        return superseded && outcome.equals(Optional.of(Outcome.NOT_REMOVED));
    }

    /** Whether the last word is still to come. A refusal is a word, but removal may follow it on the ladder. */
    public boolean open() {
        return outcome.isEmpty() || outcome.get() == Outcome.REFUSED;
    }
}
