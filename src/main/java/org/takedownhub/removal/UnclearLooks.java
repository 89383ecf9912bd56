package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.platform.Vantages;

/**
 * Finds awaited content of which nothing has been known for too long. A streak begins with the first look that could not
 * tell after one that could, or after a person's; it is kept in the database, so that neither a restart nor a second
 * node tells of it twice.
 */
@Component
class UnclearLooks {

    private static final Logger LOG = LoggerFactory.getLogger(UnclearLooks.class);

    /** A miss without a live control tells as little as no answer. */
    private static final String TELLS = "(o.vantage = '" + Vantages.PERSON + "' or o.availability <> 'UNKNOWN' and not"
            + " (o.availability in ('GONE_UNATTRIBUTED', 'ACCOUNT_DEACTIVATED') and o.control_alive = false))";

    private static final String OF_RECIPIENT =
            " from observation o where o.case_reference = :reference and" + " o.recipient_number = :recipient";

    private final JdbcClient jdbc;
    private final ObjectProvider<RemovalUnclear> listeners;
    private final Duration unknownAfter;
    private final Clock clock;
    private final TransactionTemplate transaction;

    UnclearLooks(
            JdbcClient jdbc,
            ObjectProvider<RemovalUnclear> listeners,
            UnclearSettings settings,
            Clock clock,
            ClockSpeed speed,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.listeners = listeners;
        this.unknownAfter = speed.scaled(settings.unknownAfter());
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Tells a person if it is time and nobody has yet. To be called outside a transaction. */
    void check(CaseReference reference, int recipientNumber) {
        try {
            transaction.executeWithoutResult(status -> since(reference, recipientNumber)
                    .filter(since -> !clock.instant().isBefore(since.plus(unknownAfter)))
                    .filter(since -> !told(reference, recipientNumber, since))
                    .ifPresent(since -> tell(reference, recipientNumber, since)));
        } catch (RuntimeException e) {
            LOG.warn("Could not tell that nobody knows about {}; the next look tells it again", reference, e);
        }
    }

    /** When the streak began; empty when the newest look could tell, or removal is no longer awaited. */
    private Optional<Instant> since(CaseReference reference, int recipientNumber) {
        return jdbc.sql("select coalesce((select min(o.observed_at)" + OF_RECIPIENT
                        + " and o.id > coalesce((select max(o.id)" + OF_RECIPIENT + " and " + TELLS
                        + "), 0)), case when"
                        + " exists (select 1" + OF_RECIPIENT
                        + ") then null else r.given_at end) as since from recipient r"
                        + " where r.case_reference = :reference and r.number = :recipient and r.outcome is null and"
                        + " r.next_check_at is not null")
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .query((row, number) -> Instants.optional(row, "since"))
                .optional()
                .flatMap(since -> since);
    }

    private boolean told(CaseReference reference, int recipientNumber, Instant since) {
        return jdbc.sql("select count(*) from unclear_streak where case_reference = ? and recipient_number = ? and"
                                + " since = ?")
                        .params(reference.value(), recipientNumber, stored(since))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void tell(CaseReference reference, int recipientNumber, Instant since) {
        jdbc.sql("insert into unclear_streak (case_reference, recipient_number, since, told_at) values (?, ?, ?, ?)")
                .params(reference.value(), recipientNumber, stored(since), stored(clock.instant()))
                .update();
        String why = "Since " + since + " (UTC) nobody could tell whether it is still up. "
                + last(reference, recipientNumber)
                        .map(words -> "Last: " + words)
                        .orElse("It was not looked at.");
        listeners.orderedStream().forEach(listener -> listener.unclear(reference, recipientNumber, why));
    }

    private Optional<String> last(CaseReference reference, int recipientNumber) {
        return jdbc.sql("select coalesce(o.unknown_reason, o.availability) as reason, o.detail" + OF_RECIPIENT
                        + " order by o.id desc fetch first 1 rows only")
                .param("reference", reference.value())
                .param("recipient", recipientNumber)
                .query((row, number) -> row.getString("reason") + ", "
                        + Optional.ofNullable(row.getString("detail")).orElse(""))
                .optional();
    }
}
