package org.takedownhub.modelling.migration;

/** Whether a case could move to a set of models. */
public enum Fit {
    FITS,
    /** Somebody has to say which step or timer of the newer set takes the place of one that the case has. */
    NEEDS_MAPPING,
    /** No mapping would help. */
    CANNOT
}
