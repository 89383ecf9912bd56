package org.takedownhub.notice;

/** A letter waits to be mailed; published in the transaction that wrote it. */
record LetterQueued(String key) {}
