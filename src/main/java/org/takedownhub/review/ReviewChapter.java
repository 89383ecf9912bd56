package org.takedownhub.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.review.Review.DecisionNotice;

/** Requests for review and complaints on the page of a case: who asked, by when, what was decided, and what followed. */
@Component
@Order(600)
@Transactional(readOnly = true)
class ReviewChapter implements CaseChapter {

    private final ReviewRegister register;
    private final Notices notices;
    private final ClockLedger ledger;

    ReviewChapter(ReviewRegister register, Notices notices, ClockLedger ledger) {
        this.register = register;
        this.notices = notices;
        this.ledger = ledger;
    }

    @Override
    public String key() {
        return "reviews";
    }

    @Override
    public String title() {
        return "Reviews and complaints";
    }

    @Override
    public List<Entry> entries(CaseReference reference) {
        return register.of(reference).stream()
                .map(review -> new Entry(
                        review.id(),
                        review.kind(),
                        recipient(review).map(Recipient::name).orElse(null),
                        review.channel(),
                        review.receivedAt(),
                        review.late(),
                        review.dueAt(),
                        review.legalReference(),
                        review.legalVerified(),
                        review.decision().orElse(null),
                        review.decisionNotice().map(DecisionNotice::madeOutAt).orElse(null),
                        newDue(review).orElse(null)))
                .toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<List<Cell>> rows = register.of(reference).stream().map(this::row).toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        Optional.of("What they say is a stranger's words."),
                        List.of(
                                "Received",
                                "Asked by",
                                "What they say",
                                "To be decided by",
                                "Decision",
                                "Due from then on"),
                        rows));
    }

    private List<Cell> row(Review review) {
        String decision = review.decision().map(Words::of).orElse("not decided yet")
                + review.reasons().map(reasons -> ": " + reasons).orElse("");
        return List.of(
                Cell.of(Words.moment(review.receivedAt()) + ", " + Words.of(review.channel())
                        + (review.late() ? ", too late" : "")),
                Cell.of(review.requestedBy()
                        + recipient(review)
                                .map(asking -> " for " + asking.name())
                                .orElse(", complaint")),
                Cell.of(review.grounds()),
                Cell.of(Words.moment(review.dueAt()) + ". " + review.legalReference()
                        + (review.legalVerified() ? "" : " – not checked against its source")),
                review.decisionNotice().isEmpty()
                        ? Cell.of(decision)
                        : Cell.leading(
                                decision,
                                "/api/v1/cases/" + review.reference() + "/reviews/" + review.id() + "/decision-notice"),
                Cell.of(newDue(review).map(Words::moment).orElse("–")));
    }

    private Optional<Recipient> recipient(Review review) {
        return review.recipientNumber().map(number -> notices.require(review.reference(), number));
    }

    /** What the ledger says that this review came to. */
    private Optional<Instant> newDue(Review review) {
        return review.decisionNotice().flatMap(notice -> review.recipientNumber()
                .flatMap(number -> ledger.of(review.reference(), number).stream()
                        .filter(entry -> entry.event() == ClockEntry.Event.REVIEWED)
                        .filter(entry -> entry.at().equals(notice.madeOutAt()))
                        .findFirst())
                .flatMap(ClockEntry::dueAt));
    }

    /**
     * One review in the API.
     *
     * @param recipient absent for a complaint, which concerns every recipient
     * @param dueAt     by when it is to be decided
     * @param newDueAt  what is due from the decision on; absent where it left that alone
     */
    record Entry(
            String reviewId,
            Review.Kind kind,
            @Nullable String recipient,
            Review.RequestChannel channel,
            Instant receivedAt,
            boolean late,
            Instant dueAt,
            String legalReference,
            boolean legalVerified,
            Review.@Nullable Decision decision,
            @Nullable Instant decisionNoticeAt,
            @Nullable Instant newDueAt) {}
}
