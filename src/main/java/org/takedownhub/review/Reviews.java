package org.takedownhub.review;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.ReviewProcesses;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.Transactions;
import org.takedownhub.review.Review.Kind;
import org.takedownhub.review.Review.RequestChannel;

/**
 * Taking down that a recipient asks for a review, or that an uploader complains. A request that came too late is taken
 * down as well: a person says so, not a program. Nothing stops meanwhile: a request suspends no deadline.
 */
@Component
public class Reviews {

    private static final int URGENT = 90;
    private static final int NORMAL = 60;

    /** How far the clock of whoever noted the request may be behind ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final ReviewRegister register;
    private final ReviewPolicies policies;
    private final Cases cases;
    private final Notices notices;
    private final ReviewProcesses processes;
    private final Transactions transactions;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Actor actor;
    private final Clock clock;

    Reviews(
            ReviewRegister register,
            ReviewPolicies policies,
            Cases cases,
            Notices notices,
            ReviewProcesses processes,
            Transactions transactions,
            ClockSpeed speed,
            Audit audit,
            Actor actor,
            Clock clock) {
        this.register = register;
        this.policies = policies;
        this.cases = cases;
        this.notices = notices;
        this.processes = processes;
        this.transactions = transactions;
        this.speed = speed;
        this.audit = audit;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * Takes down a recipient's request, whether the case is open or closed.
     *
     * @param name        the recipient; may be left out where there is only one
     * @param requestedBy at most 255 characters
     * @param grounds     at most 4,000 characters
     * @param receivedAt  when the request reached the hub, UTC
     * @throws NoSuchRecipient  there is no recipient of that name, or several and none was named
     * @throws NothingToReview  the recipient has no notice, or a withdrawn one
     * @throws ReviewUnderWay   an earlier request of this recipient is not decided yet
     * @throws ReceivedTooEarly the request would be older than the notice
     */
    public Review request(
            CaseReference reference,
            Optional<String> name,
            String requestedBy,
            String grounds,
            RequestChannel channel,
            Instant receivedAt) {
        return unlessUnderWay(() -> {
            Recipient recipient = addressed(reference, name);
            if (recipient.givenAt().isEmpty()) {
                throw new NothingToReview(recipient.name() + " has not been given the notice of " + reference + " yet");
            }
            if (recipient.outcome().equals(Optional.of(Outcome.WITHDRAWN))) {
                throw new NothingToReview("The notice of " + reference + " to " + recipient.name() + " is withdrawn");
            }
            return enter(Kind.REVIEW, List.of(recipient), requestedBy, grounds, channel, receivedAt);
        });
    }

    /**
     * Takes down a complaint about a case. It concerns every recipient.
     *
     * @param complainant a reference that stands for a person, at most 255 characters; no name
     * @param text        at most 4,000 characters
     * @param receivedAt  when it reached the hub, UTC
     * @throws NothingToReview  no notice was given, or all are withdrawn
     * @throws ReviewUnderWay   an earlier complaint is not decided yet
     * @throws ReceivedTooEarly the complaint would be older than the notice
     */
    public Review complain(
            CaseReference reference, String complainant, String text, RequestChannel channel, Instant receivedAt) {
        return unlessUnderWay(() -> {
            List<Recipient> given = notices.of(reference).stream()
                    .filter(recipient -> recipient.givenAt().isPresent())
                    .filter(recipient -> !recipient.outcome().equals(Optional.of(Outcome.WITHDRAWN)))
                    .toList();
            if (given.isEmpty()) {
                throw new NothingToReview("Case " + reference + " has no notice that somebody was given");
            }
            return enter(Kind.COMPLAINT, given, complainant, text, channel, receivedAt);
        });
    }

    /** The reviews of a case, oldest first. */
    public List<Review> of(CaseReference reference) {
        return transactions.run(() -> register.of(reference));
    }

    /** One review of a case. */
    public Optional<Review> find(CaseReference reference, String id) {
        return transactions.run(
                () -> register.find(id).filter(review -> review.reference().equals(reference)));
    }

    private Review unlessUnderWay(java.util.function.Supplier<Review> work) {
        try {
            return transactions.run(work);
        } catch (DuplicateKeyException another) {
            throw new ReviewUnderWay("Somebody else has just taken down a request that is about the same");
        }
    }

