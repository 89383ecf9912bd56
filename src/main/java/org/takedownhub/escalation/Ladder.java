package org.takedownhub.escalation;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.SubmissionListener;
import org.takedownhub.platform.Submissions;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** The escalation ladder: which rung comes next, and what climbing it sends or files. Each is climbed exactly once. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Ladder implements SubmissionListener {

    /** The one rung that goes the way the referral went. */
    private static final String PLATFORM_CONTACT = "PLATFORM_CONTACT";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ClockSpeed speed;
    private final DecisionTables tables;
    private final Cases cases;
    private final Notices notices;
    private final Submissions submissions;
    private final Letters letters;
    private final ContactBook contacts;
    private final Audit audit;

    Ladder(
            JdbcClient jdbc,
            Clock clock,
            ClockSpeed speed,
            DecisionTables tables,
            Cases cases,
            Notices notices,
            Submissions submissions,
            Letters letters,
            ContactBook contacts,
            Audit audit) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.speed = speed;
        this.tables = tables;
        this.cases = cases;
        this.notices = notices;
        this.submissions = submissions;
        this.letters = letters;
        this.contacts = contacts;
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
                        rung.ladderVersion(),
                        stored(now),
                        stored(dueAt))
                .update();
        notices.climbed(reference, recipientNumber, rung.number());
        audit.record(
                reference,
                "escalation.climbed",
                "rung " + rung.number() + " " + rung.action() + ": " + rung.addressee());
        send(notices.require(reference, recipientNumber), rung);
        return new Climbed(rung.number(), dueAt);
    }

    private void send(Recipient recipient, Rung rung) {
        CaseReference reference = recipient.reference();
        CaseFile file = cases.require(reference);
        String message = message(file, recipient, rung);
        if (rung.action().equals(PLATFORM_CONTACT) && recipient.channel() == Channel.API) {
            submissions.prepare(
                    reference,
                    recipient.number(),
                    rung.number(),
                    0,
                    Submission.Purpose.RUNG,
                    recipient.platform(),
                    message);
            return;
        }
        Optional<String> address = rung.action().equals(PLATFORM_CONTACT)
                ? contacts.platform(recipient.platform())
                : contacts.rung(rung.action());
        letters.write(
                letterKey(reference, recipient.number(), rung.number()),
                reference,
                rung.action(),
                rung.addressee(),
                address,
                "Overdue removal " + reference + " at " + recipient.name(),
                message);
    }

    /** A rung that was to go through a platform's API and did not becomes a letter: what was climbed is not lost. */
    @Override
    public void settled(Submission submission, ReferralAnswer answer) {
        boolean went = answer instanceof Receipt || answer instanceof ContentGone;
        if (submission.purpose() != Submission.Purpose.RUNG || went) {
            return;
        }
        CaseReference reference = submission.reference();
        Recipient recipient = notices.require(reference, submission.recipientNumber());
        // It may have arrived, so nothing more goes out by itself: the letter is filed, for a person to look.
        Optional<String> address =
                answer instanceof Uncertain ? Optional.empty() : contacts.platform(recipient.platform());
        letters.write(
                letterKey(reference, submission.recipientNumber(), submission.rung()),
                reference,
                PLATFORM_CONTACT,
                recipient.name(),
                address,
                "Overdue removal " + reference + " at " + recipient.name(),
                submission.explanation());
    }

    private static String letterKey(CaseReference reference, int recipientNumber, int rung) {
        return "rung/" + reference + "/" + recipientNumber + "/" + rung;
    }

    private static String message(CaseFile file, Recipient recipient, Rung rung) {
        String given = recipient.givenAt().map(Object::toString).orElse("unknown");
        String state = recipient
                .outcome()
                .map(outcome -> "The platform answered: " + outcome + ".")
                .orElse("Removal was due before "
                        + recipient.dueAt().map(Object::toString).orElse("unknown") + " (UTC).");
        String text = "Overdue removal, step " + rung.number() + " for: " + rung.addressee() + ". Reference "
                + file.reference() + ", given " + given + " (UTC) to " + recipient.name() + ". " + state
                + " The content is still up. " + recipient.explanation();
        return text.length() > 4000 ? text.substring(0, 4000) : text;
    }

    /** @param waitFor until the next rung, before the clock's speed is applied */
    record Rung(int number, String action, String addressee, Duration waitFor, int ladderVersion) {}

    /** @param dueAt when the next rung follows, UTC */
    record Climbed(int number, Instant dueAt) {}
}
