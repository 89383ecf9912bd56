package org.takedownhub.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Verdict;

class GroundTest {

    private static final Optional<Ground.Offence> OFFENCE = Optional.of(new Ground.Offence(
            "OAPA_1861_S16",
            "Threats to kill",
            "Offences against the Person Act 1861 s.16",
            List.of("A threat is made")));

    private static Ground unlawful(
            Optional<Ground.Offence> offence,
            String met,
            String necessity,
            String proportionality,
            String alternatives) {
        return new Ground(
                1,
                new CaseReference("TH-2026-000001"),
                Verdict.UNLAWFUL,
                offence,
                met,
                Optional.empty(),
                necessity,
                proportionality,
                alternatives,
                "NONE",
                Optional.empty(),
                false,
                "the United Kingdom",
                Set.of(),
                "caseworker1",
                Instant.EPOCH);
    }

    private static Ground with(
            Verdict verdict, Optional<String> rule, String context, Optional<String> contextReasons, String parts) {
        return new Ground(
                1,
                new CaseReference("TH-2026-000001"),
                verdict,
                verdict == Verdict.UNLAWFUL ? OFFENCE : Optional.empty(),
                "facts",
                rule,
                "necessary",
                "proportionate",
                "considered",
                context,
                contextReasons,
                false,
                parts,
                Set.of(),
                "caseworker1",
                Instant.EPOCH);
    }

    static Stream<Arguments> eachElementMissing() {
        return Stream.of(
                Arguments.of("elements of the offence", unlawful(Optional.empty(), "facts", "n", "p", "a")),
                Arguments.of("facts that meet the ground", unlawful(OFFENCE, " ", "n", "p", "a")),
                Arguments.of("necessity", unlawful(OFFENCE, "facts", "", "p", "a")),
                Arguments.of("proportionality", unlawful(OFFENCE, "facts", "n", "", "a")),
                Arguments.of("alternatives considered", unlawful(OFFENCE, "facts", "n", "p", "")),
                Arguments.of(
                        "relevant parts of the United Kingdom",
                        with(Verdict.UNLAWFUL, Optional.empty(), "NONE", Optional.empty(), "")),
                Arguments.of(
                        "rule of the platform",
                        with(Verdict.BREACHES_TERMS, Optional.empty(), "NONE", Optional.empty(), "")),
                Arguments.of(
                        "reasons of the context test",
                        with(Verdict.UNLAWFUL, Optional.empty(), "MUSIC", Optional.empty(), "Scotland")));
    }

    @ParameterizedTest(name = "without {0}")
    @MethodSource("eachElementMissing")
    void namesTheOneElementThatIsMissingAndWhoAsksForIt(String element, Ground ground) {
        assertThat(ground.gaps(Optional.empty())).singleElement().satisfies(gap -> {
            assertThat(gap.element()).isEqualTo(element);
            assertThat(gap.source()).isNotBlank();
        });
    }

    @Test
    void isCompleteWithEveryElement() {
        assertThat(unlawful(OFFENCE, "facts", "n", "p", "a").gaps(Optional.empty()))
                .isEmpty();
        assertThat(with(Verdict.BREACHES_TERMS, Optional.of("Terms 4"), "NONE", Optional.empty(), "")
                        .gaps(Optional.empty()))
                .isEmpty();
    }

    @Test
    void takesTheSecondPersonsJudgementOfAProtectedContext() {
        Ground drill = with(Verdict.UNLAWFUL, Optional.empty(), "MUSIC", Optional.empty(), "Scotland");
        assertThat(drill.gaps(Optional.of("A threat all the same"))).isEmpty();
        assertThat(with(Verdict.UNLAWFUL, Optional.empty(), "MUSIC", Optional.of("named person"), "Scotland")
                        .gaps(Optional.empty()))
                .isEmpty();
    }

    @Test
    void partsTheElementsOfAnOffenceAtBars() {
        assertThat(Ground.Offence.split("One. | Two. |")).containsExactly("One.", "Two.");
    }
}