    private Review enter(
            Kind kind,
            List<Recipient> concerned,
            String requestedBy,
            String grounds,
            RequestChannel channel,
            Instant receivedAt) {
        Recipient first = concerned.get(0);
        CaseReference reference = first.reference();
        Optional<Integer> number = kind == Kind.COMPLAINT ? Optional.empty() : Optional.of(first.number());
        register.open(reference, number).ifPresent(open -> {
            throw new ReviewUnderWay("The request of " + open.receivedAt() + " about the same is to be decided until "
                    + open.dueAt() + "; send what is new to whoever decides it");
        });
        if (receivedAt.isBefore(first.givenAt().orElseThrow().minus(CLOCKS_APART))) {
            throw new ReceivedTooEarly(
                    "receivedAt lies before " + first.givenAt().get()
                            + ", when the notice was given; send when the request reached the hub, in UTC");
        }
        ReviewPolicy policy = policies.policyFor(kind, first.instrument());
        Optional<Instant> windowEndsAt = policy.requestWindow()
                .map(window -> (policy.fromReceipt() ? first.receivedAt().or(first::givenAt) : first.givenAt())
                        .orElseThrow()
                        .plus(speed.scaled(window)));
        Duration period = speed.scaled(policy.decisionPeriod());
        Review review = new Review(
                UUID.randomUUID().toString(),
                reference,
                kind,
                number,
                requestedBy,
                grounds,
                channel,
                receivedAt,
                windowEndsAt,
                windowEndsAt.filter(end -> !receivedAt.isBefore(end)).isPresent(),
                receivedAt.plus(period),
                policy.afterReviewPeriod(),
                policy.code(),
                policy.version(),
                policy.legalReference(),
                policy.legalVerified(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
        register.enter(review, actor.current());
        audit.record(
                reference,
                kind == Kind.REVIEW ? "review.requested" : "complaint.received",
                (kind == Kind.REVIEW ? "by " + first.name() + ", " : "") + "received " + receivedAt
                        + (review.late() ? ", too late" : "") + ", to be decided until " + review.dueAt());
        Instant remindAt = receivedAt.plusMillis(Math.round(period.toMillis() * policy.reminderShare()));
        processes.start(reference, variables(review, remindAt));
        return review;
    }

    private Map<String, Object> variables(Review review, Instant remindAt) {
        CaseFile file = cases.require(review.reference());
        Map<String, Object> variables = new HashMap<>(Map.ofEntries(
                TakedownProcess.CASE_REFERENCE.with(review.reference().value()),
                TakedownProcess.REVIEW_ID.with(review.id()),
                TakedownProcess.PLATFORM.with(file.platform()),
                TakedownProcess.CATEGORY.with(file.category().name()),
                TakedownProcess.THREAT_TO_LIFE.with(file.threatToLife()),
                TakedownProcess.CASE_PRIORITY.with(file.threatToLife() ? URGENT : NORMAL),
                TakedownProcess.CASE_DUE_AT.with(Date.from(review.dueAt())),
                TakedownProcess.REVIEW_REMINDER_DUE_AT.with(Date.from(remindAt)),
                TakedownProcess.REVIEW_DUE_AT.with(Date.from(review.dueAt()))));
        review.recipientNumber().ifPresent(number -> variables.put(TakedownProcess.RECIPIENT_NUMBER.name(), number));
        return variables;
    }

    /** A referral that became a statutory notice has two recipients of one name: the newer one is meant. */
    private Recipient addressed(CaseReference reference, Optional<String> name) {
        List<Recipient> all = notices.of(reference);
        if (all.isEmpty()) {
            throw new NothingToReview("Case " + reference + " has no notice");
        }
        if (name.isEmpty() && all.stream().map(Recipient::name).distinct().count() > 1) {
            throw new NoSuchRecipient("recipient is missing; name one of " + names(all));
        }
        return all.stream()
                .filter(recipient -> name.isEmpty() || recipient.name().equals(name.get()))
                .max(Comparator.comparingInt(Recipient::number))
                .orElseThrow(() -> new NoSuchRecipient(
                        "Case " + reference + " has no recipient " + name.orElse("") + "; name one of " + names(all)));
    }

    private static String names(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::name).distinct().collect(Collectors.joining(", "));
    }
}
