package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.notice.Letter.State;

/** The store of letters: mail where there is an address and a mail server, else on file for a person to hand over. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Letters {

    /**
     * What goes out by mail about a covert case: only what its removal needs, to the notice's recipients and to the forces
     * that are asked blind. Everything else, whatever comes to be written, is filed, for a member of the covert group to
     * hand over or not.
     */
    private static final Set<String> NEEDED_BY_COVERT_CASES = Set.of(
            "NOTICE",
            "PRE_NOTICE",
            "REMINDER",
            "CLARIFICATION",
            "WITHDRAWAL",
            "REINSTATEMENT",
            "DECISION_NOTICE",
            "VARIED_NOTICE",
            "PLATFORM_CONTACT",
            "PLATFORM_LEAD",
            "CONTENT_MANAGER",
            "DECONFLICTION_QUESTION",
            "HOLD_ENDING",
            "HOLD_EXPIRED",
            "HOLD_OVERRIDDEN");

    private static final int LONGEST_BODY = 20_000;
    private static final int LONGEST_DETAIL = 2000;
    private static final int LONGEST_ADDRESS = 320;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final CaseVisibility visibility;
    private final ObjectProvider<LetterListener> listeners;
    private final boolean canMail;

    Letters(
            JdbcClient jdbc,
            Clock clock,
            Audit audit,
            ApplicationEventPublisher events,
            CaseVisibility visibility,
            ObjectProvider<LetterListener> listeners,
            MailSettings settings,
            ObjectProvider<JavaMailSender> mail) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
        this.visibility = visibility;
        this.listeners = listeners;
        boolean server = mail.getIfAvailable() != null;
        if (server && MailAddress.parse(settings.from()).isEmpty()) {
            throw new IllegalStateException(
                    "spring.mail.host is set, so takedown.mail.from must be the hub's mail address");
        }
        this.canMail = server;
    }

    /** A letter on its way to the mail server. */
    record Sending(Letter letter, int tries, String worker, Instant since) {}

    /** Whether a letter of this key has been written. */
    @Transactional(readOnly = true)
    public boolean exists(String key) {
        return jdbc.sql("select count(*) from letter where letter_key = ?")
                        .params(key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Writes a letter, in the caller's transaction. Writing the same key again changes nothing.
     *
     * @param key     at most 100 characters
     * @param purpose at most 40 characters
     * @param address where mail reaches the addressee; a letter without one, or with an impossible one, is filed
     * @param subject at most 300 characters, one line
     * @param body    plain text, at most 20,000 characters; no media and nothing an outsider may not read
     */
    public void write(
            String key,
            CaseReference reference,
            String purpose,
            String addressee,
            Optional<String> address,
            String subject,
            String body) {
        if (body.length() > LONGEST_BODY) {
            throw new IllegalArgumentException("The letter " + key + " is longer than " + LONGEST_BODY + " characters");
        }
        boolean reachable = address.flatMap(MailAddress::parse).isPresent();
        boolean kept = !NEEDED_BY_COVERT_CASES.contains(purpose)
                && visibility.isCovert(reference).orElse(false);
        State state = reachable && canMail && !kept ? State.QUEUED : State.FILED;
        String unreachable = reachable || address.isEmpty() ? null : "The address is not a mail address";
        String detail = kept ? "Not mailed: the case is covert. Hand it over yourself if it has to go" : unreachable;
        int inserted = jdbc.sql("insert into letter (letter_key, case_reference, purpose, addressee, address, subject,"
                        + " body, state, not_before, tries, written_at, detail) select :key, case_reference, :purpose,"
                        + " :addressee, :address, :subject, :body, :state, cast(:now as timestamp(6) with time zone), 0,"
                        + " cast(:now as timestamp(6) with time zone), :detail from takedown_case where"
                        + " case_reference = :reference and not exists (select 1 from letter where letter_key = :key)")
                .param("key", key)
                .param("reference", reference.value())
                .param("purpose", purpose)
                .param("addressee", MailAddress.line(addressee))
                .param(
                        "address",
                        address.filter(text -> text.length() <= LONGEST_ADDRESS).orElse(null))
                .param("subject", MailAddress.line(subject))
                .param("body", body)
                .param("state", state.name())
                .param("now", stored(clock.instant()))
                .param("detail", detail)
                .update();
        if (inserted == 1) {
            audit.record(
                    reference,
                    state == State.QUEUED ? "letter.queued" : "letter.filed",
                    purpose + " to " + MailAddress.line(addressee));
            if (state == State.QUEUED) {
                events.publishEvent(new LetterQueued(key));
            }
        }
    }

    /** Whether a letter to that address would leave as mail. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean canMailTo(Optional<String> address) {
        return canMail && address.flatMap(MailAddress::parse).isPresent();
    }

    @Transactional(readOnly = true)
    public Optional<Letter> find(String key) {
        return jdbc.sql("select * from letter where letter_key = ?")
                .params(key)
                .query((row, number) -> letter(row))
                .optional();
    }

    /** When the mail server was last asked to take a letter, UTC; empty while it is on file. */
    @Transactional(readOnly = true)
    public Optional<Instant> triedAt(String key) {
        return jdbc.sql("select not_before from letter where letter_key = ? and tries > 0")
                .params(key)
                .query((row, number) -> Instants.required(row, "not_before"))
                .optional();
    }

    /** The letters of a case, oldest first. */
    @Transactional(readOnly = true)
    public List<Letter> of(CaseReference reference) {
        return jdbc.sql("select * from letter where case_reference = ? order by written_at, letter_key")
                .params(reference.value())
                .query((row, number) -> letter(row))
                .list();
    }

    @Transactional(readOnly = true)
    List<String> due(Instant now, int limit) {
        return jdbc.sql("select letter_key from letter where state = 'QUEUED' and not_before <= ? order by not_before,"
                        + " letter_key fetch first ? rows only")
                .params(stored(now), limit)
                .query(String.class)
                .list();
    }

    /** From here on nobody else sends it. While it is being sent, {@code not_before} says since when. */
    Optional<Sending> claim(String key, String worker) {
        Instant now = clock.instant();
        int claimed = jdbc.sql(
                        "update letter set state = 'SENDING', worker = ?, not_before = ?, tries = tries + 1 where"
                                + " letter_key = ? and state = 'QUEUED' and not_before <= ?")
                .params(worker, stored(now), key, stored(now))
                .update();
        return claimed == 0
                ? Optional.empty()
                : jdbc.sql("select * from letter where letter_key = ?")
                        .params(key)
                        .query((row, number) -> sending(row))
                        .optional();
    }

    /** The mail server certainly did not take it: back into the queue. */
    void postpone(Sending sending, Instant notBefore, String why) {
        jdbc.sql(
                        "update letter set state = 'QUEUED', worker = null, not_before = ?, detail = ? where letter_key = ? and"
                                + " state = 'SENDING' and worker = ?")
                .params(stored(notBefore), shortened(why), sending.letter().key(), sending.worker())
                .update();
    }

    void sent(Sending sending) {
        settle(sending, State.SENT, Optional.empty(), Optional.of(clock.instant()));
    }

    /** It cannot be mailed: a person hands it over. */
    void file(Sending sending, String why) {
        settle(sending, State.FILED, Optional.of(why), Optional.empty());
    }

    void uncertain(Sending sending, String why) {
        settle(sending, State.UNCERTAIN, Optional.of(why), Optional.empty());
    }

    @Transactional(readOnly = true)
    List<Sending> underWay() {
        return jdbc.sql("select * from letter where state = 'SENDING'")
                .query((row, number) -> sending(row))
                .list();
    }

    private void settle(Sending sending, State state, Optional<String> why, Optional<Instant> sentAt) {
        int settled = jdbc.sql(
                        "update letter set state = :state, detail = :detail, sent_at = :sentAt where letter_key ="
                                + " :key and state = 'SENDING' and worker = :worker")
                .param("state", state.name())
                .param("detail", why.map(Letters::shortened).orElse(null))
                .param("sentAt", stored(sentAt))
                .param("key", sending.letter().key())
                .param("worker", sending.worker())
                .update();
        if (settled == 1) {
            Letter letter = sending.letter();
            audit.record(
                    letter.reference(),
                    "letter." + state.name().toLowerCase(Locale.ROOT),
                    letter.purpose() + " to " + letter.addressee()
                            + why.map(reason -> ": " + reason).orElse(""));
            Letter asItStands = find(letter.key()).orElseThrow();
            listeners.orderedStream().forEach(listener -> listener.settled(asItStands));
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    private static Sending sending(ResultSet row) throws SQLException {
        return new Sending(
                letter(row), row.getInt("tries"), row.getString("worker"), Instants.required(row, "not_before"));
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getString("letter_key"),
                new CaseReference(row.getString("case_reference")),
                row.getString("purpose"),
                row.getString("addressee"),
                Optional.ofNullable(row.getString("address")),
                row.getString("subject"),
                row.getString("body"),
                State.valueOf(row.getString("state")),
                Instants.required(row, "written_at"),
                Instants.optional(row, "sent_at"),
                Optional.ofNullable(row.getString("detail")));
    }
}
