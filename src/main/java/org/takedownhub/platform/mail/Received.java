package org.takedownhub.platform.mail;

import static org.takedownhub.audit.Instants.stored;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.audit.Instants;

/** What came in, and how far each mailbox has been read. */
final class Received {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Received(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What a mail is to us. */
    enum Kind {
        DELIVERED,
        FAILED,
        DELAYED,
        RELAYED,
        /** A machine says that it has ours. */
        AUTOMATIC,
        ANSWER,
        /** One of our own came round to us. */
        OWN,
        /** It could not be read, or is too long: a person looks into the mailbox. */
        UNREADABLE
    }

    /** @param lastUid the highest number that has been read */
    record Mark(long uidValidity, long lastUid) {}

    /** @param body plain text, at most 4,000 characters */
    record Entry(
            String messageKey,
            Kind kind,
            Optional<String> answers,
            String sender,
            String subject,
            String dkim,
            Optional<String> ticket,
            String body,
            int attachments,
            long size,
            byte[] raw,
            Instant saidAt) {}

    /** Something that a case has not been told yet. */
    record Untold(long id, String messageKey, Kind kind, String answers, String body, Instant saidAt, Instant tellAt) {}

    /** @return how far the mailbox has been read, when it is this node's turn; it then has it until then */
    Optional<Mark> claim(String instance, Instant now, Instant until) {
        int claimed = jdbc.sql("update mail_folder set next_poll_at = ? where platform = ? and next_poll_at <= ?")
                .params(stored(until), instance, stored(now))
                .update();
        if (claimed == 0 && !insertFolder(instance, until)) {
            return Optional.empty();
        }
        return jdbc.sql("select uid_validity, last_uid from mail_folder where platform = ?")
                .param(instance)
                .query((row, number) -> new Mark(row.getLong("uid_validity"), row.getLong("last_uid")))
                .optional();
    }

    private boolean insertFolder(String instance, Instant until) {
        Long there = jdbc.sql("select count(*) from mail_folder where platform = ?")
                .param(instance)
                .query(Long.class)
                .single();
        if (there > 0) {
            return false;
        }
        try {
            jdbc.sql("insert into mail_folder (platform, uid_validity, last_uid, next_poll_at) values (?, 0, 0, ?)")
                    .params(instance, stored(until))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** The server counts anew: everything is read again, and what is known is known by its text. */
    void restart(String instance, long uidValidity) {
        jdbc.sql("update mail_folder set uid_validity = ?, last_uid = 0 where platform = ?")
                .params(uidValidity, instance)
                .update();
    }

    void nextPoll(String instance, Instant at) {
        jdbc.sql("update mail_folder set next_poll_at = ? where platform = ?")
                .params(stored(at), instance)
                .update();
    }

    /**
     * Keeps a mail and moves the mark, both or neither.
     *
     * @param tellAt when its case is told; empty for what concerns no case
     * @return false when it was known
     */
    boolean keep(String instance, long uidValidity, long uid, Entry entry, Instant now, Optional<Instant> tellAt) {
        boolean known = jdbc.sql("select count(*) from mail_received where platform = ? and message_key = ?")
                        .params(instance, entry.messageKey())
                        .query(Long.class)
                        .single()
                > 0;
        if (known) {
            advance(instance, uidValidity, uid);
            return false;
        }
        try {
            transaction.executeWithoutResult(status -> {
                insert(instance, uidValidity, uid, entry, now, tellAt);
                advance(instance, uidValidity, uid);
            });
            return true;
        } catch (DuplicateKeyException e) {
            advance(instance, uidValidity, uid);
            return false;
        }
    }

    private void insert(
            String instance, long uidValidity, long uid, Entry entry, Instant now, Optional<Instant> tellAt) {
        jdbc.sql("insert into mail_received (platform, message_key, uid_validity, uid, kind, answers, sender, subject,"
                        + " dkim, ticket, body, attachments, size_in_bytes, sha256, raw, said_at, received_at, tell_at)"
                        + " values (:platform, :key, :validity, :uid, :kind, :answers, :sender, :subject, :dkim,"
                        + " :ticket, :body, :attachments, :size, :hash, :raw, :said, :now, :tell)")
                .param("platform", instance)
                .param("key", entry.messageKey())
                .param("validity", uidValidity)
                .param("uid", uid)
                .param("kind", entry.kind().name())
                .param("answers", entry.answers().orElse(null))
                .param("sender", entry.sender())
                .param("subject", entry.subject())
                .param("dkim", entry.dkim())
                .param("ticket", entry.ticket().orElse(null))
                .param("body", entry.body())
                .param("attachments", entry.attachments())
                .param("size", entry.size())
                .param("hash", Tokens.hash(entry.raw()))
                .param("raw", Base64.getEncoder().encodeToString(entry.raw()))
                .param("said", stored(entry.saidAt()))
                .param("now", stored(now))
                .param("tell", stored(tellAt))
                .update();
    }

    /** Moves the mark past a message; never backwards. */
    void advance(String instance, long uidValidity, long uid) {
        jdbc.sql("update mail_folder set last_uid = ? where platform = ? and uid_validity = ? and last_uid < ?")
                .params(uid, instance, uidValidity, uid)
                .update();
    }

    /** Whether a machine has acknowledged this mail of ours before: a receipt comes once. */
    boolean acknowledged(String messageId) {
        return jdbc.sql("select count(*) from mail_received where answers = ? and kind = 'AUTOMATIC'")
                        .param(messageId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<Untold> untold(Instant now, int most) {
        return jdbc.sql("select id, message_key, kind, answers, body, said_at, tell_at from mail_received where tell_at"
                        + " <= ? order by id limit ?")
                .params(stored(now), most)
                .query((row, number) -> new Untold(
                        row.getLong("id"),
                        row.getString("message_key"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("answers"),
                        row.getString("body"),
                        Instants.required(row, "said_at"),
                        Instants.required(row, "tell_at")))
                .list();
    }

    /** @return false when another node took it */
    boolean claim(Untold untold, Instant until) {
        return jdbc.sql("update mail_received set tell_at = ? where id = ? and tell_at = ?")
                        .params(stored(until), untold.id(), stored(untold.tellAt()))
                        .update()
                == 1;
    }

    void told(long id) {
        jdbc.sql("update mail_received set tell_at = null where id = ?")
                .param(id)
                .update();
    }
}
