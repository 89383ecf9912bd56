package org.takedownhub.process;

import java.util.Map;
import java.util.Optional;

/** The decision tables that managers edit. */
public interface DecisionTables {

    /**
     * Asks a table: a step of a case asks the one of the set its model belongs to, anybody else the newest.
     *
     * @return empty when no rule applies
     * @throws IllegalStateException there is no such table, or more than one rule applies
     */
    Optional<Ruling> decide(String table, Map<String, Object> inputs);

    /**
     * Asks the version of a table that an earlier decision was made by.
     *
     * @throws IllegalStateException there is no such version, or more than one rule applies
     */
    Optional<Ruling> decide(String table, int version, Map<String, Object> inputs);

    /**
     * One rule's answer.
     *
     * @param version of the table, to be kept with whatever was decided by it
     */
    record Ruling(Map<String, Object> outputs, int version) {

        /** @throws IllegalStateException the table has no such column or the rule leaves it empty */
        public String text(String output) {
            Object value = outputs.get(output);
            if (value == null) {
                throw new IllegalStateException("The decision table gives no value for its output " + output);
            }
            return value.toString();
        }
    }
}
