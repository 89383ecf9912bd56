package org.takedownhub.casefile;

/** How a notice reaches its recipient: through the platform's API, by mail, or handed in at its portal by a person. */
public enum Channel {
    API,
    MAIL,
    PORTAL
}
