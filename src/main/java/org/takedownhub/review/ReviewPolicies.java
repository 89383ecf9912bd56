package org.takedownhub.review;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.DecisionTables.Ruling;
import org.takedownhub.process.TakedownProcess;

/** The periods of reviews and complaints, as the managers keep them in the table {@code review-deadline}. */
@Component
class ReviewPolicies {

    private static final String NONE = "NONE";

    private final DecisionTables tables;

    ReviewPolicies(DecisionTables tables) {
        this.tables = tables;
    }

    /** @throws IllegalStateException the table has no usable rule; the message says for what */
    ReviewPolicy policyFor(Review.Kind kind, Instrument instrument) {
        Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_REVIEW_DEADLINE,
                        Map.of("reviewKind", kind.name(), "instrument", instrument.name()))
                .orElseThrow(() ->
                        new IllegalStateException("The review table has no rule for " + kind + " of " + instrument));
        try {
            double share = Double.parseDouble(ruling.text("reminderShare"));
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("reminderShare must lie between 0 and 1");
            }
            return new ReviewPolicy(
                    ruling.text("policyCode"),
                    period(ruling, "requestWindow"),
                    ruling.text("windowFrom").equals("RECEIVED"),
                    period(ruling, "decisionPeriod")
                            .orElseThrow(() -> new IllegalArgumentException("decisionPeriod must not be NONE")),
                    share,
                    period(ruling, "afterReviewPeriod"),
                    Boolean.parseBoolean(ruling.text("legalVerified")),
                    ruling.text("legalReference"),
                    ruling.version());
        } catch (IllegalArgumentException | DateTimeException impossible) {
            throw new IllegalStateException(
                    "Version %d of the table review-deadline gives no usable policy for %s of %s: %s"
                            .formatted(ruling.version(), kind, instrument, impossible.getMessage()),
                    impossible);
        }
    }

    private static Optional<Duration> period(Ruling ruling, String output) {
        String text = ruling.text(output);
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        Duration period = Duration.parse(text);
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(output + " must be longer than nothing");
        }
        return Optional.of(period);
    }
}
