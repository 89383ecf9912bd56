package org.takedownhub.clock;

import java.util.Map;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/** What the length of a deadline depends on. */
public record DeadlineQuestion(Instrument instrument, Category category, boolean threatToLife) {

    /** The inputs of the decision {@code removal-deadline}. */
    public Map<String, Object> inputs() {
        return Map.of("instrument", instrument.name(), "category", category.name(), "threatToLife", threatToLife);
    }
}
