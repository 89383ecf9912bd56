package org.takedownhub.closure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
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

    /** Of several recipients' outcomes the case takes the one that says most about the content. */
    private static final List<Outcome> WEIGHT = List.of(
            Outcome.REMOVED,
            Outcome.ALREADY_GONE,
            Outcome.RESTRICTED,
            Outcome.NOT_REMOVED,
            Outcome.REFUSED,
            Outcome.IMPOSSIBLE,
            Outcome.WITHDRAWN);

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
        Optional<Recipient> decisive = decisive(notices.of(reference));
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

    private static Optional<Recipient> decisive(List<Recipient> recipients) {
        return WEIGHT.stream()
                .flatMap(outcome -> recipients.stream()
                        .filter(recipient -> recipient.outcome().equals(Optional.of(outcome))))
                .findFirst();
    }

    private void tellFlaggers(CaseReference reference, Outcome outcome) {
        jdbc.sql("select flag_id, reporting_force, reporter_reference from flag where case_reference = ?"
                        + " and reporting_force is not null order by flag_id")
                .params(reference.value())
                .query((row, number) -> new Flagger(
                        row.getString("flag_id"),
                        row.getString("reporting_force"),
                        Optional.ofNullable(row.getString("reporter_reference"))))
                .list()
                .forEach(flagger -> contacts.force(flagger.force())
                        .ifPresent(address -> letters.write(
                                "closed/" + flagger.flagId(),
                                reference,
                                "CLOSED",
                                flagger.force(),
                                Optional.of(address),
                                "Case " + reference + " is settled",
                                "The content you flagged"
                                        + flagger.reference()
                                                .map(own -> " (your reference " + own + ")")
                                                .orElse("")
                                        + " is dealt with. Case " + reference + " came out as " + outcome + ".")));
    }

    private record Flagger(String flagId, String force, Optional<String> reference) {}
}
