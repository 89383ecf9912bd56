package org.takedownhub.clock.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.clock.ClockFace;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.Deadline;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.clock.Deadlines;
import org.takedownhub.clock.KnownInstruments;
import org.takedownhub.clock.MissingStartInstant;
import org.takedownhub.clock.NoticeInstants;

/** The officer's calculator: when would such a notice be overdue, and by which law. */
@RestController
class DeadlineController {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Deadlines deadlines;
    private final KnownInstruments instruments;
    private final ClockSpeed speed;

    DeadlineController(Deadlines deadlines, KnownInstruments instruments, ClockSpeed speed) {
        this.deadlines = deadlines;
        this.instruments = instruments;
        this.speed = speed;
    }

    /**
     * By the calendar on the wall, in training, too; there {@code clockSpeed} and {@code dueAtHere} tell how soon the
     * hub's own clock gets there.
     */
    @GetMapping("/api/v1/deadline")
    Answer deadline(
            @RequestParam(required = false) @Nullable String instrument,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String threatToLife,
            @RequestParam(required = false) @Nullable String returned,
            @RequestParam(required = false) @Nullable String issuedAt,
            @RequestParam(required = false) @Nullable String givenAt,
            @RequestParam(required = false) @Nullable String receivedAt,
            @RequestParam(required = false) @Nullable String acknowledgedAt) {
        List<Instrument> known = instruments.names();
        Fields fields = new Fields();
        Optional<Instrument> chosen = fields.instrument("instrument", instrument, known);
        Optional<Category> named = fields.constant("category", category, Category.values());
        boolean threat = fields.truth("threatToLife", threatToLife);
        boolean back = fields.truth("returned", returned);
        NoticeInstants instants = new NoticeInstants(
                fields.instant("issuedAt", issuedAt),
                fields.instant("givenAt", givenAt),
                fields.instant("receivedAt", receivedAt),
                fields.instant("acknowledgedAt", acknowledgedAt));
        if (instrument == null || instrument.isBlank()) {
            fields.refuse("instrument", "Name the instrument: one of " + known);
        }
        if (chosen.filter(Instrument.VOLUNTARY_REFERRAL::equals).isPresent() && named.isEmpty() && !threat) {
            fields.refuse("category", "The period of a voluntary referral depends on the category: name it");
        }
        fields.throwRefusals();
        DeadlineQuestion question =
                new DeadlineQuestion(chosen.orElseThrow(), named.orElse(Category.OTHER), threat, back);
        try {
            return answer(question, instants);
        } catch (MissingStartInstant missing) {
            throw new InvalidRequest(422, "#" + missing.field(), missing.getMessage());
        }
    }

    private Answer answer(DeadlineQuestion question, NoticeInstants instants) {
        Deadline deadline = deadlines.inRealTime(question, instants);
        Optional<Instant> dueAtHere = speed.isReal()
                ? Optional.empty()
                : deadlines.deadline(deadline.policy(), instants).dueAt();
        return new Answer(
                deadline.dueAt().orElse(null),
                deadline.policy().code(),
                deadline.policyVersion(),
                deadline.startEvent().name(),
                deadline.legalReference(),
                deadline.reviewAt().orElse(null),
                deadline.remindAt().orElse(null),
                speed.factor(),
                dueAtHere.orElse(null),
                deadline.policy().inWords(),
                deadline.dueAt().map(ClockFace::words).orElse(null),
                deadline.policy().pauseRule().name(),
                deadline.policy().unverified());
    }

    /**
     * @param dueAt    the first instant that is overdue; null where nothing sets a period
     * @param rule     in words
     * @param unverified what of the rule nobody has checked against the law's own text; empty when all of it was
     * @param reviewAt where nothing sets a period: the hub's own target for looking again
     */
    record Answer(
            @Nullable Instant dueAt,
            String policy,
            int policyVersion,
            String startEvent,
            String legalReference,
            @Nullable Instant reviewAt,
            @Nullable Instant remindAt,
            double clockSpeed,
            @Nullable Instant dueAtHere,
            String rule,
            @Nullable String dueAtInWords,
            String pauseRule,
            String unverified) {}

    /** Reads the parameters and collects every mistake, so that one answer names them all. */
    private static final class Fields {

        private final List<InvalidRequest.FieldError> errors = new ArrayList<>();

        private <E extends Enum<E>> Optional<E> constant(String name, @Nullable String text, E[] values) {
            if (text == null || text.isBlank()) {
                return Optional.empty();
            }
            Optional<E> found = Arrays.stream(values)
                    .filter(value -> value.name().equals(text.strip()))
                    .findFirst();
            if (found.isEmpty()) {
                refuse(name, "Must be one of " + Arrays.toString(values));
            }
            return found;
        }

        private Optional<Instrument> instrument(String name, @Nullable String text, List<Instrument> known) {
            if (text == null || text.isBlank()) {
                return Optional.empty();
            }
            Optional<Instrument> found = known.stream()
                    .filter(instrument -> instrument.name().equals(text.strip()))
                    .findFirst();
            if (found.isEmpty()) {
                refuse(name, "Must be one of " + known);
            }
            return found;
        }

        private boolean truth(String name, @Nullable String text) {
            if (text != null && !text.isBlank() && !text.equals("true") && !text.equals("false")) {
                refuse(name, "Must be true or false");
            }
            return "true".equals(text);
        }

        private @Nullable Instant instant(String name, @Nullable String text) {
            if (text == null || text.isBlank()) {
                return null;
            }
            try {
                // An offset's plus sign that nobody encoded arrives as a space.
                Instant instant =
                        OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
                if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                    return instant;
                }
                refuse(name, "Must lie between the years 2000 and 2199");
            } catch (DateTimeException unreadable) {
                refuse(name, "Must be an instant with its offset, such as 2026-11-22T17:00:00Z (RFC 3339)");
            }
            return null;
        }

        private void refuse(String name, String detail) {
            errors.add(new InvalidRequest.FieldError("#" + name, detail));
        }

        private void throwRefusals() {
            if (!errors.isEmpty()) {
                throw new InvalidRequest(400, errors);
            }
        }
    }
}
