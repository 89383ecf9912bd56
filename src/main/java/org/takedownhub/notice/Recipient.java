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
 * @param name           what people call it: the platform instance, a content manager, a host
 * @param issuedAt       the notice was made out
 * @param givenAt        it was handed over
 * @param receivedAt     proof that it arrived
 * @param acknowledgedAt the recipient said that it has it
 * @param dueAt          the first instant that is overdue
 */
public record Recipient(
        CaseReference reference,
        int number,
        String noticeId,
        Instrument instrument,
        String explanation,
        String name,
        Channel channel,
        String platform,
        Instant issuedAt,
        Optional<Instant> givenAt,
        Optional<Instant> receivedAt,
        Optional<Instant> acknowledgedAt,
        Optional<Instant> dueAt,
        int rung,
        Optional<Outcome> outcome,
        Optional<OutcomeScope> outcomeScope,
        Optional<RemovedBy> removedBy) {

    /** Of several recipients' outcomes a case takes the one that says most about the content. */
    private static final List<Outcome> WEIGHT = List.of(
            Outcome.REMOVED,
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
                        .filter(recipient -> recipient.outcome().equals(Optional.of(outcome))))
                .findFirst();
    }

    /** Whether the last word is still to come. A refusal is a word, but removal may follow it on the ladder. */
    public boolean open() {
        return outcome.isEmpty() || outcome.get() == Outcome.REFUSED;
    }
}
