package org.takedownhub.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.notice.Recipient;
import org.takedownhub.review.Review.Decision;
import org.takedownhub.review.Review.DecisionNotice;

/** What a decision notice says. It names no officer, and cites a rule only where somebody has checked it. */
@Component
class DecisionNotices {

    private final Cases cases;
    private final Clock clock;

    DecisionNotices(Cases cases, Clock clock) {
        this.cases = cases;
        this.clock = clock;
    }

    DecisionNotice forRecipient(Review review, Recipient recipient, Optional<Instant> newDue, Instant at) {
        Decision decision = review.decision().orElseThrow();
        StringBuilder text = new StringBuilder("DECISION NOTICE\n\n");
        line(text, "Reference", review.reference().value());
        line(
                text,
                "Notice",
                words(recipient.instrument()) + ", given "
                        + seconds(recipient.givenAt().orElseThrow()));
        line(text, "To", recipient.name());
        line(text, "Your request", "received " + seconds(review.receivedAt()));
        line(text, "Made out", seconds(at));
        if (review.legalVerified()) {
            line(text, "Rule", review.legalReference());
        }
        text.append("\nDecision: ")
                .append(
                        switch (decision) {
                            case CONFIRMED -> "the notice is confirmed.";
                            case WITHDRAWN -> "the notice is withdrawn.";
                            case VARIED -> "the notice is varied. Its new text follows separately.";
                            case INADMISSIBLE -> "the request came after the time for it and was not looked into.";
                        });
        text.append("\n\nReasons:\n").append(review.reasons().orElseThrow()).append("\n\n");
        text.append(
                switch (decision) {
                    case CONFIRMED, VARIED -> newDue.map(due -> "It must be complied with before " + seconds(due) + ".")
                            .orElse("The time for compliance is not changed by this decision.");
                    case WITHDRAWN -> undone(recipient)
                            ? "Nothing more is asked of you, and you may put the content back."
                            : "Nothing more is asked of you.";
                    case INADMISSIBLE -> "The notice stands, and the time for compliance is not changed.";
                });
        text.append("\n\nThis was decided by a review officer who had no part in the notice.\n");
        return made(text.toString(), at);
    }

    /** Says neither what the hub knows nor more than the complainant may learn. */
    DecisionNotice forComplainant(Review review, Instant at) {
        String result = mayBeTold(cases.uploaderNotification(review.reference()))
                ? switch (review.decision().orElseThrow()) {
                    case CONFIRMED -> "What was asked about the content stands.";
                    case VARIED -> "What was asked about the content stands in another form, and whoever was asked has"
                            + " been told.";
                    case WITHDRAWN -> "What was asked about the content is withdrawn, and whoever was asked has been told"
                            + " that the content may be put back. Whether that happens is for them to say.";
                    case INADMISSIBLE -> "It came too late to be looked into.";
                }
                : "We neither confirm nor deny that anybody was asked to do anything about the content.";
        return made(
                "Your complaint of " + seconds(review.receivedAt())
                        + " was looked at by somebody who had no part in the" + " matter before.\n\n" + result + "\n",
                at);
    }

    String variedNotice(Recipient recipient, String text, Optional<Instant> newDue) {
        return "The notice with reference " + recipient.reference() + " (" + words(recipient.instrument())
                + ") reads from now on:\n\n" + text + "\n\n"
                + newDue.map(due -> "It must be complied with before " + seconds(due) + ".")
                        .orElse("The time for compliance is not changed.")
                + "\n";
    }

    private boolean mayBeTold(UploaderNotification notification) {
        return switch (notification.rule()) {
            case ALLOWED -> true;
            case DEFER_UNTIL -> !clock.instant().isBefore(notification.until().orElseThrow());
            case PROHIBITED -> false;
        };
    }

    private static boolean undone(Recipient recipient) {
        return recipient
                .outcome()
                .filter(outcome -> outcome == Outcome.REMOVED || outcome == Outcome.RESTRICTED)
                .isPresent();
    }

    private static DecisionNotice made(String text, Instant at) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new DecisionNotice(text, HexFormat.of().formatHex(hash), at);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS) + " (UTC)";
    }

    private static String words(Instrument instrument) {
        return instrument.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
