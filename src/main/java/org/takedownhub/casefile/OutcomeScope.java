package org.takedownhub.casefile;

/** Where the content is gone: everywhere, in our country only, or nobody can tell. */
public enum OutcomeScope {
    GLOBAL,
    COUNTRY,
    UNKNOWN
}
