package org.takedownhub.closure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.OutcomeCorrected;
import org.takedownhub.cases.Strikes;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** Closing a case: what came of it, and telling those who flagged it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Closures {

    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactBook contacts;
    private final Strikes strikes;
    private final ClosureSettings settings;
    private final ClockSpeed speed;
    private final Clock clock;
    private final JdbcClient jdbc;

    Closures(
            Cases cases,
            Notices notices,
            Letters letters,
            ContactBook contacts,
            Strikes strikes,
            ClosureSettings settings,
            ClockSpeed speed,
            Clock clock,
            JdbcClient jdbc) {
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.strikes = strikes;
        this.settings = settings;
        this.speed = speed;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /**
     * Writes down what came of the case, and tells who flagged it.
     *
     * @return until when the watch for a return goes on; empty when nothing was removed that could come back
     */
    Optional<Instant> record(CaseReference reference) {
        notices.of(reference).stream()
                .filter(recipient -> recipient.outcome().isEmpty())
                .forEach(recipient -> notices.settle(reference, recipient.number(), Outcome.NOT_REMOVED, null, null));
        notices.stopWatching(reference);
        Optional<Recipient> decisive = Recipient.decisive(notices.of(reference));
        Outcome outcome = decisive.flatMap(Recipient::outcome).orElse(Outcome.NOT_REFERRED);
        cases.conclude(
                reference,
                outcome,
                decisive.flatMap(Recipient::outcomeScope).orElse(null),
                decisive.flatMap(Recipient::removedBy).orElse(null));
        tellFlaggers(reference, outcome);
        if (outcome != Outcome.REMOVED) {
            return Optional.empty();
        }
        strikes.book(reference, Strikes.Reason.REMOVED);
        return Optional.of(clock.instant().plus(speed.scaled(settings.watchForReturn())));
    }

    void close(CaseReference reference) {
        cases.close(reference);
    }

    /** Whoever was told how their flag came out hears of the correction. */
    @EventListener
    void corrected(OutcomeCorrected correction) {
        CaseReference reference = correction.reference();
        flaggers(reference)
                .forEach(flagger -> tell(
                        flagger,
                        reference,
                        "corrected/" + flagger.flagId() + "/" + correction.after(),
                        "CORRECTED",
                        "Correction: case " + reference,
                        flagger.content() + " was looked at again. Case " + reference + " counts as "
                                + correction.after() + " from now on, no longer as " + correction.before() + "."));
    }

    private void tellFlaggers(CaseReference reference, Outcome outcome) {
        flaggers(reference)
                .forEach(flagger -> tell(
                        flagger,
                        reference,
                        "closed/" + flagger.flagId(),
                        "CLOSED",
                        "Case " + reference + " is settled",
                        flagger.content() + " is dealt with. Case " + reference + " came out as " + outcome + "."));
    }

    private List<Flagger> flaggers(CaseReference reference) {
        return jdbc.sql("select flag_id, reporting_force, reporter_reference from flag where case_reference = ?"
                        + " and reporting_force is not null order by flag_id")
                .params(reference.value())
                .query((row, number) -> new Flagger(
                        row.getString("flag_id"),
                        row.getString("reporting_force"),
                        Optional.ofNullable(row.getString("reporter_reference"))))
                .list();
    }

    private void tell(
            Flagger flagger, CaseReference reference, String key, String purpose, String subject, String body) {
        contacts.force(flagger.force())
                .ifPresent(address ->
                        letters.write(key, reference, purpose, flagger.force(), Optional.of(address), subject, body));
    }

    private record Flagger(String flagId, String force, Optional<String> reference) {

        String content() {
            return "The content you flagged"
                    + reference.map(own -> " (your reference " + own + ")").orElse("");
        }
    }
}
