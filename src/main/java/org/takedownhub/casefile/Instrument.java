package org.takedownhub.casefile;

/** The legal kind of a request. What each one requires and how long it gives is data: see {@code removal-deadline.dmn}. */
public enum Instrument {
    /** A request under the platform's own terms; no law sets a time. */
    VOLUNTARY_REFERRAL,
    /** Crime and Policing Act 2026 s.21. */
    WEAPONS_REMOVAL_NOTICE,
    /** Terrorism Act 2006 s.3. */
    TERRORISM_NOTICE,
    /** Regulation (EU) 2022/2065 Art. 16. */
    DSA_NOTICE,
    /** Regulation (EU) 2021/784 Art. 3. */
    TCO_ORDER
}
