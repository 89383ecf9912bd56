package org.takedownhub.verification;

import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.process.DecisionTables;
import org.takedownhub.process.TakedownProcess;

/** What the content guide suggests. The person decides. */
@Component
class ContentGuide {

    private final DecisionTables tables;

    ContentGuide(DecisionTables tables) {
        this.tables = tables;
    }

    Suggestion suggest(Category category) {
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_CONTENT_GUIDE,
                        Map.of(TakedownProcess.CATEGORY.name(), category.name()))
                .orElseThrow(() -> new IllegalStateException("The content guide has no rule for " + category));
        return new Suggestion(
                ruling.text("suggestedVerdict"),
                ruling.text("suggestedOffence"),
                ruling.text("question"),
                ruling.text("legalReference"),
                ruling.version());
    }

    /** @param version of the guide, kept with the verdict */
    record Suggestion(String verdict, String offence, String question, String legalReference, int version) {

        /** The verdict without its code, then the question that decides it; the offence stands in the source. */
        String inWords() {
            return verdict.charAt(0)
                    + verdict.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ') + ". " + question;
        }
    }
}
