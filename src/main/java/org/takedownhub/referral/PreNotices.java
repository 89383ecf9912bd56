package org.takedownhub.referral;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/**
 * The pre-notice of a first removal order: a provider that was never ordered before learns of procedures and deadlines
 * at least 12 hours ahead, save in a duly justified emergency (Regulation (EU) 2021/784 Art. 3(2)).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PreNotices {

    private static final Duration AHEAD = Duration.ofHours(12);

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Notices notices;
    private final Letters letters;
    private final ContactBook contacts;
    private final ClockSpeed speed;
    private final Clock clock;

    PreNotices(
            JdbcClient jdbc,
            Cases cases,
            Notices notices,
            Letters letters,
            ContactBook contacts,
            ClockSpeed speed,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.speed = speed;
        this.clock = clock;
    }

    boolean required(Recipient recipient) {
        return recipient.instrument().equals(Instrument.TCO_ORDER)
                && !cases.require(recipient.reference()).threatToLife()
                && jdbc.sql("select count(*) from recipient r join notice n on n.notice_id = r.notice_id where"
                                        + " n.instrument = :instrument and r.platform = :platform and r.name = :name"
                                        + " and r.given_at is not null")
                                .param("instrument", recipient.instrument().name())
                                .param("platform", recipient.platform())
                                .param("name", recipient.name())
                                .query(Long.class)
                                .single()
                        == 0;
    }

    /** @return when the order may follow, UTC */
    Instant send(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        letters.write(
                "pre-notice/" + reference + "/" + recipientNumber,
                reference,
                "PRE_NOTICE",
                recipient.name(),
                contacts.platform(recipient.platform()),
                "Notice ahead of a removal order, " + reference,
                "We mean to send you a removal order under Article 3 of Regulation (EU) 2021/784, your first from us."
                        + " Content named in an order is removed, or access to it disabled in all member states, within"
                        + " one hour of its receipt. If that is impossible for you, or the order has an error, tell us"
                        + " at once under the reference " + reference + ".");
        return clock.instant().plus(speed.scaled(AHEAD));
    }
}
