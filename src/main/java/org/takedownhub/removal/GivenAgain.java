package org.takedownhub.removal;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.SubmissionListener;
import org.takedownhub.process.Takedowns;

/**
 * A notice of which it turned out that nobody had got it, and that was then given to somebody who did: its time begins
 * with that, whatever time had run before.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class GivenAgain implements SubmissionListener {

    private final Notices notices;
    private final RemovalClock removalClock;
    private final Takedowns takedowns;

    GivenAgain(Notices notices, RemovalClock removalClock, Takedowns takedowns) {
        this.notices = notices;
        this.removalClock = removalClock;
        this.takedowns = takedowns;
    }

    /** Nobody got it: no time runs, and if it stays so, the climb begins when the hub should have found another way. */
    void failed(Recipient recipient, Instant at, String detail) {
        CaseReference reference = recipient.reference();
        int number = recipient.number();
        if (notices.notGiven(reference, number, at, detail)) {
            removalClock.neverGiven(recipient, at);
            takedowns.dueMoved(reference, number, removalClock.answerBy(), removalClock.answerBy());
        }
    }

    /** It has been given after all. */
    void given(CaseReference reference, int number) {
        removalClock
                .givenAnew(reference, number)
                .ifPresent(
                        alarms -> takedowns.dueMoved(reference, number, alarms.removalDueAt(), alarms.reminderDueAt()));
    }

    @Override
    public void settled(Submission submission, ReferralAnswer answer) {
        if (submission.purpose() == Submission.Purpose.REFERRAL && answer instanceof Receipt) {
            given(submission.reference(), submission.recipientNumber());
        }
    }
}
