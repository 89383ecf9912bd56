package org.takedownhub.ground;

import org.takedownhub.casefile.Category;

/** The tables behind the register: what offences consist of, and the standard statements of each category. */
public interface GroundTables {

    /**
     * An offence of the catalogue.
     *
     * @throws IllegalStateException the catalogue does not have it
     */
    Catalogued offence(String code);

    /**
     * The standard statements of a category, which stand where a caseworker wrote none.
     *
     * @throws IllegalStateException the table has none for it
     */
    Statement statement(Category category);

    /**
     * @param elements parted by bars
     * @param version  of the table
     */
    record Catalogued(String title, String elements, String legalReference, int version) {}

    /** @param version of the table */
    record Statement(String necessity, String proportionality, String platformRule, String alternatives, int version) {}
}
