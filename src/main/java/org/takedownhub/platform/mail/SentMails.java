package org.takedownhub.platform.mail;

import static org.takedownhub.audit.Instants.stored;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.platform.Notice;

/**
 * What we sent to whom. A row stands before the relay is called, so that an answer finds its case even when this node
 * dies over the sending, and so that the same notice is never sent a second time.
 */
final class SentMails {

    /** A mailbox that did not exist may be set up some day. */
    private static final Duration DEAD_FOR = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    SentMails(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param sentAt when the relay took it, UTC; empty when nobody knows whether it did */
    record Known(String submissionKey, String messageId, Optional<Instant> sentAt) {}

    /** A mail of ours that somebody answers. */
    record Answered(String messageId, String address) {}

    /** Whose answer it is. */
    record Recipient(CaseReference reference, int number) {}

    /** Those of the notices that have been in a mail before. */
    List<Known> known(Collection<String> submissionKeys) {
        return jdbc.sql(
                        "select n.submission_key, n.message_id, r.sent_at from mail_report_notice n join mail_report r on"
                                + " r.message_id = n.message_id where n.submission_key in (:keys)")
                .param("keys", submissionKeys)
                .query((row, number) -> new Known(
                        row.getString("submission_key"),
                        row.getString("message_id"),
                        Instants.optional(row, "sent_at")))
                .list();
    }

    /** @return false when somebody else is sending one of these notices or has sent it */
    boolean begin(String instance, String messageId, String token, Contact contact, List<Notice> notices, Instant now) {
        try {
            transaction.executeWithoutResult(status -> insert(instance, messageId, token, contact, notices, now));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private void insert(
            String instance, String messageId, String token, Contact contact, List<Notice> notices, Instant now) {
        jdbc.sql("insert into mail_report (message_id, platform, reply_token, address, scope, contact_source,"
                        + " contact_hash, state, sending_at) values (:id, :platform, :token, :address, :scope, :source,"
                        + " :hash, 'SENDING', :now)")
                .param("id", messageId)
                .param("platform", instance)
                .param("token", token)
                .param("address", contact.address())
                .param("scope", contact.scope().name())
                .param("source", contact.source())
                .param("hash", contact.answerHash().orElse(null))
                .param("now", stored(now))
                .update();
        for (Notice notice : notices) {
            jdbc.sql("insert into mail_report_notice (submission_key, message_id, case_reference) values (?, ?, ?)")
                    .params(
                            notice.idempotencyKey(),
                            messageId,
                            notice.content().reference().value())
                    .update();
        }
    }

    /** The contact before refused it; the next one gets it. */
    void turnTo(String messageId, Contact contact) {
        jdbc.sql("update mail_report set address = :address, scope = :scope, contact_source = :source, contact_hash ="
                        + " :hash where message_id = :id and state = 'SENDING'")
                .param("address", contact.address())
                .param("scope", contact.scope().name())
                .param("source", contact.source())
                .param("hash", contact.answerHash().orElse(null))
                .param("id", messageId)
                .update();
    }

    void sent(String messageId, Instant at) {
        jdbc.sql("update mail_report set state = 'SENT', sent_at = ? where message_id = ?")
                .params(stored(at), messageId)
                .update();
    }

    /** It certainly was not taken, and may be sent again. */
    void drop(String messageId) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from mail_report_notice where message_id = ?")
                    .param(messageId)
                    .update();
            jdbc.sql("delete from mail_report where message_id = ? and state = 'SENDING'")
                    .param(messageId)
                    .update();
        });
    }

    Optional<Answered> byToken(String instance, Collection<String> tokens) {
        return by("reply_token", instance, tokens);
    }

    Optional<Answered> byMessageId(String instance, Collection<String> messageIds) {
        return by("message_id", instance, messageIds);
    }

    private Optional<Answered> by(String column, String instance, Collection<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : jdbc.sql("select message_id, address from mail_report where platform = :platform and " + column
                                + " in (:values) order by message_id limit 1")
                        .param("platform", instance)
                        .param("values", values)
                        .query((row, number) -> new Answered(row.getString("message_id"), row.getString("address")))
                        .optional();
    }

    /** Every recipient whose notice the mail carries. */
    List<Recipient> recipients(String messageId) {
        return jdbc.sql("select n.case_reference, s.recipient_number from mail_report_notice n join submission s on"
                        + " s.submission_key = n.submission_key where n.message_id = ? order by n.case_reference")
                .param(messageId)
                .query((row, number) -> new Recipient(
                        new CaseReference(row.getString("case_reference")), row.getInt("recipient_number")))
                .list();
    }

    void delivered(String messageId, Instant at) {
        jdbc.sql("update mail_report set delivered_at = ? where message_id = ? and delivered_at is null")
                .params(stored(at), messageId)
                .update();
    }

    /** A mail server said for certain that the address does not exist. */
    void bury(String address, String status, Instant at) {
        int updated = jdbc.sql("update mail_dead_address set status = ?, died_at = ? where address = ?")
                .params(status, stored(at), address)
                .update();
        if (updated == 0) {
            try {
                jdbc.sql("insert into mail_dead_address (address, status, died_at) values (?, ?, ?)")
                        .params(address, status, stored(at))
                        .update();
            } catch (DuplicateKeyException e) {
                // Another node learned it at the same moment, and wrote down the same.
                return;
            }
        }
    }

    /** Those of the addresses that were said not to exist, not long ago. */
    Set<String> dead(Collection<String> addresses, Instant now) {
        return addresses.isEmpty()
                ? Set.of()
                : jdbc
                        .sql("select address from mail_dead_address where address in (:addresses) and died_at > :since")
                        .param("addresses", addresses)
                        .param("since", stored(now.minus(DEAD_FOR)))
                        .query(String.class)
                        .list()
                        .stream()
                        .collect(Collectors.toUnmodifiableSet());
    }
}
