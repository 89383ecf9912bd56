package org.takedownhub.verification;

import java.util.Optional;
import org.takedownhub.ground.Grounds;

/** What a caseworker wrote for the ground register beyond the reasons; each may be left out. */
record GroundStatements(
        Optional<String> elementsMet,
        Optional<String> platformRule,
        Optional<String> necessity,
        Optional<String> proportionality,
        Optional<String> alternatives,
        Optional<String> contextReasons,
        RelevantParts relevantParts) {

    /** The parts of the United Kingdom in which content is unlawful (Crime and Policing Act 2026 s.21(5)(b)). */
    enum RelevantParts {
        UNITED_KINGDOM("the United Kingdom"),
        ENGLAND_AND_WALES("England and Wales"),
        SCOTLAND("Scotland"),
        NORTHERN_IRELAND("Northern Ireland");

        private final String words;

        RelevantParts(String words) {
            this.words = words;
        }
    }

    Grounds.Finding with(Verification verification) {
        return new Grounds.Finding(
                verification.verdict(),
                verification.category(),
                verification.offence().map(Enum::name),
                verification.reasons(),
                elementsMet,
                platformRule,
                necessity,
                proportionality,
                alternatives,
                verification.artisticContext().name(),
                contextReasons,
                verification.childVisible(),
                relevantParts.words);
    }
}
