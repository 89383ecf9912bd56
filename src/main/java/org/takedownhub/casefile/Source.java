package org.takedownhub.casefile;

/** Where a flag came from. */
public enum Source {
    OWN_SEARCH,
    FORCE,
    PUBLIC,
    PARTNER,
    PLATFORM,
    COVERT
}
