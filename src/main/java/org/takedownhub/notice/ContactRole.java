package org.takedownhub.notice;

/** What somebody at a platform, or over it, is to us. */
public enum ContactRole {
    /** The service itself, to which notices are made out. */
    PROVIDER,
    /** The person a provider named as its content manager (Crime and Policing Act 2026, Part 2 Chapter 1). */
    CONTENT_MANAGER,
    /** The point of contact for authorities (Regulation (EU) 2022/2065 Art. 11, Regulation (EU) 2021/784 Art. 15). */
    CONTACT_POINT,
    /** A mailbox for reports and letters. */
    MAILBOX,
    /** A page on which a person hands reports in. */
    PORTAL,
    /** Who watches over the platform. */
    REGULATOR
}
