package org.takedownhub.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.NoticeWithdrawal;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;
import org.takedownhub.review.Review.Decision;
import org.takedownhub.review.Review.DecisionNotice;
import org.takedownhub.review.Review.Kind;

/** What follows from a decision: the decision notice, and what becomes of the notice that was looked at. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReviewDecisions {

    private final ReviewRegister register;
    private final DecisionNotices documents;
    private final Notices notices;
    private final NoticeWithdrawal withdrawal;
    private final Letters letters;
    private final ContactDirectory contacts;
    private final ClockLedger ledger;
    private final Takedowns takedowns;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Clock clock;

    ReviewDecisions(
            ReviewRegister register,
            DecisionNotices documents,
            Notices notices,
            NoticeWithdrawal withdrawal,
            Letters letters,
            ContactDirectory contacts,
            ClockLedger ledger,
            Takedowns takedowns,
            ClockSpeed speed,
            Audit audit,
            Clock clock) {
        this.register = register;
        this.documents = documents;
        this.notices = notices;
        this.withdrawal = withdrawal;
        this.letters = letters;
        this.contacts = contacts;
        this.ledger = ledger;
        this.takedowns = takedowns;
        this.speed = speed;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes out the decision notice and sends it to whoever asked. Read from the register, not from the engine, so that
     * no decision goes out that nobody uninvolved has made.
     *
     * @throws IllegalStateException nobody has decided
     */
    Decision send(String reviewId) {
        Review review = register.require(reviewId);
        Decision decision = review.decision()
                .orElseThrow(() -> new IllegalStateException("Review " + reviewId + " of case " + review.reference()
                        + " is not decided; lead it back to Task_DecideReview"));
        Instant now = clock.instant();
        CaseReference reference = review.reference();
        if (review.kind() == Kind.REVIEW) {
            Recipient recipient =
                    notices.require(reference, review.recipientNumber().orElseThrow());
            DecisionNotice notice = documents.forRecipient(review, recipient, newDue(review, recipient, now), now);
            register.madeOut(reviewId, notice);
            letters.write(
                    "review/" + reviewId + "/decision",
                    reference,
                    "DECISION_NOTICE",
                    recipient.name(),
                    contacts.mailOf(recipient),
                    "Decision on your request for review of " + reference,
                    notice.text());
        } else {
            DecisionNotice notice = documents.forComplainant(review, now);
            register.madeOut(reviewId, notice);
            // Filed for a person to hand over: the hub keeps no addresses of the public.
            letters.write(
                    "review/" + reviewId + "/decision",
                    reference,
                    "COMPLAINT_ANSWER",
                    review.requestedBy(),
                    Optional.empty(),
                    "Your complaint",
                    notice.text());
        }
        audit.record(reference, "review.decision-notice", decision + about(review));
        return decision;
    }

    /** The notice stands: the recipient has the later of its old due date and the time the decision notice gives. */
    void confirm(String reviewId) {
        Review review = register.require(reviewId);
        concerned(review).forEach(recipient -> moveDue(review, recipient));
    }

    /** The notice stands with another content, and every recipient concerned gets its new text. */
    void vary(String reviewId) {
        Review review = register.require(reviewId);
        String text = review.variedNotice().orElseThrow();
        concerned(review).stream().filter(recipient -> !withdrawn(recipient)).forEach(recipient -> {
            notices.vary(review.reference(), recipient.number(), text);
            if (recipient.givenAt().isEmpty()) {
                // What goes out to it later carries the new text anyway.
                return;
            }
            letters.write(
                    "review/" + reviewId + "/varied/" + recipient.number(),
                    review.reference(),
                    "VARIED_NOTICE",
                    recipient.name(),
                    contacts.mailOf(recipient),
                    "Notice " + review.reference() + " as varied",
                    documents.variedNotice(recipient, text, newDue(review, recipient, madeOutAt(review))));
            moveDue(review, recipient);
        });
    }

    /** The notice is taken back, and what had come of it is corrected. */
    void withdraw(String reviewId) {
        Review review = register.require(reviewId);
        concerned(review)
                .forEach(recipient -> withdrawal.takeBack(
                        review.reference(),
                        recipient.number(),
                        (review.kind() == Kind.REVIEW ? "withdrawn on review " : "withdrawn on complaint ")
                                + reviewId));
    }

    private void moveDue(Review review, Recipient recipient) {
        Optional<Instant> newDue = newDue(review, recipient, madeOutAt(review));
        Optional<ClockEntry> last = ledger.last(recipient.reference(), recipient.number());
        if (newDue.isEmpty() || last.isEmpty()) {
            return;
        }
        Instant due = newDue.get();
        boolean moved = !due.equals(recipient.dueAt().orElseThrow());
        if (moved && !notices.dueMoved(recipient.reference(), recipient.number(), due)) {
            return;
        }
        // Under the policy the clock began under: a review moves an instant, not the rule.
        ledger.add(new ClockEntry(
                recipient.reference(),
                recipient.number(),
                ClockEntry.Event.REVIEWED,
                madeOutAt(review),
                newDue,
                last.get().policyCode(),
                last.get().policyVersion(),
                review.decision().orElseThrow().name().toLowerCase(Locale.ROOT) + " on review, " + review.policyCode()
                        + " v" + review.policyVersion()));
        if (moved) {
            takedowns.dueMoved(recipient.reference(), recipient.number(), due, remindAt(madeOutAt(review), due));
        }
    }

    /**
     * The later of the old due date and the end of the time that the decision notice gives. Empty where nothing is due:
     * the recipient's part is over, its clock stands still or has not begun, or the rule leaves the due date alone.
     */
    private Optional<Instant> newDue(Review review, Recipient recipient, Instant decisionNoticeAt) {
        Decision decision = review.decision().orElseThrow();
        boolean stands = decision == Decision.CONFIRMED || decision == Decision.VARIED;
        if (!stands || !recipient.open() || !takedowns.following(recipient.reference(), recipient.number())) {
            return Optional.empty();
        }
        return review.afterReview().flatMap(period -> recipient.dueAt().map(old -> {
            Instant after = decisionNoticeAt.plus(speed.scaled(period));
            return after.isAfter(old) ? after : old;
        }));
    }

    private List<Recipient> concerned(Review review) {
        List<Recipient> all = notices.of(review.reference());
        if (review.recipientNumber().isEmpty()) {
            return all;
        }
        Recipient asked =
                notices.require(review.reference(), review.recipientNumber().get());
        return all.stream()
                .filter(recipient -> recipient.number() == asked.number()
                        || review.variedForAll() && recipient.noticeId().equals(asked.noticeId()))
                .toList();
    }

    private static Instant madeOutAt(Review review) {
        return review.decisionNotice().orElseThrow().madeOutAt();
    }

    private static Instant remindAt(Instant from, Instant due) {
        return from.plus(Duration.between(from, due).multipliedBy(3).dividedBy(4));
    }

    private static boolean withdrawn(Recipient recipient) {
        return recipient.outcome().equals(Optional.of(Outcome.WITHDRAWN));
    }

    private static String about(Review review) {
        return review.recipientNumber().map(number -> ", recipient " + number).orElse(", complaint");
    }
}
