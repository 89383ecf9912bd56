package org.takedownhub.removal;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.ProofOfDelivery;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReplyListener;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.Submissions;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/**
 * What a platform said to a report, kept once and acted on. A machine's word never settles a case as removed: that it
 * acted is a reason to look; that it will not act is its answer, as if it had told a person; anything else is read by one.
 */
@Component
class PlatformReplies implements PlatformReplyListener {

    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_ATTEMPTS = 4;

    private final JdbcClient jdbc;
    private final Notices notices;
    private final Submissions submissions;
    private final Watched watched;
    private final RemovalClock removalClock;
    private final GivenAgain givenAgain;
    private final Takedowns takedowns;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    PlatformReplies(
            JdbcClient jdbc,
            Notices notices,
            Submissions submissions,
            Watched watched,
            RemovalClock removalClock,
            GivenAgain givenAgain,
            Takedowns takedowns,
            Transactions transactions,
            Audit audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.submissions = submissions;
        this.watched = watched;
        this.removalClock = removalClock;
        this.givenAgain = givenAgain;
        this.takedowns = takedowns;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void replied(CaseReference reference, int recipientNumber, PlatformReply reply) {
        transactions.run(() -> {
            Recipient recipient = notices.require(reference, recipientNumber);
            boolean news = recipient.open() && keep(recipient, reply);
            if (news) {
                audit.record(reference, "removal.reply", reply.kind() + " from " + recipient.name());
                act(recipient, reply);
            }
            return news;
        });
    }

    private boolean keep(Recipient recipient, PlatformReply reply) {
        boolean known = jdbc.sql("select count(*) from platform_reply where case_reference = ? and recipient_number = ?"
                                + " and reply_key = ?")
                        .params(recipient.reference().value(), recipient.number(), reply.key())
                        .query(Integer.class)
                        .single()
                > 0;
        if (!known) {
            jdbc.sql("insert into platform_reply (case_reference, recipient_number, reply_key, kind, text, replied_at,"
                            + " recorded_at) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            recipient.reference().value(),
                            recipient.number(),
                            reply.key(),
                            reply.kind().name(),
                            shortened(reply.text()),
                            stored(reply.at()),
                            stored(clock.instant()))
                    .update();
        }
        return !known;
    }

    private void act(Recipient recipient, PlatformReply reply) {
        CaseReference reference = recipient.reference();
        int number = recipient.number();
        switch (reply.kind()) {
            case ACKNOWLEDGED -> acknowledged(recipient, reply);
            case ACTION_TAKEN -> {
                acknowledged(recipient, reply);
                watched.lookNow(reference, recipient.platform());
            }
            case NO_ACTION -> {
                notices.settle(reference, number, Outcome.REFUSED, null, null);
                takedowns.removalRefused(reference, number);
            }
            case DELIVERED -> notices.received(
                    reference, number, reply.at(), ProofOfDelivery.DELIVERY_REPORT, reply.key());
            case MESSAGE -> takedowns.clarificationAsked(reference, number, removalClock.answerBy());
            case UNDELIVERABLE -> {
                givenAgain.failed(recipient, reply.at(), reply.text());
                sendAgain(recipient);
            }
        }
    }

    private void acknowledged(Recipient recipient, PlatformReply reply) {
        notices.acknowledged(recipient.reference(), recipient.number(), reply.at());
        notices.received(
                recipient.reference(), recipient.number(), reply.at(), ProofOfDelivery.ACKNOWLEDGEMENT, reply.key());
    }

    /** The next contact gets it; when a few have been tried, a person has to find out how else it can be given. */
    private void sendAgain(Recipient recipient) {
        CaseReference reference = recipient.reference();
        List<Submission> sent = submissions.of(reference).stream()
                .filter(submission -> submission.recipientNumber() == recipient.number()
                        && submission.purpose() == Submission.Purpose.REFERRAL)
                .toList();
        Optional<String> through = submissions.sentThrough(reference, recipient.number());
        if (through.isPresent() && sent.size() < MOST_ATTEMPTS) {
            submissions.prepare(
                    reference,
                    recipient.number(),
                    0,
                    sent.size(),
                    Submission.Purpose.REFERRAL,
                    through.get(),
                    recipient.explanation());
        } else {
            takedowns.clarificationAsked(reference, recipient.number(), removalClock.answerBy());
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
