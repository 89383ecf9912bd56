package org.takedownhub.removal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;
import org.takedownhub.clock.ClockEntry;
import org.takedownhub.clock.ClockFace;
import org.takedownhub.clock.ClockInterval;
import org.takedownhub.clock.ClockLedger;
import org.takedownhub.clock.ClockRule;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;

/** What a case shows of its clocks: until when, under which rule, what is left, and everything that happened to them. */
@Component
@Order(10)
class ClockChapter implements CaseChapter {

    private static final List<String> COLUMNS =
            List.of("Recipient", "What happened", "When", "Removal due from then on", "Why");

    private final Notices notices;
    private final ClockLedger ledger;
    private final Clock clock;

    ClockChapter(Notices notices, ClockLedger ledger, Clock clock) {
        this.notices = notices;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public String key() {
        return "clock";
    }

    @Override
    public String title() {
        return "Clocks";
    }

    @Override
    public List<RecipientClock> entries(CaseReference reference) {
        Instant now = clock.instant();
        return faces(reference).stream()
                .map(face -> RecipientClock.of(face, now))
                .toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        Instant now = clock.instant();
        List<Face> faces = faces(reference);
        if (faces.isEmpty()) {
            return Optional.empty();
        }
        String note = faces.stream()
                .map(face -> face.recipient().name() + ": " + face.shown().sentence(now))
                .collect(Collectors.joining(" "));
        List<List<Cell>> rows = faces.stream()
                .flatMap(face -> face.shown().entries().stream().map(entry -> row(face, entry)))
                .toList();
        return Optional.of(new Sheet(Optional.of(note), COLUMNS, rows));
    }

    private static List<Cell> row(Face face, ClockEntry entry) {
        return List.of(
                Cell.of(face.recipient().number() + ". " + face.recipient().name()),
                Cell.of(inWords(entry.event())),
                Cell.of(ClockFace.words(entry.at())),
                Cell.of(entry.dueAt().map(ClockFace::words).orElse("–")),
                Cell.of(entry.detail().isEmpty() ? "–" : entry.detail()));
    }

    private static String inWords(ClockEntry.Event event) {
        return switch (event) {
            case STARTED -> "Started";
            case PAUSED -> "Stopped";
            case RESTARTED -> "Started afresh";
            case EXTENDED -> "Extended";
            case REVIEWED -> "Reviewed";
            case REPLANNED -> "Re-planned";
            case MET -> "Met";
            case MISSED -> "Missed";
        };
    }

    private List<Face> faces(CaseReference reference) {
        return notices.of(reference).stream()
                .flatMap(recipient ->
                        ClockFace.of(ledger.of(reference, recipient.number()))
                                .map(shown -> new Face(recipient, shown))
                                .stream())
                .toList();
    }

    private record Face(Recipient recipient, ClockFace shown) {}

    /**
     * The clock of one recipient. Instants UTC.
     *
     * @param recipientNumber counts the recipients of the case from 0
     * @param state           {@code RUNNING}, {@code STOPPED}, {@code MET} or {@code MISSED}
     * @param dueAtInWords    in the local time of the United Kingdom and in UTC
     * @param timeLeft        ISO 8601, below zero when overdue; null unless the clock runs
     * @param unverified      what of the rule nobody has checked against the law's own text; empty when all of it was
     * @param ledger          everything that happened, the oldest first
     * @param intervals       when it ran and when it stood still, the oldest first
     */
    record RecipientClock(
            int recipientNumber,
            String recipient,
            String state,
            Instant startedAt,
            @Nullable Instant dueAt,
            @Nullable String dueAtInWords,
            @Nullable String timeLeft,
            @Nullable String rule,
            @Nullable String legalReference,
            String unverified,
            List<Line> ledger,
            List<Stretch> intervals) {

        private static RecipientClock of(Face face, Instant now) {
            ClockFace shown = face.shown();
            return new RecipientClock(
                    face.recipient().number(),
                    face.recipient().name(),
                    shown.state().name(),
                    shown.startedAt(),
                    shown.dueAt().orElse(null),
                    shown.dueAt().map(ClockFace::words).orElse(null),
                    shown.timeLeft(now)
                            .map(left -> left.truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse(null),
                    shown.rule().map(ClockRule::words).orElse(null),
                    shown.rule().map(ClockRule::legalReference).orElse(null),
                    shown.rule().map(ClockRule::unverified).orElse(""),
                    shown.entries().stream().map(Line::of).toList(),
                    shown.intervals().stream().map(Stretch::of).toList());
        }
    }

    /** One line of the ledger. */
    record Line(String event, Instant at, @Nullable Instant dueAt, String policy, String detail) {

        private static Line of(ClockEntry entry) {
            return new Line(
                    entry.event().name(),
                    entry.at(),
                    entry.dueAt().orElse(null),
                    entry.policyCode() + ":" + entry.policyVersion(),
                    entry.detail());
        }
    }

    /** A stretch in which the clock ran, or stood still; {@code to} is null while it lasts. */
    record Stretch(
            Instant from,
            @Nullable Instant to,
            boolean running,
            @Nullable Instant dueAt,
            String began,
            @Nullable String ended) {

        private static Stretch of(ClockInterval interval) {
            return new Stretch(
                    interval.from(),
                    interval.to().orElse(null),
                    interval.running(),
                    interval.dueAt().orElse(null),
                    interval.began().name(),
                    interval.ended().map(Enum::name).orElse(null));
        }
    }
}
