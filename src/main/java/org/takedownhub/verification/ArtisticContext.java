package org.takedownhub.verification;

/** The context test: whether the content is, or claims to be, something that freedom of expression protects more. */
enum ArtisticContext {
    NONE,
    MUSIC,
    ART,
    NEWS,
    SATIRE,
    OTHER
}
