package org.takedownhub.deconfliction;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseChapter;

/** Which forces were asked and what they said: hit or no hit and whom to call, never why. */
@Component
@Order(10)
class DeconflictionChapter implements CaseChapter {

    private final Deconflictions deconflictions;
    private final Forces forces;

    DeconflictionChapter(Deconflictions deconflictions, Forces forces) {
        this.deconflictions = deconflictions;
        this.forces = forces;
    }

    /**
     * One question in the API.
     *
     * @param hit    whether the case is on the force's list; false also where every force is asked
     * @param silent the force did not answer in time
     */
    record Entry(
            String force,
            boolean hit,
            String contact,
            @Nullable Instant askedAt,
            @Nullable Instant dueAt,
            boolean silent,
            @Nullable DeconflictionAnswer answer,
            @Nullable Instant answeredAt,
            @Nullable Instant holdUntil,
            @Nullable String holdEnded) {}

    @Override
    public String key() {
        return "deconfliction";
    }

    @Override
    public String title() {
        return "Deconfliction";
    }

    @Override
    public List<Entry> entries(CaseReference reference) {
        return deconflictions.round(reference).stream().map(this::entry).toList();
    }

    private Entry entry(Question question) {
        return new Entry(
                question.force(),
                question.ground() == Question.Ground.HIT,
                question.contact().orElseGet(() -> forces.inWords(question.force())),
                question.askedAt().orElse(null),
                question.dueAt().orElse(null),
                question.silentAt().isPresent(),
                question.given().map(Question.Given::answer).orElse(null),
                question.given().map(Question.Given::at).orElse(null),
                question.hold().map(Question.Hold::until).orElse(null),
                question.hold().flatMap(Question.Hold::end).orElse(null));
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        List<Question> asked = deconflictions.round(reference);
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sheet(
                        List.of("Force", "Whom to call", "Answer due", "Answer", "Held until"),
                        asked.stream().map(this::row).toList()));
    }

    private List<Cell> row(Question question) {
        String hold = question.hold()
                .map(held -> Words.at(Optional.of(held.until()))
                        + held.end()
                                .map(end -> ", " + end.toLowerCase(Locale.ROOT))
                                .orElse(""))
                .orElse("–");
        return List.of(
                Cell.of(question.force()),
                Cell.of(question.contact().orElseGet(() -> forces.inWords(question.force()))),
                Cell.of(Words.at(question.dueAt())),
                Cell.of(answer(question)),
                Cell.of(hold));
    }

    private static String answer(Question question) {
        String silent = question.silentAt().isPresent() ? ", not in time" : "";
        return question.given()
                .map(given -> Words.of(given.answer())
                        + (given.as() == Question.As.DUTY ? ", decided by the duty officer" : silent))
                .orElse(question.dropped() ? "No longer needed" : "Awaited" + silent);
    }
}
