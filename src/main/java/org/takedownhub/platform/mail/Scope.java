package org.takedownhub.platform.mail;

/** What an abuse contact can do about content. */
enum Scope {
    /** Runs the service, and can take down the one item. */
    OPERATOR,
    /** Owns the addresses that the host answers at, and can unplug it; in front of a CDN it is the CDN. */
    NETWORK,
    /** Sold the name, and can suspend it. */
    REGISTRAR,
    /** {@code abuse@} the operator's registrable domain (RFC 2142), which nobody has published. */
    ROLE_ADDRESS
}
