package org.takedownhub.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;

/**
 * A request to look at a notice again, and what was decided. All instants UTC.
 *
 * @param recipientNumber the recipient that asks; empty for a complaint, which concerns all of them
 * @param requestedBy     whoever asked, in their own words; a complainant only by a reference
 * @param receivedAt      when it reached the hub
 * @param windowEndsAt    the first instant that was too late to ask; empty where nothing sets an end
 * @param dueAt           by when it is to be decided
 * @param afterReview     the time to comply that a decision notice gives, before the clock's speed; empty where the rule
 *                        leaves the due date alone
 * @param legalReference  the rule as shown to officers, marks of what is unverified included
 */
public record Review(
        String id,
        CaseReference reference,
        Kind kind,
        Optional<Integer> recipientNumber,
        String requestedBy,
        String grounds,
        RequestChannel channel,
        Instant receivedAt,
        Optional<Instant> windowEndsAt,
        boolean late,
        Instant dueAt,
        Optional<Duration> afterReview,
        String policyCode,
        int policyVersion,
        String legalReference,
        boolean legalVerified,
        Optional<Decision> decision,
        Optional<String> reasons,
        Optional<String> variedNotice,
        boolean variedForAll,
        Optional<DecisionNotice> decisionNotice) {

    /** Who asks. */
    public enum Kind {
        /** A recipient of the notice. */
        REVIEW,
        /** Whoever uploaded the content, or somebody for them. */
        COMPLAINT
    }

    /** How the request came in. */
    public enum RequestChannel {
        API,
        MAIL,
        PORTAL,
        BY_HAND
    }

    /** What becomes of the notice. */
    public enum Decision {
        CONFIRMED,
        WITHDRAWN,
        VARIED,
        /** Asked for too late, and not looked into. */
        INADMISSIBLE
    }

    /** The document that went out, as it went out. */
    public record DecisionNotice(String text, String sha256, Instant madeOutAt) {}
}
