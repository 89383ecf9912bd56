package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.ProofOfDelivery;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** What a platform told a person, at any time, and what follows from it. */
@Component
public class Answers {

    /** How far the clock of whoever noted the answer may be behind ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Notices notices;
    private final RemovalClock removalClock;
    private final Removals removals;
    private final Restrictions restrictions;
    private final Watched watched;
    private final UnclearRemovals unclear;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Answers(
            JdbcClient jdbc,
            Notices notices,
            RemovalClock removalClock,
            Removals removals,
            Restrictions restrictions,
            Watched watched,
            UnclearRemovals unclear,
            Takedowns takedowns,
            Transactions transactions,
            Audit audit,
            Actor actor,
            Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.removalClock = removalClock;
        this.removals = removals;
        this.restrictions = restrictions;
        this.watched = watched;
        this.unclear = unclear;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /** As below, without a territory. */
    public String told(CaseReference reference, Optional<String> name, Answer answer, String detail, Instant at) {
        return told(reference, name, answer, Optional.empty(), detail, at);
    }

    /**
     * Takes an answer down and acts on it.
     *
     * @param name      the recipient, needed when more than one is open
     * @param territory where a restriction holds: ISO 3166 alpha-2, or {@code EU}; the hub's own country when empty
     * @param at        when the platform said so, UTC
     * @return the recipient's name
     * @throws NothingToSettle  no notice has been given, or all of them are settled
     * @throws UnknownRecipient there is no such recipient
     * @throws AnsweredTooEarly the answer would be older than the notice
     */
    public String told(
            CaseReference reference,
            Optional<String> name,
            Answer answer,
            Optional<String> territory,
            String detail,
            Instant at) {
        return transactions.run(() -> {
            Recipient recipient = addressed(reference, name);
            Instant given = recipient.givenAt().orElseThrow();
            if (at.isBefore(given.minus(CLOCKS_APART))) {
                throw new AnsweredTooEarly("at lies before " + given
                        + ", when the notice was given; send when the platform answered, in UTC");
            }
            jdbc.sql("insert into platform_answer (case_reference, recipient_number, answer, territory, detail,"
                            + " answered_at, told_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            reference.value(),
                            recipient.number(),
                            answer.name(),
                            territory.orElse(null),
                            detail,
                            stored(at),
                            actor.current(),
                            stored(clock.instant()))
                    .update();
            audit.record(reference, "removal.answer", answer + " from " + recipient.name());
            // Who answers a notice has it.
            notices.received(
                    reference,
                    recipient.number(),
                    at,
                    answer == Answer.ACKNOWLEDGED ? ProofOfDelivery.ACKNOWLEDGEMENT : ProofOfDelivery.ANSWER,
                    answer.name());
            act(recipient, answer, territory.orElseGet(restrictions::home), detail, at);
            return recipient.name();
        });
    }

    private void act(Recipient recipient, Answer answer, String territory, String detail, Instant at) {
        CaseReference reference = recipient.reference();
        int number = recipient.number();
        switch (answer) {
            case ACKNOWLEDGED -> notices.acknowledged(reference, number, at);
            case REMOVED -> {
                removals.settle(
                        recipient,
                        Outcome.REMOVED,
                        OutcomeScope.UNKNOWN,
                        RemovedBy.PLATFORM,
                        at,
                        "told by the platform");
                // What one recipient says is no proof for the others, but a reason to look.
                watched.lookNow(reference, recipient.platform());
            }
            case MODIFIED -> {
                notices.acknowledged(reference, number, at);
                unclear.unclear(reference, number, UnclearRemovals.MODIFIED);
            }
            case RESTRICTED -> {
                if (restrictions.comply(recipient, territory, at)) {
                    removals.settle(
                            recipient,
                            Outcome.RESTRICTED,
                            OutcomeScope.COUNTRY,
                            RemovedBy.PLATFORM,
                            at,
                            "told by the platform: in " + territory);
                } else {
                    notices.acknowledged(reference, number, at);
                    watched.lookNow(reference, recipient.platform());
                }
            }
            case REFUSED -> {
                notices.settle(reference, number, Outcome.REFUSED, null, null);
                takedowns.removalRefused(reference, number);
            }
            case IMPOSSIBLE -> {
                if (removalClock.stopsOnCause(recipient)) {
                    stop(recipient, at, "impossible: " + detail);
                } else {
                    notices.settle(reference, number, Outcome.IMPOSSIBLE, null, null);
                    takedowns.noticeSettled(reference, number);
                }
            }
            case CLARIFICATION -> {
                if (removalClock.stopsOnCause(recipient)) {
                    stop(recipient, at, "clarification: " + detail);
                } else {
                    takedowns.clarificationAsked(reference, number, removalClock.answerBy());
                }
            }
            case CLARIFICATION_ENDED -> takedowns.clarificationEnded(reference, number);
        }
    }

    private void stop(Recipient recipient, Instant at, String cause) {
        if (takedowns.clockStopped(recipient.reference(), recipient.number(), removalClock.answerBy())) {
            removalClock.stop(recipient, at, cause);
        }
    }

    private Recipient addressed(CaseReference reference, Optional<String> name) {
        List<Recipient> open = notices.of(reference).stream()
                .filter(recipient -> recipient.open() && recipient.givenAt().isPresent())
                .toList();
        if (open.isEmpty()) {
            throw new NothingToSettle("Case " + reference + " has no open notice that a platform could answer");
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
