package org.takedownhub.escalation;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.SubmissionListener;
import org.takedownhub.platform.Submissions;
import org.takedownhub.platform.Uncertain;

/** Reminds the platform's contact, the way the notice went: through its API, through the abuse mail, or by letter. */
@Component
class PlatformContact implements RungEffect, SubmissionListener {

    static final String ACTION = "PLATFORM_CONTACT";

    private final Submissions submissions;
    private final Platforms platforms;
    private final Notices notices;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final RungLetters rungLetters;

    PlatformContact(
            Submissions submissions,
            Platforms platforms,
            Notices notices,
            Letters letters,
            ContactDirectory contacts,
            RungLetters rungLetters) {
        this.submissions = submissions;
        this.platforms = platforms;
        this.notices = notices;
        this.letters = letters;
        this.contacts = contacts;
        this.rungLetters = rungLetters;
    }

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        String text = RungLetters.overdue(rung);
        return List.of(through(rung.recipient())
                .map(instance -> submit(rung, instance, text))
                .orElseGet(() -> rungLetters.write(rung, text, rungLetters.platform(rung.recipient()))));
    }

    private Done submit(RungInHand rung, String instance, String text) {
        String key = submissions.prepare(
                rung.reference(),
                rung.recipient().number(),
                rung.rung().number(),
                0,
                Submission.Purpose.RUNG,
                instance,
                text);
        return new Done(Done.Kind.SUBMISSION, key, "Reminder through " + instance + ", the way the notice went");
    }

    /** The platform instance that takes a reminder; empty when only a letter reaches the recipient. */
    private Optional<String> through(Recipient recipient) {
        if (recipient.channel() == Channel.API) {
            return Optional.of(recipient.platform());
        }
        return recipient.channel() == Channel.MAIL ? platforms.forMail().map(Platform::instance) : Optional.empty();
    }

    /** A rung that was to go through an interface and did not becomes a letter: what was climbed is not lost. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(Submission submission, ReferralAnswer answer) {
        boolean went = answer instanceof Receipt || answer instanceof ContentGone;
        if (submission.purpose() != Submission.Purpose.RUNG || went) {
            return;
        }
        CaseReference reference = submission.reference();
        Recipient recipient = notices.require(reference, submission.recipientNumber());
        // It may have arrived, so nothing more goes out by itself: the letter is filed, for a person to look.
        Optional<String> address = answer instanceof Uncertain ? Optional.empty() : contacts.mailOf(recipient);
        letters.write(
                "rung/" + reference + "/" + submission.recipientNumber() + "/" + submission.rung(),
                reference,
                ACTION,
                recipient.name(),
                address,
                RungLetters.subject(recipient),
                submission.explanation());
    }
}
