package org.takedownhub.ground;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Verdict;

/**
 * Why one piece of content was found referable, as the register keeps it. Elements of an offence stand apart from the
 * facts that meet them; statements a caseworker did not write are the standard ones of the table and told apart.
 *
 * @param id              number of the entry
 * @param offence         code of the catalogue; empty unless unlawful
 * @param elements        what the offence consists of, in the words of the catalogue
 * @param elementsMet     the facts that meet them, or for a breach of terms the facts that breach them
 * @param necessity       why removal is necessary in a democratic society (Art. 8(2) and 10(2) ECHR)
 * @param proportionality why it goes no further than it must
 * @param alternatives    what else was considered
 * @param artisticContext {@code NONE}, or the kind of protected expression the content may be
 * @param contextReasons  why it is to be removed all the same
 * @param relevantParts   the parts of the United Kingdom in which it is unlawful
 * @param ownWords        names of the statements that a person wrote
 * @param madeAt          UTC
 */
public record Ground(
        long id,
        CaseReference reference,
        Verdict verdict,
        Optional<Offence> offence,
        String elementsMet,
        Optional<String> platformRule,
        String necessity,
        String proportionality,
        String alternatives,
        String artisticContext,
        Optional<String> contextReasons,
        boolean childVisible,
        String relevantParts,
        Set<String> ownWords,
        String madeBy,
        Instant madeAt) {

    /** @param legalReference with the mark {@code [BG]} while nobody has checked it against the statute */
    public record Offence(String code, String title, String legalReference, List<String> elements) {

        static List<String> split(String elements) {
            return Arrays.stream(elements.split("\\|"))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .toList();
        }
    }

    /**
     * What the register lacks before a notice may cite it.
     *
     * @param element what is missing
     * @param source  who asks for it
     */
    public record Gap(String element, String source) {}

    /** @param approvalReasons what the second person wrote, whose judgement a protected context needs as well */
    List<Gap> gaps(Optional<String> approvalReasons) {
        List<Gap> gaps = new ArrayList<>();
        if (verdict == Verdict.UNLAWFUL) {
            if (offence.filter(named -> !named.elements().isEmpty()).isEmpty()) {
                gaps.add(new Gap("elements of the offence", "the offence catalogue has no elements for it"));
            }
            if (relevantParts.isBlank()) {
                gaps.add(new Gap("relevant parts of the United Kingdom", "Crime and Policing Act 2026 s.21(5)(b)"));
            }
        } else if (platformRule.filter(rule -> !rule.isBlank()).isEmpty()) {
            gaps.add(new Gap("rule of the platform", "a breach of terms names the term"));
        }
        missing(gaps, elementsMet, "facts that meet the ground", "Art. 6 ECHR");
        missing(gaps, necessity, "necessity", "Human Rights Act 1998 s.6, Art. 8(2) and 10(2) ECHR");
        missing(gaps, proportionality, "proportionality", "Human Rights Act 1998 s.6, Art. 8(2) and 10(2) ECHR");
        missing(gaps, alternatives, "alternatives considered", "Human Rights Act 1998 s.6, Art. 10(2) ECHR");
        if (!artisticContext.equals("NONE")
                && contextReasons.or(() -> approvalReasons).isEmpty()) {
            gaps.add(new Gap("reasons of the context test", "Art. 10 ECHR: music, art, news and satire"));
        }
        return List.copyOf(gaps);
    }

    private static void missing(List<Gap> gaps, String text, String element, String source) {
        if (text.isBlank()) {
            gaps.add(new Gap(element, source));
        }
    }
}
