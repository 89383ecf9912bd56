package org.takedownhub.platform.activitypub;

/** The two ways in which fediverse servers sign requests. */
enum SignatureKind {
    /** draft-cavage-http-signatures-12, which all of them read. */
    CAVAGE,
    /** RFC 9421, which newer ones prefer. */
    RFC9421;

    SignatureKind other() {
        return this == CAVAGE ? RFC9421 : CAVAGE;
    }
}
