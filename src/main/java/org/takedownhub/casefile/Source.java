package org.takedownhub.casefile;

/** Where a flag came from. A case has the source of the flag that opened it. */
public enum Source {
    OWN_SEARCH,
    FORCE,
    PUBLIC,
    PARTNER,
    PLATFORM,
    COVERT;

    /** Whether what comes from here, its existence included, is for the covert group alone. */
    public boolean isCovert() {
        return this == COVERT;
    }
}
