package org.takedownhub.review;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.notice.ContactBook;
import org.takedownhub.notice.Letters;

/** The clock of whoever decides: a reminder, and word to the duty officers once the time is over. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReviewAlarms {

    private static final String REMINDER = "REVIEW_REMINDER";
    private static final String OVERDUE = "REVIEW_OVERDUE";

    private final ReviewRegister register;
    private final Letters letters;
    private final ContactBook contacts;
    private final Audit audit;

    ReviewAlarms(ReviewRegister register, Letters letters, ContactBook contacts, Audit audit) {
        this.register = register;
        this.letters = letters;
        this.contacts = contacts;
        this.audit = audit;
    }

    void remind(String reviewId) {
        Review review = register.require(reviewId);
        letters.write(
                "review/" + reviewId + "/reminder",
                review.reference(),
                REMINDER,
                "Review officers",
                contacts.rung(REMINDER),
                "To be decided soon: " + review.reference(),
                "A " + words(review) + " about " + review.reference() + " is to be decided until " + review.dueAt()
                        + ". The task is in the queue To pick up or My tasks.");
        audit.record(review.reference(), "review.reminded", "to be decided until " + review.dueAt());
    }

    void overdue(String reviewId) {
        Review review = register.require(reviewId);
        letters.write(
                "review/" + reviewId + "/overdue",
                review.reference(),
                OVERDUE,
                "Duty officers",
                contacts.rung(OVERDUE),
                "Not decided in time: " + review.reference(),
                "A " + words(review) + " about " + review.reference() + " was to be decided until " + review.dueAt()
                        + " and is not. Only a review officer who had no part in the case can decide it; find one.");
        audit.record(review.reference(), "review.overdue", "was to be decided until " + review.dueAt());
    }

    private static String words(Review review) {
        return review.kind() == Review.Kind.REVIEW ? "request for review" : "complaint";
    }
}
