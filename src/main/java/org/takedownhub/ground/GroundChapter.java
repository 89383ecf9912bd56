package org.takedownhub.ground;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseChapter;

/** The ground register on the case. Who entered it stays inside the hub and out of this view. */
@Component
@Order(10)
@Transactional(readOnly = true)
class GroundChapter implements CaseChapter {

    private final Grounds grounds;

    GroundChapter(Grounds grounds) {
        this.grounds = grounds;
    }

    @Override
    public String key() {
        return "grounds";
    }

    @Override
    public String title() {
        return "Ground register";
    }

    @Override
    public List<?> entries(CaseReference reference) {
        return grounds.all(reference).stream().map(Entry::of).toList();
    }

    @Override
    public Optional<Sheet> sheet(CaseReference reference) {
        return grounds.of(reference)
                .map(ground -> new Sheet(note(reference), List.of("What", "Finding"), rows(ground)));
    }

    private Optional<String> note(CaseReference reference) {
        List<String> gaps = grounds.gaps(reference).stream()
                .map(gap -> gap.element() + " (" + gap.source() + ")")
                .toList();
        return gaps.isEmpty() ? Optional.empty() : Optional.of("Not complete yet: " + String.join(", ", gaps) + ".");
    }

    private static List<List<Cell>> rows(Ground ground) {
        String law = ground.offence()
                .map(offence -> offence.title() + ". Source: " + offence.legalReference())
                .orElse("Breach of terms: " + ground.platformRule().orElse("–") + standard(ground, "platformRule"));
        String elements = ground.offence()
                .map(offence -> String.join(" ", offence.elements()))
                .orElse("–");
        String context = ground.artisticContext().equals("NONE")
                ? "none"
                : ground.artisticContext().toLowerCase(Locale.ROOT) + ": "
                        + ground.contextReasons().orElse("judged in the approval");
        return List.of(
                row("Ground", law),
                row("Elements", elements),
                row("Facts that meet them", ground.elementsMet()),
                row("Where it is unlawful", ground.verdict() == Verdict.UNLAWFUL ? ground.relevantParts() : "–"),
                row("Why removal is necessary", ground.necessity() + standard(ground, "necessity")),
                row("Why it goes no further", ground.proportionality() + standard(ground, "proportionality")),
                row("Alternatives considered", ground.alternatives() + standard(ground, "alternatives")),
                row("Music, art, news or satire", context),
                row("A child can be seen", ground.childVisible() ? "yes" : "no"));
    }

    private static String standard(Ground ground, String statement) {
        return ground.ownWords().contains(statement) ? "" : " (standard statement)";
    }

    private static List<Cell> row(String what, String finding) {
        return List.of(Cell.of(what), Cell.of(finding));
    }

    private record Entry(
            Verdict verdict,
            @Nullable String offence,
            @Nullable String legalReference,
            List<String> elements,
            String elementsMet,
            @Nullable String platformRule,
            String necessity,
            String proportionality,
            String alternatives,
            String artisticContext,
            @Nullable String contextReasons,
            boolean childVisible,
            String relevantParts,
            List<String> ownWords,
            Instant madeAt) {

        static Entry of(Ground ground) {
            return new Entry(
                    ground.verdict(),
                    ground.offence().map(Ground.Offence::code).orElse(null),
                    ground.offence().map(Ground.Offence::legalReference).orElse(null),
                    ground.offence().map(Ground.Offence::elements).orElse(List.of()),
                    ground.elementsMet(),
                    ground.platformRule().orElse(null),
                    ground.necessity(),
                    ground.proportionality(),
                    ground.alternatives(),
                    ground.artisticContext(),
                    ground.contextReasons().orElse(null),
                    ground.childVisible(),
                    ground.relevantParts(),
                    ground.ownWords().stream().sorted().toList(),
                    ground.madeAt());
        }
    }
}
