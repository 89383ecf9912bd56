package org.takedownhub.escalation;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** The escalation ladder: which rung comes next, and climbing it. Each is climbed exactly once. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Ladder {

    private static final int LONGEST_SUMMARY = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ClockSpeed speed;
    private final DecisionTables tables;
    private final Cases cases;
    private final Notices notices;
    private final FormalNotices formalNotices;
    private final Map<String, RungEffect> effects;
    private final UnknownAction unknown;
    private final Audit audit;

    Ladder(
            JdbcClient jdbc,
            Clock clock,
            ClockSpeed speed,
            DecisionTables tables,
            Cases cases,
            Notices notices,
            FormalNotices formalNotices,
            List<RungEffect> effects,
            UnknownAction unknown,
            Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.speed = speed;
        this.tables = tables;
        this.cases = cases;
        this.notices = notices;
        this.formalNotices = formalNotices;
        this.effects = effects.stream().collect(Collectors.toMap(RungEffect::action, Function.identity()));
        this.unknown = unknown;
        this.audit = audit;
    }

    /** The rung after the last one climbed; empty when the ladder ends. */
    Optional<Rung> next(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        int number = recipient.rung() + 1;
        return tables.decide(
                        TakedownProcess.DECISION_ESCALATION_LADDER,
                        Map.of(
                                TakedownProcess.INSTRUMENT.name(),
                                        recipient.instrument().name(),
                                TakedownProcess.RUNG.name(), number,
                                TakedownProcess.THREAT_TO_LIFE.name(),
                                        cases.require(reference).threatToLife()))
                .map(ruling -> new Rung(
                        number,
                        ruling.text("action"),
                        ruling.text("addressee"),
                        Duration.parse(ruling.text("waitFor")),
                        ruling.version()));
    }

    /** Whether there is a rung left. Where there is none, what nobody has decided on this ladder lapses. */
    boolean goesOn(CaseReference reference, int recipientNumber) {
        boolean left = next(reference, recipientNumber).isPresent();
        if (!left) {
            formalNotices.lapse(reference, recipientNumber);
        }
        return left;
    }

    /**
     * Climbs the next rung.
     *
     * @return when its time is over
     * @throws IllegalStateException the ladder ends here
     */
    Climbed climb(CaseReference reference, int recipientNumber) {
        Rung rung = next(reference, recipientNumber)
                .orElseThrow(() -> new IllegalStateException("Case " + reference + " has no rung left to climb"));
        Instant now = clock.instant();
        Instant dueAt = now.plus(speed.scaled(rung.waitFor()));
        jdbc.sql("insert into rung (case_reference, recipient_number, rung, action, addressee, ladder_version,"
                        + " climbed_at, due_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        recipientNumber,
                        rung.number(),
                        rung.action(),
                        rung.addressee(),
                        rung.tableVersion(),
                        stored(now),
                        stored(dueAt))
                .update();
        notices.climbed(reference, recipientNumber, rung.number());
        audit.record(
                reference,
                "escalation.climbed",
                "rung " + rung.number() + " " + rung.action() + ": " + rung.addressee());
        CaseFile file = cases.require(reference);
        List<Done> done = effects.getOrDefault(rung.action(), unknown)
                .climb(new RungInHand(file, notices.require(reference, recipientNumber), rung, dueAt));
        done.forEach(each -> note(reference, recipientNumber, rung, each, now));
        boolean proposed = done.stream().anyMatch(each -> each.kind() == Done.Kind.PROPOSAL);
        return new Climbed(rung.number(), dueAt, proposed);
    }

    private void note(CaseReference reference, int recipientNumber, Rung rung, Done done, Instant at) {
        String summary = done.summary();
        jdbc.sql("insert into rung_effect (case_reference, recipient_number, rung, kind, reference, summary, done_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        recipientNumber,
                        rung.number(),
                        done.kind().name(),
                        done.reference(),
                        summary.length() > LONGEST_SUMMARY ? summary.substring(0, LONGEST_SUMMARY) : summary,
                        stored(at))
                .update();
        audit.record(reference, "escalation.done", "rung " + rung.number() + " " + rung.action() + ": " + summary);
    }

    /**
     * @param dueAt                when the next rung follows, UTC
     * @param formalNoticeProposed whether an officer is now to decide about a statutory notice
     */
    record Climbed(int number, Instant dueAt, boolean formalNoticeProposed) {}
}
