package org.takedownhub.deconfliction;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.cases.UploaderNotification.Rule;
import org.takedownhub.process.FormFields;

/**
 * One answer to one question.
 *
 * @param holdUntil until when removal waits, UTC; with {@link DeconflictionAnswer#HOLD_UNTIL} and with nothing else
 * @param strand    what the force does about the content itself
 */
record ForceAnswer(
        DeconflictionAnswer answer,
        Optional<Instant> holdUntil,
        UploaderNotification notification,
        Optional<String> reasons,
        Optional<Taken> strand) {

    static final Set<String> FIELDS = Set.of(
            "deconflictionAnswer",
            "holdUntil",
            "uploaderNotification",
            "deferUntil",
            "answerReasons",
            "strand",
            "strandPlace",
            "operation");

    static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_OPERATION = 100;
    private static final int LONGEST_INSTANT = 50;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu 'at' HH:mm:ss 'UTC'", Locale.UK)
            .withZone(ZoneId.of("UTC"));

    /**
     * What a force takes over.
     *
     * @param operation the force's own name for it, to be sealed
     */
    record Taken(Strand strand, Strand.Place place, Optional<String> operation) {}

    boolean takesOver() {
        return strand.filter(taken -> taken.place() == Strand.Place.INSTEAD).isPresent();
    }

    /** The limits that an answer has to keep. */
    record Limits(Instant now, Duration longestHold, Duration deferFor, boolean threatToLife, boolean canSeal) {

        static Limits of(Clock clock, Duration longestHold, Duration deferFor, boolean threatToLife, boolean canSeal) {
            return new Limits(clock.instant(), longestHold, deferFor, threatToLife, canSeal);
        }
    }

    /** @throws org.takedownhub.process.InvalidInput with everything that is wrong */
    static ForceAnswer read(Map<String, Object> submitted, Limits limits) {
        FormFields fields = new FormFields(submitted, FIELDS);
        DeconflictionAnswer answer = fields.requiredChoice("deconflictionAnswer", DeconflictionAnswer.class);
        Optional<Instant> holdUntil = holdUntil(
                fields, answer == DeconflictionAnswer.HOLD_UNTIL, "deconflictionAnswer is HOLD_UNTIL", limits);
        UploaderNotification notification = notification(
                fields, answer == DeconflictionAnswer.NO_INTEREST ? Rule.ALLOWED : Rule.PROHIBITED, holdUntil, limits);
        ForceAnswer read = new ForceAnswer(
                answer,
                holdUntil,
                notification,
                fields.text("answerReasons", LONGEST_TEXT),
                taken(fields, answer, limits));
        fields.check();
        return read;
    }

    private static Optional<Taken> taken(FormFields fields, DeconflictionAnswer answer, Limits limits) {
        Optional<Strand> strand = fields.choice("strand", Strand.class);
        Optional<Strand.Place> place = fields.choice("strandPlace", Strand.Place.class);
        Optional<String> operation = fields.text("operation", LONGEST_OPERATION);
        if (strand.isEmpty()) {
            place.ifPresent(given -> fields.problem("strandPlace", "must be empty unless strand is chosen"));
            operation.ifPresent(given -> fields.problem("operation", "must be empty unless strand is chosen"));
            return Optional.empty();
        }
        if (operation.isPresent() && !limits.canSeal()) {
            fields.problem("operation", "cannot be sealed, because your force has no key here; leave it out");
        }
        if (answer == DeconflictionAnswer.NO_INTEREST) {
            fields.problem("strand", "must be empty when deconflictionAnswer is NO_INTEREST");
        }
        boolean holds = answer == DeconflictionAnswer.HOLD_UNTIL;
        Strand.Place chosen = place.orElse(holds ? Strand.Place.BEFORE : Strand.Place.BESIDE);
        if (chosen == Strand.Place.BEFORE && !holds) {
            fields.problem("strandPlace", "can be BEFORE only when deconflictionAnswer is HOLD_UNTIL");
        }
        if (strand.get() == Strand.REFER && chosen != Strand.Place.BESIDE) {
            fields.problem("strandPlace", "must be BESIDE for REFER, which is removal itself");
        }
        if (chosen == Strand.Place.INSTEAD && answer == DeconflictionAnswer.INTEREST_OK_TO_REMOVE) {
            fields.problem("strandPlace", "cannot be INSTEAD when deconflictionAnswer is INTEREST_OK_TO_REMOVE");
        }
        if (chosen == Strand.Place.INSTEAD && limits.threatToLife()) {
            fields.problem(
                    "strandPlace",
                    "cannot be INSTEAD while a life is in danger; answer HOLD_UNTIL, and the senior officer decides");
        }
        return Optional.of(new Taken(strand.get(), chosen, operation));
    }

    static Optional<Instant> holdUntil(FormFields fields, boolean holds, String when, Limits limits) {
        Optional<String> given = fields.text("holdUntil", LONGEST_INSTANT);
        if (!holds) {
            given.ifPresent(text -> fields.problem("holdUntil", "must be empty unless " + when));
            return Optional.empty();
        }
        Optional<Instant> until = given.flatMap(text -> instant(fields, "holdUntil", text));
        if (given.isPresent() && until.isEmpty()) {
            return Optional.empty();
        }
        Instant latest = limits.now().plus(limits.longestHold());
        if (until.isEmpty()) {
            fields.problem("holdUntil", "is missing; enter until when removal has to wait");
        } else if (!until.get().isAfter(limits.now())) {
            fields.problem("holdUntil", "must lie in the future");
        } else if (until.get().isAfter(latest)) {
            fields.problem(
                    "holdUntil",
                    "must not be later than " + MINUTE.format(latest) + "; a longer hold is renewed by name");
        }
        return until;
    }

    /** @param unsaid what holds when nobody says anything */
    static UploaderNotification notification(
            FormFields fields, Rule unsaid, Optional<Instant> holdUntil, Limits limits) {
        Rule rule = fields.choice("uploaderNotification", Rule.class).orElse(unsaid);
        Optional<Instant> until =
                fields.text("deferUntil", LONGEST_INSTANT).flatMap(text -> instant(fields, "deferUntil", text));
        if (rule != Rule.DEFER_UNTIL) {
            until.ifPresent(
                    given -> fields.problem("deferUntil", "must be empty unless uploaderNotification is DEFER_UNTIL"));
            return new UploaderNotification(rule, Optional.empty());
        }
        return new UploaderNotification(
                rule,
                until.or(() -> holdUntil).or(() -> Optional.of(limits.now().plus(limits.deferFor()))));
    }

    /** An instant with an offset, with or without seconds; a plain date stands for the end of that day in London. */
    private static Optional<Instant> instant(FormFields fields, String field, String text) {
        try {
            return Optional.of(
                    text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                            ? LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(LONDON)
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            fields.problem(field, "must be a date and time with its offset, such as 2026-12-24T10:30Z");
            return Optional.empty();
        }
    }
}
