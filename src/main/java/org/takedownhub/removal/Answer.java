package org.takedownhub.removal;

/** What a platform told a person. */
public enum Answer {
    ACKNOWLEDGED,
    REMOVED,
    /** Changed so that it no longer breaches anything (Terrorism Act 2006 s.3(3)(b)); a person looks before it is believed. */
    MODIFIED,
    /** Blocked in a country or a union only. */
    RESTRICTED,
    REFUSED,
    /** It cannot comply, for a reason that is not its own (Regulation (EU) 2021/784 Art. 3(7) and Annex III). */
    IMPOSSIBLE,
    CLARIFICATION,
    /** What had stopped it, a question or an impossibility, has ended. */
    CLARIFICATION_ENDED
}
