package org.takedownhub.casefile;

/** Who took the content down. */
public enum RemovedBy {
    PLATFORM,
    AUTHOR,
    UNKNOWN
}
