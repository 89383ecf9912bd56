package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.Deadline;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.clock.Deadlines;
import org.takedownhub.clock.NoticeInstants;
import org.takedownhub.clock.PauseRule;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** The clock of one recipient: started, stopped, started afresh, met or missed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RemovalClock {

    /** Until when the hub means to have answered a platform's question, before the clock's speed is applied. */
    private static final Duration CLARIFICATION_TARGET = Duration.ofHours(4);

    /** Why a clock stands still of which it turned out that it should not have been started. */
    private static final String NEVER_GIVEN = "nobody got what was sent, so nothing was given";

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Returned returned;
    private final Notices notices;
    private final ClockLedger ledger;
    private final Deadlines deadlines;
    private final DeadlinePolicies policies;
    private final ClockSpeed speed;
    private final Clock clock;

    RemovalClock(
            JdbcClient jdbc,
            Cases cases,
            Returned returned,
            Notices notices,
            ClockLedger ledger,
            Deadlines deadlines,
            DeadlinePolicies policies,
            ClockSpeed speed,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.returned = returned;
        this.notices = notices;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.policies = policies;
        this.speed = speed;
        this.clock = clock;
    }

    /** Starts the clock, or after a stop starts a fresh period. The due date is computed here, once, and kept. */
    Alarms start(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        Optional<ClockEntry> stop = stopped(reference, recipientNumber);
        Instant now = clock.instant();
        DeadlinePolicy policy = policy(recipient);
        if (stop.isEmpty()) {
            return begin(recipient, policy, deadlines.deadline(policy, instants(recipient)), ClockEntry.Event.STARTED);
        }
        Instant from = causeEndedAt(stop.get()).orElse(now);
        return begin(recipient, policy, deadlines.restarted(policy, from), ClockEntry.Event.RESTARTED);
    }

    /** What the platform said of the end, when somebody typed that in; the law counts from there. */
    private Optional<Instant> causeEndedAt(ClockEntry stop) {
        return jdbc.sql("select max(answered_at) as ended_at from platform_answer where case_reference = ? and"
                        + " recipient_number = ? and answer = 'CLARIFICATION_ENDED' and answered_at >= ?")
                .params(stop.reference().value(), stop.recipientNumber(), stored(stop.at()))
                .query((row, number) -> Instants.optional(row, "ended_at"))
                .single();
    }

    private Alarms begin(Recipient recipient, DeadlinePolicy policy, Deadline deadline, ClockEntry.Event event) {
        CaseReference reference = recipient.reference();
        Instant alarm = deadline.alarmAt()
                .orElseThrow(() -> new IllegalStateException(
                        "Policy " + policy.code() + " gives case " + reference + " neither a due date nor a target"));
        notices.due(
                reference,
                recipient.number(),
                new Notices.Due(alarm, policy.code(), policy.version(), policy.legalReference()));
        ledger.add(ClockEntry.begins(reference, recipient.number(), event, deadline, policy.legalReference()));
        return new Alarms(alarm, deadline.remindAt().orElse(alarm));
    }

    /** It turned out that nobody had got the notice: no time has run at all. */
    void neverGiven(Recipient recipient, Instant at) {
        write(recipient, ClockEntry.Event.PAUSED, at, Optional.empty(), policy(recipient), NEVER_GIVEN);
    }

    /**
     * Starts the clock of a notice that has been given after nobody had got it before.
     *
     * @return what the engine is to be woken for; empty when the clock did not stand still for that
     */
    Optional<Alarms> givenAnew(CaseReference reference, int recipientNumber) {
        boolean waits = ledger.last(reference, recipientNumber)
                .filter(last ->
                        last.event() == ClockEntry.Event.PAUSED && last.detail().equals(NEVER_GIVEN))
                .isPresent();
        Recipient recipient = notices.require(reference, recipientNumber);
        if (!waits || recipient.givenAt().isEmpty()) {
            return Optional.empty();
        }
        DeadlinePolicy policy = policy(recipient);
        return Optional.of(
                begin(recipient, policy, deadlines.deadline(policy, instants(recipient)), ClockEntry.Event.RESTARTED));
    }

    /**
     * Gives a recipient more time.
     *
     * @param until the first instant that is overdue from now on, later than the one before
     * @throws ExtensionRefused the rule lets nobody extend, the clock does not run, or the end would not be later
     */
    Alarms extend(Recipient recipient, Instant until, String reason) {
        Instant now = clock.instant();
        DeadlinePolicy policy = policy(recipient);
        if (policy.pauseRule() != PauseRule.ISSUER_MAY_EXTEND) {
            throw new ExtensionRefused(
                    "The time of " + recipient.name() + " cannot be extended: " + policy.legalReference());
        }
        Instant before = recipient
                .dueAt()
                .orElseThrow(() -> new ExtensionRefused("No clock runs for " + recipient.name() + " that could be"
                        + " extended: it stands still or has not started"));
        if (!until.isAfter(before) || !until.isAfter(now)) {
            throw new ExtensionTooEarly("Time is only ever added: until must be later than " + before
                    + ", when removal is due now, and later than now");
        }
        Deadline deadline = deadlines.extended(policy, now, until);
        ClockEntry last = ledger.last(recipient.reference(), recipient.number()).orElseThrow();
        notices.due(
                recipient.reference(),
                recipient.number(),
                new Notices.Due(until, last.policyCode(), last.policyVersion(), policy.legalReference()));
        // The rule stays that of the period that is extended, whatever the table would say of the case by now.
        ledger.add(new ClockEntry(
                recipient.reference(),
                recipient.number(),
                ClockEntry.Event.EXTENDED,
                now,
                Optional.of(until),
                deadline.remindAt(),
                last.policyCode(),
                last.policyVersion(),
                Optional.empty(),
                reason));
        return new Alarms(until, deadline.remindAt().orElse(until));
    }

    /** Whether a question or an impossibility stops this recipient's clock, which depends on the law behind it. */
    boolean stopsOnCause(Recipient recipient) {
        return policy(recipient).pauseRule() == PauseRule.RESTART;
    }

    void stop(Recipient recipient, Instant at, String cause) {
        notices.paused(recipient.reference(), recipient.number());
        write(recipient, ClockEntry.Event.PAUSED, at, Optional.empty(), policy(recipient), cause);
    }

    /** The recipient's part came out at an instant: in time or not. A clock that was missed already stays missed. */
    void ended(Recipient recipient, Instant at) {
        Optional<ClockEntry> last = ledger.last(recipient.reference(), recipient.number());
        if (last.isEmpty() || last.get().event() == ClockEntry.Event.MISSED) {
            return;
        }
        boolean late = recipient.dueAt().filter(due -> !at.isBefore(due)).isPresent();
        again(last.get(), late ? ClockEntry.Event.MISSED : ClockEntry.Event.MET, at);
    }

    /** The due date has passed and nothing came. */
    void missed(CaseReference reference, int recipientNumber) {
        ledger.last(reference, recipientNumber)
                .filter(last -> last.event() != ClockEntry.Event.MISSED
                        && last.event() != ClockEntry.Event.MET
                        && last.event() != ClockEntry.Event.PAUSED)
                .ifPresent(last -> again(last, ClockEntry.Event.MISSED, clock.instant()));
    }

    Instant answerBy() {
        return clock.instant().plus(speed.scaled(CLARIFICATION_TARGET));
    }

    /** The stop after which no time has run yet. */
    private Optional<ClockEntry> stopped(CaseReference reference, int recipientNumber) {
        return ledger.last(reference, recipientNumber)
                .filter(last -> last.event() == ClockEntry.Event.PAUSED)
                .filter(last -> !last.detail().equals(NEVER_GIVEN));
    }

    /**
     * What another table would make of a recipient's time, counted from the same instant as now.
     *
     * @throws org.takedownhub.clock.MissingStartInstant the instant from which that table counts has not come yet
     */
    Deadline under(Recipient recipient, DeadlinePolicies others) {
        return deadlines.deadline(others.policyFor(question(recipient)), instants(recipient));
    }

    /** Whether the rule under which a recipient's time runs leaves it to the issuer to move its end. */
    boolean isMovable(Recipient recipient) {
        return policy(recipient).pauseRule() == PauseRule.ISSUER_MAY_EXTEND;
    }

    /** The law or policy behind a recipient's time. */
    String law(Recipient recipient) {
        return policy(recipient).legalReference();
    }

    /** Lets a recipient's time end when a newer table says. What held before stays in the ledger. */
    Alarms replan(Recipient recipient, Deadline newer, String reason) {
        Instant until = newer.alarmAt().orElseThrow();
        DeadlinePolicy policy = newer.policy();
        notices.due(
                recipient.reference(),
                recipient.number(),
                new Notices.Due(until, policy.code(), policy.version(), policy.legalReference()));
        ledger.add(ClockEntry.replanned(recipient.reference(), recipient.number(), clock.instant(), newer, reason));
        return new Alarms(until, newer.remindAt().orElse(until));
    }

    private DeadlineQuestion question(Recipient recipient) {
        CaseFile file = cases.require(recipient.reference());
        Instrument instrument = recipient.instrument();
        return new DeadlineQuestion(
                instrument, file.category(), file.threatToLife(), returned.isReturn(file.reference()));
    }

    private DeadlinePolicy policy(Recipient recipient) {
        DeadlineQuestion question = question(recipient);
        // A clock that has begun stays under the version of the table it began under.
        OptionalInt version = ledger.last(recipient.reference(), recipient.number())
                .map(begun -> OptionalInt.of(begun.policyVersion()))
                .orElseGet(OptionalInt::empty);
        return policies.policyFor(question, version);
    }

    private void write(
            Recipient recipient,
            ClockEntry.Event event,
            Instant at,
            Optional<Instant> dueAt,
            DeadlinePolicy policy,
            String detail) {
        ledger.add(new ClockEntry(
                recipient.reference(), recipient.number(), event, at, dueAt, policy.code(), policy.version(), detail));
    }

    private void again(ClockEntry last, ClockEntry.Event event, Instant at) {
        ledger.add(new ClockEntry(
                last.reference(),
                last.recipientNumber(),
                event,
                at,
                last.dueAt(),
                last.policyCode(),
                last.policyVersion(),
                ""));
    }

    private static NoticeInstants instants(Recipient recipient) {
        return new NoticeInstants(
                recipient.issuedAt(),
                recipient.givenAt().orElse(null),
                recipient.receivedAt().orElse(null),
                recipient.acknowledgedAt().orElse(null));
    }

    /** What the engine is to be woken for, UTC. */
    record Alarms(Instant removalDueAt, Instant reminderDueAt) {}
}
