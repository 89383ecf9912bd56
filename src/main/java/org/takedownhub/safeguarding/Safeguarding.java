package org.takedownhub.safeguarding;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Takedowns;

/**
 * Referring somebody at risk to those who protect them. It has a clock and a recipient of its own and waits for no
 * verdict on the content: a child in a lawful video may need help, too.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Safeguarding {

    /** The contact in the settings that is told at once, by reference only. */
    private static final String CONTACT = "SAFEGUARDING";

    private final JdbcClient jdbc;
    private final DecisionTables tables;
    private final Takedowns takedowns;
    private final Letters letters;
    private final ContactBook contacts;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Clock clock;

    Safeguarding(
            JdbcClient jdbc,
            DecisionTables tables,
            Takedowns takedowns,
            Letters letters,
            ContactBook contacts,
            ClockSpeed speed,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.takedowns = takedowns;
        this.letters = letters;
        this.contacts = contacts;
        this.speed = speed;
        this.audit = audit;
        this.clock = clock;
    }

    /** Opens a referral when the newest verification saw somebody at risk and none was opened before. */
    void consider(CaseReference reference) {
        Seen seen = jdbc.sql("select child_visible, person_at_risk, threat_to_life from verification where"
                        + " case_reference = ? order by id desc fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) -> new Seen(
                        row.getBoolean("child_visible"),
                        row.getBoolean("person_at_risk"),
                        row.getBoolean("threat_to_life")))
                .single();
        if ((seen.child() || seen.personAtRisk()) && of(reference).isEmpty()) {
            open(reference, seen);
        }
    }

    private void open(CaseReference reference, Seen seen) {
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_SAFEGUARDING_DEADLINE,
                        Map.of(
                                TakedownProcess.THREAT_TO_LIFE.name(),
                                seen.threatToLife(),
                                TakedownProcess.CHILD_VISIBLE.name(),
                                seen.child()))
                .orElseThrow(() -> new IllegalStateException("The safeguarding table has no rule for " + seen));
        Instant now = clock.instant();
        Instant dueAt = now.plus(speed.scaled(Duration.parse(ruling.text("within"))));
        jdbc.sql("insert into safeguarding (case_reference, child_visible, threat_to_life, refer_to, legal_reference,"
                        + " table_version, opened_at, due_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        reference.value(),
                        seen.child(),
                        seen.threatToLife(),
                        ruling.text("recipient"),
                        ruling.text("legalReference"),
                        ruling.version(),
                        stored(now),
                        stored(dueAt))
                .update();
        audit.record(reference, "safeguarding.opened", ruling.text("recipient") + ", due " + dueAt);
        takedowns.safeguard(reference, dueAt);
    }

    /** Tells the safeguarding contact at once: the reference and by when, nothing about the content. */
    void alert(CaseReference reference) {
        Referral referral = require(reference);
        letters.write(
                "safeguarding/" + reference,
                reference,
                CONTACT,
                referral.referTo(),
                contacts.rung(CONTACT),
                "Safeguarding referral to come, " + reference,
                "A person at risk can be seen in content that the hub works on under " + reference
                        + ". A referral follows by " + referral.dueAt() + " (UTC). Until then ask the hub under this"
                        + " reference.");
    }

    /** The time for the referral is over and nobody has decided: somebody is told, and the task stays open. */
    void overdue(CaseReference reference) {
        jdbc.sql("update safeguarding set overdue_at = ? where case_reference = ? and decided_at is null")
                .params(stored(clock.instant()), reference.value())
                .update();
        audit.record(reference, "safeguarding.overdue", "nobody has decided");
        letters.write(
                "safeguarding-overdue/" + reference,
                reference,
                "SAFEGUARDING_OVERDUE",
                "Duty officer",
                contacts.rung("DUTY_OFFICER"),
                "Safeguarding referral overdue, " + reference,
                "The safeguarding referral of " + reference + " was due by "
                        + require(reference).dueAt() + " (UTC) and nobody has decided on it.");
    }

    void decide(CaseReference reference, Decision decision, String person) {
        jdbc.sql("update safeguarding set decision = ?, referred_to = ?, reference = ?, reasons = ?, decided_by = ?,"
                        + " decided_at = ? where case_reference = ? and decided_at is null")
                .params(
                        decision.choice().name(),
                        decision.referredTo().orElse(null),
                        decision.reference().orElse(null),
                        decision.reasons(),
                        person,
                        stored(clock.instant()),
                        reference.value())
                .update();
        audit.record(
                reference,
                "safeguarding.decided",
                decision.choice() + decision.referredTo().map(to -> ": " + to).orElse(""));
    }

    /** All referrals about a case, the oldest first; today at most one. */
    @Transactional(readOnly = true)
    public List<Referral> of(CaseReference reference) {
        return jdbc.sql("select * from safeguarding where case_reference = ? order by id")
                .params(reference.value())
                .query((row, number) -> new Referral(
                        row.getBoolean("child_visible"),
                        row.getString("refer_to"),
                        row.getString("legal_reference"),
                        Instants.required(row, "opened_at"),
                        Instants.required(row, "due_at"),
                        Instants.optional(row, "overdue_at"),
                        Optional.ofNullable(row.getString("decision")),
                        Optional.ofNullable(row.getString("referred_to")),
                        Optional.ofNullable(row.getString("reference")),
                        Instants.optional(row, "decided_at")))
                .list();
    }

    private Referral require(CaseReference reference) {
        return of(reference).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody was found to be at risk in case " + reference));
    }

    private record Seen(boolean child, boolean personAtRisk, boolean threatToLife) {}

    enum Choice {
        REFERRED,
        ALREADY_KNOWN,
        NOT_NEEDED
    }

    /** @param reference of the service that took it */
    record Decision(Choice choice, Optional<String> referredTo, Optional<String> reference, String reasons) {}

    /** All instants UTC. */
    record Referral(
            boolean childVisible,
            String referTo,
            String legalReference,
            Instant openedAt,
            Instant dueAt,
            Optional<Instant> overdueAt,
            Optional<String> decision,
            Optional<String> referredTo,
            Optional<String> reference,
            Optional<Instant> decidedAt) {}
}
