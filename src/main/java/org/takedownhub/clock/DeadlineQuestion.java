package org.takedownhub.clock;

import java.util.Map;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/**
 * What the length of a deadline depends on.
 *
 * @param returned the content had been removed before and is back
 */
public record DeadlineQuestion(Instrument instrument, Category category, boolean threatToLife, boolean returned) {

    /** About content seen for the first time. */
    public DeadlineQuestion(Instrument instrument, Category category, boolean threatToLife) {
        this(instrument, category, threatToLife, false);
    }

    /** The inputs of the decision {@code removal-deadline}. */
    public Map<String, Object> inputs() {
        return Map.of(
                "instrument",
                instrument.name(),
                "category",
                category.name(),
                "threatToLife",
                threatToLife,
                "returned",
                returned);
    }
}
