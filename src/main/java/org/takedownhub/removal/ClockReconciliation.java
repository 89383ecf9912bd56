package org.takedownhub.removal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.WorkerSettings;
import org.takedownhub.process.RemovalTimers;
import org.takedownhub.process.RemovalTimers.Alarm;
import org.takedownhub.process.RemovalTimers.Kind;
import org.takedownhub.process.RemovalTimers.Place;
import org.takedownhub.process.RemovalTimers.Standing;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/**
 * Holds the engine's alarms against the ledger of clocks, and puts the alarms right: the ledger is never touched. Each
 * recipient is looked at in a transaction of its own under a lock, so that several nodes may do it at once, and what the
 * first repaired the second finds in order. An alarm that is due is left to the engine, which acts on it at once.
 */
@Component
public class ClockReconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(ClockReconciliation.class);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Reconciliations rounds;
    private final Notices notices;
    private final ClockLedger ledger;
    private final RemovalClock removalClock;
    private final Reminders reminders;
    private final RemovalTimers timers;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final WorkerSettings workers;
    private final Clock clock;

    ClockReconciliation(
            Reconciliations rounds,
            Notices notices,
            ClockLedger ledger,
            RemovalClock removalClock,
            Reminders reminders,
            RemovalTimers timers,
            Takedowns takedowns,
            Transactions transactions,
            WorkerSettings workers,
            Clock clock) {
        this.rounds = rounds;
        this.notices = notices;
        this.ledger = ledger;
        this.removalClock = removalClock;
        this.reminders = reminders;
        this.timers = timers;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.workers = workers;
        this.clock = clock;
    }

    /** Once after a start, on every node: what happened to the tables while none was up is seen before the night. */
    @Scheduled(initialDelayString = "PT10S")
    void afterStart() {
        if (workers.enabled()) {
            run("start " + UUID.randomUUID());
        }
    }

    /** Once a night, on whichever node is first. */
    @Scheduled(cron = "${takedown.clock.reconciliation-cron:0 30 3 * * *}", zone = "Europe/London")
    void nightly() {
        if (workers.enabled()) {
            run("night " + LocalDate.ofInstant(clock.instant(), LONDON));
        }
    }

    /**
     * One round over all clocks.
     *
     * @param key names the round; one key is worked on by one node only
     * @return empty when another node has done it, or is doing it
     */
    public Optional<List<ClockFinding>> run(String key) {
        if (!begun(key)) {
            return Optional.empty();
        }
        List<ClockFinding> findings = new ArrayList<>();
        int checked = 0;
        for (Reconciliations.Clocked clocked : transactions.run(rounds::clocked)) {
            try {
                findings.addAll(check(key, clocked));
                checked++;
            } catch (RuntimeException e) {
                LOG.error("The clock of case {} could not be checked", clocked.reference(), e);
            }
        }
        int repaired = (int) findings.stream().filter(ClockFinding::repaired).count();
        int unrepaired = findings.size() - repaired;
        int all = checked;
        transactions.run(() -> {
            rounds.end(key, all, repaired, unrepaired);
            return all;
        });
        if (findings.isEmpty()) {
            LOG.info("{}: {} clocks agree with their timers", key, all);
        } else {
            LOG.warn("{}: {} clocks checked, {} timers repaired, {} left for a person", key, all, repaired, unrepaired);
        }
        return Optional.of(findings);
    }

    private boolean begun(String key) {
        try {
            return transactions.run(() -> rounds.begin(key));
        } catch (DuplicateKeyException faster) {
            return false;
        }
    }

    private List<ClockFinding> check(String key, Reconciliations.Clocked clocked) {
        return transactions.run(() -> {
            rounds.lock(clocked);
            Recipient recipient = notices.require(clocked.reference(), clocked.recipientNumber());
            Optional<ClockEntry> last = ledger.last(clocked.reference(), clocked.recipientNumber());
            if (recipient.outcome().isPresent() || last.isEmpty()) {
                return List.of();
            }
            List<ClockFinding> findings = new ArrayList<>();
            if (last.get().event().runs() && last.get().dueAt().isPresent()) {
                running(recipient, last.get(), last.get().dueAt().get(), findings);
            } else if (last.get().event() == ClockEntry.Event.PAUSED) {
                stopped(recipient, findings);
            }
            findings.forEach(finding -> rounds.found(key, finding));
            return findings;
        });
    }

    private void running(Recipient recipient, ClockEntry last, Instant dueAt, List<ClockFinding> findings) {
        CaseReference reference = recipient.reference();
        int number = recipient.number();
        if (!recipient.dueAt().equals(Optional.of(dueAt))) {
            findings.add(new ClockFinding(
                    reference,
                    number,
                    ClockFinding.Problem.OTHER_DUE_DATE,
                    Optional.empty(),
                    recipient.dueAt(),
                    Optional.of(dueAt),
                    false,
                    "the ledger holds"));
        }
        Standing standing = timers.standing(reference, number);
        boolean early = clock.instant().isBefore(dueAt);
        switch (standing.place()) {
            case AWAITING -> alarms(recipient, last, dueAt, standing, findings);
            case ESCALATED -> {
                if (early) {
                    boolean back = takedowns.dueMoved(reference, number, dueAt, remindAt(last, dueAt));
                    findings.add(plain(
                            recipient, ClockFinding.Problem.ESCALATED_EARLY, dueAt, back, "led back to the wait"));
                }
            }
            case ELSEWHERE -> {}
            case SUSPENDED -> findings.add(plain(
                    recipient,
                    ClockFinding.Problem.NOT_FOLLOWED,
                    dueAt,
                    false,
                    "somebody suspended the process of the case: activate it, or withdraw the notice"));
            case NOWHERE -> findings.add(plain(
                    recipient,
                    ClockFinding.Problem.NOT_FOLLOWED,
                    dueAt,
                    false,
                    "no process follows this recipient up: look at the case"));
        }
    }

    private void alarms(
            Recipient recipient, ClockEntry last, Instant dueAt, Standing standing, List<ClockFinding> findings) {
        Optional<Instant> remindAt = last.remindAt().filter(at -> at.isBefore(dueAt));
        boolean reminded = standing.sendsReminder() || reminders.sent(recipient.reference(), recipient.number(), dueAt);
        boolean reminderMissing = remindAt.isPresent()
                && !reminded
                && standing.alarms(Kind.REMINDER).isEmpty();
        boolean deadlineMissing = standing.alarms(Kind.DEADLINE).isEmpty();
        if (deadlineMissing) {
            findings.add(alarm(recipient, ClockFinding.Problem.MISSING, Kind.DEADLINE, Optional.empty(), dueAt, true));
        }
        if (reminderMissing) {
            findings.add(alarm(
                    recipient, ClockFinding.Problem.MISSING, Kind.REMINDER, Optional.empty(), remindAt.get(), true));
        }
        if (deadlineMissing || reminderMissing) {
            timers.renew(recipient.reference(), recipient.number(), dueAt, remindAt(last, dueAt));
            if (reminded) {
                timers.standing(recipient.reference(), recipient.number())
                        .alarms(Kind.REMINDER)
                        .forEach(timers::drop);
            }
            return;
        }
        correct(recipient, standing.alarms(Kind.DEADLINE), dueAt, findings);
        remindAt.ifPresent(at -> correct(recipient, standing.alarms(Kind.REMINDER), at, findings));
    }

    private void correct(Recipient recipient, List<Alarm> alarms, Instant wanted, List<ClockFinding> findings) {
        for (int i = 0; i < alarms.size(); i++) {
            Alarm alarm = alarms.get(i);
            if (i > 0) {
                timers.drop(alarm);
                findings.add(found(recipient, ClockFinding.Problem.DOUBLE, alarm, wanted, true));
                continue;
            }
            if (!inTheEngine(alarm.at()).equals(inTheEngine(wanted)) && !alarm.failed()) {
                timers.move(alarm, wanted);
                findings.add(found(recipient, ClockFinding.Problem.MOVED, alarm, wanted, true));
            }
            if (alarm.suspended()) {
                timers.resume(alarm);
                findings.add(found(recipient, ClockFinding.Problem.SUSPENDED, alarm, wanted, true));
            }
            if (alarm.failed()) {
                findings.add(found(recipient, ClockFinding.Problem.FAILED, alarm, wanted, false));
            }
        }
    }

    private void stopped(Recipient recipient, List<ClockFinding> findings) {
        if (recipient.givenAt().isEmpty()) {
            // The sending came back, and the next one is on its way: nobody asked anything.
            return;
        }
        Standing standing = timers.standing(recipient.reference(), recipient.number());
        if (standing.place() == Place.AWAITING) {
            boolean asked = takedowns.clockStopped(recipient.reference(), recipient.number(), removalClock.answerBy());
            findings.add(new ClockFinding(
                    recipient.reference(),
                    recipient.number(),
                    ClockFinding.Problem.NOT_STOPPED,
                    Optional.of(Kind.DEADLINE),
                    standing.alarms(Kind.DEADLINE).stream().map(Alarm::at).findFirst(),
                    Optional.empty(),
                    asked,
                    "the question that stopped the clock is asked again"));
        }
    }

    /** The engine keeps milliseconds. */
    private static Instant inTheEngine(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant remindAt(ClockEntry last, Instant dueAt) {
        return last.remindAt().orElse(dueAt);
    }

    private static ClockFinding found(
            Recipient recipient, ClockFinding.Problem problem, Alarm alarm, Instant wanted, boolean repaired) {
        return alarm(recipient, problem, alarm.kind(), Optional.of(alarm.at()), wanted, repaired);
    }

    private static ClockFinding alarm(
            Recipient recipient,
            ClockFinding.Problem problem,
            Kind kind,
            Optional<Instant> found,
            Instant wanted,
            boolean repaired) {
        return new ClockFinding(
                recipient.reference(),
                recipient.number(),
                problem,
                Optional.of(kind),
                found,
                Optional.of(wanted),
                repaired,
                repaired ? "set as the ledger says" : "there is an incident to resolve");
    }

    private static ClockFinding plain(
            Recipient recipient, ClockFinding.Problem problem, Instant wanted, boolean repaired, String detail) {
        return new ClockFinding(
                recipient.reference(),
                recipient.number(),
                problem,
                Optional.empty(),
                Optional.empty(),
                Optional.of(wanted),
                repaired,
                detail);
    }
}
