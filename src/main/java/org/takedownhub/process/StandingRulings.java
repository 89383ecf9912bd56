package org.takedownhub.process;

import java.util.Map;
import java.util.Optional;

/** Rulings for those who ask the same thing again and again and belong to no case's set. */
public interface StandingRulings {

    /**
     * The newest table's answer, kept until there is a newer table; a new one is noticed within a minute.
     *
     * @return empty when no rule applies
     * @throws IllegalStateException there is no such table, or it cannot answer
     */
    Optional<DecisionTables.Ruling> ruling(String table, Map<String, Object> inputs);
}
