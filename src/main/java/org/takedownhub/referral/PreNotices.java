package org.takedownhub.referral;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.InstrumentTerms;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.LetterListener;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/**
 * The pre-notice of a first removal order: a provider that was never ordered before learns of procedures and deadlines
 * at least 12 hours ahead, save in a duly justified emergency (Regulation (EU) 2021/784 Art. 3(2)). The period is the
 * instrument's, and longer where {@code takedown.referral.pre-notice} says so.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PreNotices implements LetterListener {

    static final String PURPOSE = "PRE_NOTICE";

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final InstrumentTerms terms;
    private final ReferralSettings settings;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Clock clock;

    PreNotices(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            Letters letters,
            ContactDirectory contacts,
            InstrumentTerms terms,
            ReferralSettings settings,
            ClockSpeed speed,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.terms = terms;
        this.settings = settings;
        this.speed = speed;
        this.audit = audit;
        this.clock = clock;
    }

    private enum Decision {
        /** Told, in a letter about this order. */
        SENT,
        /** Told about another order, not long enough ago. */
        RUNNING,
        /** Not told, because nobody could wait. */
        SKIPPED
    }

    /**
     * Decides whether a recipient has to be told first, and takes down why not where the law would have it told. Deciding
     * again comes to the same.
     */
    boolean required(Recipient recipient) {
        if (terms.preNotice(recipient.instrument()).isEmpty() || orderedBefore(recipient)) {
            return false;
        }
        if (cases.require(recipient.reference()).threatToLife()) {
            skip(recipient);
            return false;
        }
        return told(recipient.platform())
                .filter(ends -> !ends.isAfter(clock.instant()))
                .isEmpty();
    }

    /**
     * Tells the recipient, unless it has just been told about another order.
     *
     * @return when the order may follow, UTC
     */
    Instant send(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        Optional<Instant> running = told(recipient.platform()).filter(ends -> ends.isAfter(clock.instant()));
        if (running.isPresent()) {
            keep(recipient, Decision.RUNNING, null, running.get(), "told about another order already");
            return running.get();
        }
        Duration ahead = period(recipient);
        Instant now = clock.instant();
        Instant ends = now.plus(speed.scaled(ahead));
        Optional<String> address = contacts.mailOf(recipient);
        boolean mailed = letters.canMailTo(address);
        keep(
                recipient,
                Decision.SENT,
                now,
                ends,
                mailed ? "by mail" : "on file: a person hands it over now, in the portal if there is no other way");
        letters.write(
                key(reference, recipientNumber),
                reference,
                PURPOSE,
                recipient.name(),
                address,
                "Information ahead of a removal order, " + reference,
                text(reference, ahead));
        return ends;
    }

    /** The period begins when the letter has left, which is what is kept. */
    @Override
    public void settled(Letter letter) {
        if (letter.purpose().equals(PURPOSE) && letter.sentAt().isPresent()) {
            String[] key = letter.key().split("/");
            jdbc.sql("update pre_notice set sent_at = ? where case_reference = ? and recipient_number = ?")
                    .params(
                            stored(letter.sentAt().get()),
                            letter.reference().value(),
                            Integer.parseInt(key[key.length - 1]))
                    .update();
        }
    }

    /** Whoever was given an order once knows how it goes. */
    private boolean orderedBefore(Recipient recipient) {
        return jdbc.sql("select count(*) from recipient r join notice n on n.notice_id = r.notice_id where n.instrument"
                                + " = ? and r.platform = ? and r.given_at is not null")
                        .params(recipient.instrument().name(), recipient.platform())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** When the period of the newest pre-notice to a platform ends or ended, UTC. */
    private Optional<Instant> told(String platform) {
        return jdbc.sql("select max(ends_at) as ends_at from pre_notice where platform = ? and decision = ?")
                .params(platform, Decision.SENT.name())
                .query((row, number) -> Instants.optional(row, "ends_at"))
                .single();
    }

    private Duration period(Recipient recipient) {
        Duration lawful = terms.preNotice(recipient.instrument()).orElseThrow();
        return lawful.compareTo(settings.preNotice()) > 0 ? lawful : settings.preNotice();
    }

    private void skip(Recipient recipient) {
        keep(
                recipient,
                Decision.SKIPPED,
                null,
                null,
                "duly justified emergency: threat to life, Regulation (EU) 2021/784 Art. 3(2)");
    }

    private void keep(
            Recipient recipient, Decision decision, @Nullable Instant sentAt, @Nullable Instant endsAt, String reason) {
        int inserted = jdbc.sql("insert into pre_notice (case_reference, recipient_number, platform, decision,"
                        + " decided_at, sent_at, ends_at, reason) select case_reference, number, platform, :decision,"
                        + " cast(:now as timestamp(6) with time zone), cast(:sent as timestamp(6) with time zone),"
                        + " cast(:ends as timestamp(6) with time zone), :reason from recipient r where case_reference ="
                        + " :reference and number = :number and not exists (select 1 from pre_notice p where"
                        + " p.case_reference = r.case_reference and p.recipient_number = r.number)")
                .param("decision", decision.name())
                .param("now", stored(clock.instant()))
                .param("sent", stored(Optional.ofNullable(sentAt)))
                .param("ends", stored(Optional.ofNullable(endsAt)))
                .param("reason", reason)
                .param("reference", recipient.reference().value())
                .param("number", recipient.number())
                .update();
        if (inserted == 1) {
            audit.record(
                    recipient.reference(),
                    "pre-notice." + decision.name().toLowerCase(Locale.ROOT),
                    "recipient " + recipient.number() + ": " + reason + (endsAt == null ? "" : ", ends " + endsAt));
        }
    }

    private static String key(CaseReference reference, int number) {
        return "pre-notice/" + reference + "/" + number;
    }

    private static String text(CaseReference reference, Duration ahead) {
        return "We mean to send you a removal order under Article 3 of Regulation (EU) 2021/784, your first from us, not"
                + " earlier than " + ahead.toHours()
                + " hours from now. This is what Article 3(2) of the Regulation wants"
                + " you to know before.\n\n"
                + "What to do: remove the content that an order names, or disable access to it in all member states, as"
                + " soon as possible and in any event within one hour of receipt of the order (Article 3(3)). Then tell"
                + " us at once, with the time, on the form of Annex II.\n\n"
                + "If you cannot comply because of force majeure or a de facto impossibility that is not attributable to"
                + " you, tell us without undue delay on the form of Annex III; the hour begins when the ground has ceased"
                + " (Article 3(7)).\n\n"
                + "If the order has manifest errors or lacks information, ask us on the same form; the hour begins when"
                + " you have our clarification (Article 3(8)).\n\n"
                + "Give your answers under the reference " + reference + ". No answer to this letter is needed.";
    }
}
