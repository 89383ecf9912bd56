package org.takedownhub.removal;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.SubmissionListener;
import org.takedownhub.platform.Uncertain;

/** An answer that was to go where the question came from and did not becomes a letter: what was written is not lost. */
@Component
class ClarificationAnswers implements SubmissionListener {

    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;

    ClarificationAnswers(Notices notices, Letters letters, ContactDirectory contacts) {
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
    }

    @Override
    public void settled(Submission submission, ReferralAnswer answer) {
        if (submission.purpose() != Submission.Purpose.ANSWER || answer instanceof Receipt) {
            return;
        }
        CaseReference reference = submission.reference();
        Recipient recipient = notices.require(reference, submission.recipientNumber());
        letters.write(
                "answer/" + reference + "/" + submission.recipientNumber() + "/" + submission.attempt(),
                reference,
                "CLARIFICATION",
                recipient.name(),
                // It may have arrived, so nothing more goes out by itself: the letter is filed, for a person to look.
                answer instanceof Uncertain ? Optional.empty() : contacts.mailOf(recipient),
                "Answer to your question about " + reference,
                submission.explanation());
    }
}
