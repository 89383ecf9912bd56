package org.takedownhub.closure;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
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
    private final JdbcClient jdbc;

    Closures(Cases cases, Notices notices, Letters letters, ContactBook contacts, JdbcClient jdbc) {
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.jdbc = jdbc;
    }

    void close(CaseReference reference) {
        notices.of(reference).stream()
                .filter(recipient -> recipient.outcome().isEmpty())
                .forEach(recipient -> notices.settle(reference, recipient.number(), Outcome.NOT_REMOVED, null, null));
        notices.stopWatching(reference);
        Optional<Recipient> decisive = decisive(notices.of(reference));
        Outcome outcome = decisive.flatMap(Recipient::outcome).orElse(Outcome.NOT_REFERRED);
        cases.close(
                reference,
                outcome,
                decisive.flatMap(Recipient::outcomeScope).orElse(null),
                decisive.flatMap(Recipient::removedBy).orElse(null));
        tellFlaggers(reference, outcome);
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
                                "Case " + reference + " is closed",
                                "The content you flagged"
                                        + flagger.reference()
                                                .map(own -> " (your reference " + own + ")")
                                                .orElse("")
                                        + " is dealt with. Case " + reference + " closed as " + outcome + ".")));
    }

    private record Flagger(String flagId, String force, Optional<String> reference) {}
}
