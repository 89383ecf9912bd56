package org.takedownhub.escalation;

/**
 * One thing that climbing a rung sent or filed.
 *
 * @param reference names it: the key of a letter or submission, the id of a document or agenda item
 * @param summary   in words, at most 1,000 characters
 */
record Done(Kind kind, String reference, String summary) {

    enum Kind {
        LETTER,
        SUBMISSION,
        DOCUMENT,
        PROPOSAL,
        AGENDA_ITEM,
        /** There was nothing to do, and the summary says why. */
        NOTHING
    }
}
